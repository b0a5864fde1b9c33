/** The couplings as heatmaps: whole, by type, and one type on the axes of the image. @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawCouplings, drawTypeMaps, drawTypeMeans, meanByType } from "../draw/matrix.js";
import { EVEN, couplingReach } from "../lib/coupling.js";
import { fixed } from "../lib/format.js";
import { clamp } from "../lib/math.js";
import { GRID, PER_TYPE, PRIMARY, TYPES, capsuleAddress, capsuleIndex } from "../lib/network.js";
import { placeAt, typeMaps } from "../layout/maps.js";
import { couplingsNow, lookedAtCapsule, lookedAtCapsules, lookedAtType, pointedAt, reachOf } from "../state/selectors.js";
import { arrowOf, byId, canvasById, drawWhileSeen } from "./dom.js";

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
function askMatrix(matrix, { store, actions }) {
  const capsuleUnder = (/** @type {MouseEvent} */ event) =>
    clamp(Math.floor((event.offsetX / matrix.clientWidth) * PRIMARY), 0, PRIMARY - 1);
  matrix.addEventListener("pointermove", (event) => actions.hoverCapsule(capsuleUnder(event)));
  matrix.addEventListener("pointerleave", () => actions.hoverCapsule(null));
  matrix.addEventListener("click", (event) => actions.pinCapsule(capsuleUnder(event)));
  matrix.addEventListener("blur", () => actions.hoverCapsule(null));
  matrix.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    const capsule = lookedAtCapsule(store.get()) ?? 0;
    if (arrow?.[0]) actions.hoverCapsule(clamp(capsule + arrow[0], 0, PRIMARY - 1));
    else if (event.key === "Enter") actions.pinCapsule(capsule);
    else if (event.key === "Escape") actions.letGo();
    else return;
    event.preventDefault();
  });
}

/** @param {HTMLCanvasElement} types @param {Context} context */
function askTypes(types, { store, actions }) {
  const typeUnder = (/** @type {MouseEvent} */ event) =>
    clamp(Math.floor((event.offsetX / types.clientWidth) * TYPES), 0, TYPES - 1);
  types.addEventListener("pointermove", (event) => actions.hoverType(typeUnder(event)));
  types.addEventListener("pointerleave", () => actions.hoverType(null));
  types.addEventListener("click", (event) => actions.pinType(typeUnder(event)));
  types.addEventListener("focus", () => types.matches(":focus-visible") && actions.hoverType(shownType(store.get()) ?? 0));
  types.addEventListener("blur", () => actions.hoverType(null));
  types.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    const type = shownType(store.get()) ?? 0;
    if (arrow?.[0]) actions.hoverType(clamp(type + arrow[0], 0, TYPES - 1));
    else if (event.key === "Enter") actions.pinType(type);
    else if (event.key === "Escape") actions.letGo();
    else return;
    event.preventDefault();
  });
}

/** @param {HTMLCanvasElement} maps @param {Context} context */
function askMaps(maps, { store, actions }) {
  /** @param {MouseEvent} event */
  function capsuleUnder({ offsetX, offsetY }) {
    const place = placeAt(typeMaps(maps.clientWidth), offsetX, offsetY);
    const type = Number(maps.dataset.type) - 1;
    return place === null ? null : type * PER_TYPE + place;
  }
  maps.addEventListener("pointermove", (event) => actions.hoverCapsule(capsuleUnder(event)));
  maps.addEventListener("pointerleave", () => actions.hoverCapsule(null));
  maps.addEventListener("click", (event) => {
    const capsule = capsuleUnder(event);
    if (capsule !== null) actions.pinCapsule(capsule);
  });
  maps.addEventListener("blur", () => actions.hoverCapsule(null));
  maps.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    const capsule = lookedAtCapsule(store.get()) ?? (shownType(store.get()) ?? 0) * PER_TYPE;
    if (arrow) {
      const { type, row, column } = capsuleAddress(capsule);
      actions.hoverCapsule(capsuleIndex({ type, row: clamp(row + arrow[1], 0, GRID - 1), column: clamp(column + arrow[0], 0, GRID - 1) }));
    } else if (event.key === "Enter") actions.pinCapsule(capsule);
    else if (event.key === "Escape") actions.letGo();
    else return;
    event.preventDefault();
  });
}

/** The ends and the middle of a scale, which is logarithmic. @param {number} reach */
const scaleText = (reach) => `c from ${fixed((EVEN * EVEN) / reach, 3)} through 0.1 to ${fixed(reach, 3)}`;
