/** The couplings as heatmaps: whole, by type, and one type on the axes of the image. @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawCouplings, drawTypeMaps, drawTypeMeans } from "../draw/matrix.js";
import { EVEN, couplingReach, meanByType } from "../lib/coupling.js";
import { fixed } from "../lib/format.js";
import { clamp } from "../lib/math.js";
import { GRID, PER_TYPE, PRIMARY, TYPES, capsuleAddress, capsuleIndex } from "../lib/network.js";
import { placeAt, typeMaps } from "../layout/maps.js";
import { couplingsNow, lookedAtCapsule, lookedAtCapsules, lookedAtType, pointedAt, reachOf } from "../state/selectors.js";
import { byId, canvasById, drawWhileSeen } from "./dom.js";
import { asksCapsules, asksParts } from "./pointing.js";

/** @import { State, Traced } from "../types.js" */

/** @param {Context} context */
export function matricesView(context) {
  const section = byId("matrices", HTMLElement);
  const [matrix, types, maps] = [canvasById("matrix"), canvasById("types"), canvasById("type-maps")];
  const [wholeScale, typesScale] = [byId("matrix-scale", HTMLElement), byId("types-scale", HTMLElement)];
  const [mapsPlace, mapsTitle] = [byId("type-maps-place", HTMLElement), byId("type-maps-title", HTMLElement)];

  /** @param {State} state */
  function draw(state) {
    const type = shownType(state);
    mapsPlace.hidden = type === null || !state.trace;
    maps.style.height = `${typeMaps(mapsPlace.clientWidth).height}px`;
    const [whole, means, ofType] = [fitCanvas(matrix), fitCanvas(types), fitCanvas(maps)];
    if (!state.trace) return;
    const couplings = couplingsNow(/** @type {Traced} */ (state));
    const { palette } = state;
    const reach = reachOf(state.trace);
    drawCouplings(whole.context, couplings, whole, { palette, reach, capsules: lookedAtCapsules(state) });
    const byType = meanByType(couplings);
    drawTypeMeans(means.context, byType, means, { palette, reach: couplingReach(byType), type });
    wholeScale.textContent = scaleText(reach);
    typesScale.textContent = scaleText(couplingReach(byType));
    types.ariaValueNow = String((type ?? 0) + 1);
    types.ariaValueText = type === null ? "no type" : `type ${type + 1}`;
    if (type === null) return;
    const shown = { image: state.trace.image, type, capsule: lookedAtCapsule(state) };
    drawTypeMaps(ofType.context, couplings, shown, typeMaps(ofType.width), { palette, reach });
    mapsTitle.textContent = `Type ${type + 1}: its 6 × 6 positions`;
    maps.dataset.type = String(type + 1);
  }

  drawWhileSeen(context, section, (state) => [state.trace, state.playhead, ...pointedAt(state)], draw);
  askMatrix(matrix, context);
  askTypes(types, context);
  askMaps(maps, context);
}

/** The type whose positions are shown: the one that is looked at, or that of the capsule that is. @param {State} state */
function shownType(state) {
  const type = lookedAtType(state);
  const capsule = lookedAtCapsule(state);
  if (type !== null) return type;
  return capsule === null ? null : capsuleAddress(capsule).type;
}

/** @param {HTMLCanvasElement} matrix @param {Context} context */
function askMatrix(matrix, context) {
  asksCapsules(matrix, context, {
    at: ({ offsetX }) => columnAt(matrix, offsetX, PRIMARY),
    towards: (capsule, [right]) => (right ? clamp(capsule + right, 0, PRIMARY - 1) : null),
  });
}

/** @param {HTMLCanvasElement} types @param {Context} context */
function askTypes(types, { store, actions }) {
  asksParts(types, actions, {
    at: ({ offsetX }) => columnAt(types, offsetX, TYPES),
    looked: () => shownType(store.get()) ?? 0,
    towards: (type, [right]) => (right ? clamp(type + right, 0, TYPES - 1) : null),
    hover: actions.hoverType,
    pin: actions.pinType,
  });
}

/** @param {HTMLCanvasElement} canvas @param {number} offsetX @param {number} count */
const columnAt = (canvas, offsetX, count) => clamp(Math.floor((offsetX / canvas.clientWidth) * count), 0, count - 1);

/** @param {HTMLCanvasElement} maps @param {Context} context */
function askMaps(maps, context) {
  const first = () => (Number(maps.dataset.type) - 1) * PER_TYPE; // of the type that was painted last
  asksCapsules(maps, context, {
    at({ offsetX, offsetY }) {
      const place = placeAt(typeMaps(maps.clientWidth), offsetX, offsetY);
      return place === null ? null : first() + place;
    },
    towards(capsule, [right, down]) {
      const { type, row, column } = capsuleAddress(capsule);
      return capsuleIndex({ type, row: clamp(row + down, 0, GRID - 1), column: clamp(column + right, 0, GRID - 1) });
    },
    first,
  });
}

/** The ends and the middle of a scale, which is logarithmic. @param {number} reach */
const scaleText = (reach) => `c from ${fixed((EVEN * EVEN) / reach, 3)} through 0.1 to ${fixed(reach, 3)}`;
