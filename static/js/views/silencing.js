/** Positions of the grid and types, to be silenced. @import { Context } from "./dom.js" @import { State } from "../types.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawPatch, drawPicture } from "../draw/picture.js";
import { drawTypes } from "../draw/tamper.js";
import { GRID, PER_TYPE, TYPES, receptiveField } from "../lib/network.js";
import { primaryLengthsOf } from "../state/selectors.js";
import { byId, canvasById, drawOn } from "./dom.js";
import { toggleGrid } from "./toggles.js";

const TYPE_COLUMNS = 8;

/** @param {Context} context */
export function silencingView(context) {
  positions(context);
  types(context);
}

/** @param {Context} context */
function positions(context) {
  const { store, actions } = context;
  const canvas = canvasById("positions-picture");
  /** @type {number | null} */
  let pointed = null;
  const press = toggleGrid(byId("positions", HTMLElement), {
    count: PER_TYPE,
    columns: GRID,
    nameOf: (position) => `row ${Math.floor(position / GRID) + 1}, column ${(position % GRID) + 1}`,
    toggle: (position) => actions.toggleSilence("positions", position),
    point(position) {
      pointed = position;
      draw(store.get());
    },
  });
  /** @param {State} state */
  function draw({ trace, palette }) {
    const { context: painter, width: size } = fitCanvas(canvas);
    if (trace) drawPicture(painter, trace.image, palette, { left: 0, top: 0, size });
    if (pointed !== null) drawPatch(painter, receptiveField(pointed), palette, size);
  }
  drawOn(context, canvas, ({ trace }) => [trace], draw);
  store.watch(({ interventions: { positions } }) => [positions], ({ interventions: { positions } }) => press((position) => positions.includes(position)));
}

/** @param {Context} context */
function types(context) {
  const { store, actions } = context;
  const canvas = canvasById("kinds-picture");
  const press = toggleGrid(byId("kinds", HTMLElement), {
    count: TYPES,
    columns: TYPE_COLUMNS,
    nameOf: (type) => `type ${type + 1}`,
    toggle: (type) => actions.toggleSilence("types", type),
  });
  drawOn(context, canvas, ({ trace, untouched }) => [trace, untouched], ({ trace, untouched, palette }) => {
    const { context: painter, width, height } = fitCanvas(canvas);
    const before = untouched ?? trace;
    if (before) drawTypes(painter, primaryLengthsOf(before), { width, height, columns: TYPE_COLUMNS, palette });
  });
  store.watch(({ interventions }) => [interventions.types], ({ interventions }) => press((type) => interventions.types.includes(type)));
}
