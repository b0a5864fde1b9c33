/** The layers of the trace, found again on the page: what they were when it was asked for, and where they lie now. */
/** @import { Geometry } from "../../capsules/geometry.js" @import { Trace } from "../../capsules/types.js" */
/** @import { Layer, Source } from "../../api/drawing.js" @import { Arrival } from "../compose.js" */
/** @import { Traces } from "../trace/traces.js" @import { Layers, Which } from "./layers.js" */
import { laid, layerOf, moved } from "../../capsules/overlap.js";
import { MIDDLE, layersOf } from "./layers.js";

/**
 * @typedef {Layer & {pixels: number[][] | null}} ShownLayer a layer of the trace; pixels in [0, 1] are the digit's own,
 *   of the data set's size, null where only the server has them: it inks strokes
 *
 * @typedef {{shownLayers: readonly [ShownLayer, ShownLayer]}} ShownLayers
 */

/** @type {ShownLayer} */
const NOTHING = { source: { kind: "empty" }, offset: MIDDLE, pixels: null };

/** @type {ShownLayers} */
export const initial = { shownLayers: [NOTHING, NOTHING] };

export const cleared = initial;

/** @param {ShownLayers} _state @param {Arrival} arrival @returns {Partial<ShownLayers>} */
export function arrived(_state, { source, drawing }) {
  if (source.kind !== "pair" || !("layers" in drawing)) return {};
  const shown = (/** @type {Which} */ k) => {
    const sent = drawing.layers[k];
    return { ...source.layers[k], pixels: "pixels" in sent ? sent.pixels : null };
  };
  return { shownLayers: [shown(0), shown(1)] };
}

/** @typedef {Pick<Layers, "source"> & ShownLayers & Pick<Traces, "trace">} LaidState */

/**
 * Both layers where they lie now. Until the next answer comes, those of the trace are moved there.
 * @param {LaidState} state
 * @returns {[Float32Array | null, Float32Array | null]} (H, W) each; null where the trace is not of that digit, and
 *   without a trace of a pair
 */
export function layersNow(state) {
  const at = (/** @type {Which} */ k) => layerAt(state, k, layersOf(state)[k].offset);
  return [at(0), at(1)];
}

/**
 * A layer in the middle of its pad: all of it, where its pixels are known.
 * @param {LaidState} state
 * @param {Which} k
 */
export const layerAlone = (state, k) => layerAt(state, k, MIDDLE);

/** @param {LaidState} state @param {Which} k @param {Layer["offset"]} offset @returns {Float32Array | null} */
function layerAt(state, k, offset) {
  const { trace } = state;
  const { source } = layersOf(state)[k];
  if (!trace?.layers) return null;
  if (source.kind === "empty") return new Float32Array(trace.geometry.pixels);
  const found = shownAs(state, k, source);
  return found === null ? null : layerOfTrace(trace.geometry, trace.layers, state.shownLayers[found], found, offset);
}

/**
 * @param {Geometry} geometry
 * @param {NonNullable<Trace["layers"]>} layers
 * @param {ShownLayer} shown
 * @param {Which} k of it in the trace
 * @param {Layer["offset"]} offset where it is wanted
 */
function layerOfTrace(geometry, layers, shown, k, offset) {
  const layer = layerOf(geometry, layers, k);
  const [down, right] = offset.map((by, axis) => by - shown.offset[axis]);
  if (!down && !right) return layer;
  return shown.pixels ? laid(geometry, shown.pixels, offset) : moved(geometry, layer, [down, right]);
}

/** Which layer of the trace a digit is. @param {ShownLayers} state @param {Which} k @param {Source} source */
function shownAs({ shownLayers }, k, source) {
  const other = k === 0 ? 1 : 0;
  return /** @type {Which[]} */ ([k, other]).find((place) => isSameDigit(shownLayers[place].source, source)) ?? null;
}

/**
 * A drawing stays the same one while strokes are added or taken back: it begins with the same point.
 * @param {Source} a
 * @param {Source} b
 */
function isSameDigit(a, b) {
  if (a === b) return true;
  return a.kind === "strokes" && b.kind === "strokes" && a.strokes[0]?.[0] === b.strokes[0]?.[0];
}
