/** Positions of the grid and types, to be silenced. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/trace/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawPatch, drawPicture } from "../../charts/picture.js";
import { drawTypes } from "../../charts/tamper.js";
import { receptiveField } from "../../capsules/geometry.js";
import { primaryLengthsOf } from "../../state/trace/measures.js";
import { geometryNow } from "../../state/trace/network.js";
import { canvasIn, drawOn, partIn } from "../../widgets/dom.js";
import { toggleGrid } from "../../widgets/toggles.js";

/** At most so many types stand side by side. */
const MOST_COLUMNS = 8;

/**
 * In how many columns the types stand: as many as fill whole rows, where that is not too narrow.
 * @param {number} types
 */
function typeColumns(types) {
  for (let columns = MOST_COLUMNS; columns > MOST_COLUMNS / 2; columns--) if (types % columns === 0) return columns;
  return Math.min(types, MOST_COLUMNS);
}

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountSilencing(root, context) {
  const placed = { ...context, root };
  positions(placed);
  types(placed);
}

/** @param {Placed<State, Actions>} context */
function positions(context) {
  const { root, store, actions } = context;
  const canvas = canvasIn(root, "positions-picture");
  /** @type {number | null} */
  let pointed = null;
  const grid = toggleGrid(partIn(root, "positions", HTMLElement), {
    toggle: (position) => actions.toggleSilence("positions", position),
    point(position) {
      pointed = position;
      draw(store.get());
    },
  });
  /** @param {State} state */
  function draw(state) {
    const { trace, palette } = state;
    const geometry = geometryNow(state);
    const { context: painter, width: size } = fitCanvas(canvas);
    if (trace) drawPicture(trace.geometry, painter, trace.image, palette, { left: 0, top: 0, size });
    if (pointed !== null && geometry) drawPatch(geometry, painter, receptiveField(geometry, pointed), palette, size);
  }
  store.watch(
    (state) => [geometryNow(state)],
    (state) => {
      const { perType = 0, columns = 1 } = geometryNow(state) ?? {};
      grid.build(perType, columns, (k) => `row ${Math.floor(k / columns) + 1}, column ${(k % columns) + 1}`);
    },
  );
  drawOn(context, canvas, ({ trace }) => [trace], draw);
  store.watch(
    (state) => [state.interventions.positions, geometryNow(state)],
    ({ interventions: { positions } }) => grid.press((position) => positions.includes(position)),
  );
}

/** @param {Placed<State, Actions>} context */
function types(context) {
  const { root, store, actions } = context;
  const canvas = canvasIn(root, "kinds-picture");
  const grid = toggleGrid(partIn(root, "kinds", HTMLElement), {
    toggle: (type) => actions.toggleSilence("types", type),
  });
  store.watch(
    (state) => [geometryNow(state)],
    (state) => {
      const count = geometryNow(state)?.types ?? 0;
      grid.build(count, typeColumns(count), (type) => `type ${type + 1}`);
    },
  );
  drawOn(
    context,
    canvas,
    ({ trace, untouched }) => [trace, untouched],
    ({ trace, untouched, palette }) => {
      const { context: painter, width, height } = fitCanvas(canvas);
      const before = untouched ?? trace;
      if (!before) return;
      const columns = typeColumns(before.geometry.types);
      drawTypes(before.geometry, painter, primaryLengthsOf(before), { width, height, columns, palette });
    },
  );
  store.watch(
    (state) => [state.interventions.types, geometryNow(state)],
    ({ interventions }) => grid.press((type) => interventions.types.includes(type)),
  );
}
