/** The drawing of the room "Explore", to be taken as one of the layers. */
/** @import { Source } from "../../api/drawing.js" @import { Network } from "../trace/network.js" */
/** @import { Layers, Which } from "./layers.js" @import { Store } from "../../shell/store.js" */
import { exploredText, readExplored } from "../drawing/explored.js";
import { cardOf } from "../trace/network.js";
import { layersOf } from "./layers.js";

/**
 * @typedef {object} WithExplored
 * @property {string} explored what the browser keeps of that room; "" for nothing
 */

/** @type {WithExplored} */
export const initial = { explored: "" };

export const lasting = ["explored"];

/**
 * What stands in the way of taking it: nothing was drawn, or a picture is not of the size of a layer.
 * @param {WithExplored & Network} state
 * @returns {{is: "free"} | {is: "missing"}
 *   | {is: "unfit", layer: readonly [number, number], picture: readonly [number, number]}} sides are [height, width]
 */
export function exploredNow(state) {
  const found = readExplored(state.explored);
  if (!found) return { is: "missing" };
  const layer = cardOf(state)?.layer;
  const picture = sidesOf(found.source);
  if (!layer || !picture || picture.every((side, axis) => side === layer[axis])) return { is: "free" };
  return { is: "unfit", layer, picture };
}

/** @param {Source} source @returns {[height: number, width: number] | null} null where the server makes it fit */
function sidesOf(source) {
  if (source.kind !== "pixels") return null;
  const { pixels, width = Math.sqrt(pixels.length) } = source;
  return [pixels.length / width, width];
}

/**
 * @param {Store<WithExplored & Layers & Network>} store
 * @param {unknown} _services
 * @param {{setLayer: (k: Which, source: Source) => void}} others
 */
export const actions = (store, _services, others) => ({
  /** Look what the browser keeps: another page may have changed it. */
  findExplored: () => store.set({ explored: exploredText() }),

  /**
   * The drawing becomes a layer. Where it has strokes their pen is taken over, unless the other layer was drawn with
   * this room's.
   * @param {Which} k
   */
  takeExplored(k) {
    store.set({ explored: exploredText() });
    const found = readExplored(store.get().explored);
    if (!found || exploredNow(store.get()).is !== "free") return;
    const isOtherDrawn = layersOf(store.get())[k === 0 ? 1 : 0].source.kind === "strokes";
    if (found.source.kind === "strokes" && !isOtherDrawn) store.set({ penWidth: found.penWidth });
    others.setLayer(k, found.source);
  },
});
