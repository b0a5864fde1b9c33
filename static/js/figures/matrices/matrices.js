/** The couplings as heatmaps: whole, by type, and one type on the axes of the image. */
/** @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State, Traced } from "../../state/trace/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawCouplings, drawTypeMaps, drawTypeMeans } from "../../charts/matrix.js";
import { couplingReach, evenCoupling, meanByType } from "../../capsules/coupling.js";
import { fixed } from "../../shell/format.js";
import { clamp } from "../../shell/math.js";
import { capsuleAddress, capsuleIndex } from "../../capsules/geometry.js";
import { placeAt, typeMaps } from "../../charts/maps.js";
import { reachOf } from "../../state/trace/measures.js";
import { geometryNow } from "../../state/trace/network.js";
import { couplingsNow, whenText } from "../../state/trace/playhead.js";
import { lookedAtCapsule, lookedAtCapsules, lookedAtType, pointedAt } from "../../state/trace/pointing.js";
import { canvasIn, drawWhileSeen, partIn } from "../../widgets/dom.js";
import { asksCapsules, asksParts } from "../../widgets/pointing.js";
import { nameRows } from "../../widgets/row-names.js";

/** @import { Geometry } from "../../capsules/geometry.js" */

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountMatrices(root, context) {
  const section = partIn(root, "matrices", HTMLElement);
  const [matrix, types, maps] = [canvasIn(root, "matrix"), canvasIn(root, "types"), canvasIn(root, "type-maps")];
  const [wholeScale, typesScale] = [
    partIn(root, "matrix-scale", HTMLElement),
    partIn(root, "types-scale", HTMLElement),
  ];
  const [mapsPlace, mapsTitle] = [
    partIn(root, "type-maps-place", HTMLElement),
    partIn(root, "type-maps-title", HTMLElement),
  ];

  /** @param {State} state */
  function draw(state) {
    const type = shownType(state);
    mapsPlace.hidden = type === null || !state.trace;
    const { trace } = state;
    if (trace) maps.style.height = `${typeMaps(trace.geometry, mapsPlace.clientWidth).total}px`;
    const [whole, means, ofType] = [fitCanvas(matrix), fitCanvas(types), fitCanvas(maps)];
    if (!trace) return;
    const { geometry } = trace;
    const couplings = couplingsNow(/** @type {Traced} */ (state));
    const { palette } = state;
    const reach = reachOf(trace);
    drawCouplings(geometry, whole.context, couplings, whole, { palette, reach, capsules: lookedAtCapsules(state) });
    const byType = meanByType(geometry, couplings);
    const typesReach = couplingReach(geometry, byType);
    drawTypeMeans(geometry, means.context, byType, means, { palette, reach: typesReach, type });
    wholeScale.textContent = scaleText(geometry, reach, whenText(state));
    typesScale.textContent = scaleText(geometry, typesReach, whenText(state));
    types.ariaValueMax = String(geometry.types);
    types.ariaValueNow = String((type ?? 0) + 1);
    types.ariaValueText = type === null ? "no type" : `type ${type + 1}`;
    if (type === null) return;
    const { image, classNames } = trace;
    const shown = { image, classNames, type, capsule: lookedAtCapsule(state) };
    drawTypeMaps(ofType.context, couplings, shown, typeMaps(geometry, ofType.width), { palette, reach });
    mapsTitle.textContent = `Type ${type + 1}: its ${geometry.rows} × ${geometry.columns} positions`;
    maps.dataset.type = String(type + 1);
  }

  drawWhileSeen(context, section, (state) => [state.trace, state.playhead, ...pointedAt(state)], draw);
  nameRows(section, context.store);
  askMatrix(matrix, context);
  askTypes(types, context);
  askMaps(maps, context);
}

/**
 * The type whose positions are shown: the one pointed at, or the type of the capsule pointed at.
 * @param {State} state
 */
function shownType(state) {
  const type = lookedAtType(state);
  const capsule = lookedAtCapsule(state);
  if (type !== null) return type;
  const geometry = geometryNow(state);
  return capsule === null || !geometry ? null : capsuleAddress(geometry, capsule).type;
}

/** @param {HTMLCanvasElement} matrix @param {Context<State, Actions>} context */
function askMatrix(matrix, context) {
  const count = () => geometryNow(context.store.get())?.primaries ?? 1;
  asksCapsules(matrix, context, {
    at: ({ offsetX }) => columnAt(matrix, offsetX, count()),
    towards: (capsule, [right]) => (right ? clamp(capsule + right, 0, count() - 1) : null),
  });
}

/** @param {HTMLCanvasElement} types @param {Context<State, Actions>} context */
function askTypes(types, { store, actions }) {
  const count = () => geometryNow(store.get())?.types ?? 1;
  asksParts(types, actions, {
    at: ({ offsetX }) => columnAt(types, offsetX, count()),
    looked: () => shownType(store.get()) ?? 0,
    towards: (type, [right]) => (right ? clamp(type + right, 0, count() - 1) : null),
    hover: actions.hoverType,
    pin: actions.pinType,
  });
}

/** @param {HTMLCanvasElement} canvas @param {number} offsetX @param {number} count */
const columnAt = (canvas, offsetX, count) => clamp(Math.floor((offsetX / canvas.clientWidth) * count), 0, count - 1);

/** @param {HTMLCanvasElement} maps @param {Context<State, Actions>} context */
function askMaps(maps, context) {
  const geometry = () => geometryNow(context.store.get());
  const first = () => (Number(maps.dataset.type) - 1) * (geometry()?.perType ?? 0); // of the type that was painted last
  asksCapsules(maps, context, {
    at({ offsetX, offsetY }) {
      const sizes = geometry();
      const place = sizes && placeAt(typeMaps(sizes, maps.clientWidth), offsetX, offsetY);
      return place === null ? null : first() + place;
    },
    towards(capsule, [right, down]) {
      const sizes = geometry();
      if (!sizes) return null;
      const { type, row, column } = capsuleAddress(sizes, capsule);
      const [below, beside] = [clamp(row + down, 0, sizes.rows - 1), clamp(column + right, 0, sizes.columns - 1)];
      return capsuleIndex(sizes, { type, row: below, column: beside });
    },
    first,
  });
}

/**
 * The ends and the middle of a logarithmic scale.
 * @param {Geometry} geometry
 * @param {number} reach
 * @param {string} when
 */
function scaleText(geometry, reach, when) {
  const even = evenCoupling(geometry);
  return `c ${when}, from ${fixed((even * even) / reach, 3)} through ${Number(even.toFixed(3))} to ${fixed(reach, 3)}`;
}
