/** Whose the ink of a pair is: by the layers, by the reconstructions, and by the contributions at each iteration. */
/** @import { Trace } from "../../capsules/types.js" @import { Classes } from "./classes.js" */
/** @import { Given, Maps, Reason } from "../../capsules/owners.js" @import { Layers } from "./layers.js" */
/** @import { Traces } from "../trace/traces.js" @import { Truths } from "./truths.js" */
import { contributions } from "../../capsules/contributions.js";
import { exclusiveInk, rightlyGiven } from "../../capsules/owners.js";
import { INK, layerOf } from "../../capsules/overlap.js";
import { overFields, throughFields } from "../../capsules/ownership.js";
import { chosenPair, reconstructionOf } from "./classes.js";
import { truthOf } from "./truths.js";

/**
 * @typedef {object} PixelOwners one answer to whose each pixel is
 * @property {Maps} maps
 * @property {Given} given
 *
 * @typedef {object} Owners of the ink of one pair, by two classes
 * @property {{a: Float32Array, b: Float32Array}} layers the truth, (H, W) each
 * @property {Uint8Array} exclusive (H, W) of WHOSE, the ink that belongs to one digit alone
 * @property {PixelOwners} reconstructions after the last iteration
 * @property {readonly PixelOwners[]} contributions after iteration 1, 2, ... R
 * @property {Given} fields if each capsule gave each class as much as it sees of that digit's ink
 */

/** @type {WeakMap<Trace, Map<string, Owners>>} stepping the iterations computes nothing again */
const made = new WeakMap();

/**
 * @param {Trace} trace of a pair
 * @param {Classes} classes of layer A and of layer B
 * @returns {Owners}
 */
export function ownersOf(trace, classes) {
  const byClasses = made.get(trace) ?? new Map();
  made.set(trace, byClasses);
  const owners = byClasses.get(String(classes)) ?? makeOwners(trace, classes);
  byClasses.set(String(classes), owners);
  return owners;
}

/** @param {Trace} trace @param {Classes} classes @returns {Owners} */
function makeOwners(trace, classes) {
  const { geometry, iterations } = trace;
  const layers = layersIn(trace);
  const exclusive = exclusiveInk(layers);
  const answer = (/** @type {Maps} */ maps) => ({ maps, given: rightlyGiven(maps, exclusive) });
  const ofEach = (/** @type {(label: number) => Float32Array} */ mapOf) => answer(mapsOf(classes, mapOf));
  return {
    layers,
    exclusive,
    reconstructions: ofEach((label) => reconstructionOf(trace, label)),
    contributions: Array.from({ length: iterations }, (_, r) =>
      ofEach((label) => overFields(geometry, contributions(trace, label, r + 1))),
    ),
    fields: rightlyGiven({ a: throughFields(geometry, layers.a), b: throughFields(geometry, layers.b) }, exclusive),
  };
}

/** @param {Classes} classes @param {(label: number) => Float32Array} mapOf @returns {Maps} */
const mapsOf = ([a, b], mapOf) => ({ a: mapOf(a), b: mapOf(b) });

/** @param {Trace} trace of a pair @returns {{a: Float32Array, b: Float32Array}} */
function layersIn({ geometry, layers }) {
  if (!layers) throw new TypeError("the trace is not of a pair");
  return { a: layerOf(geometry, layers, 0), b: layerOf(geometry, layers, 1) };
}

/**
 * Why it cannot be told how much ink goes to the right digit.
 * @param {import("./classes.js").ChosenClasses & Traces & Truths & Layers} state
 * @returns {Reason | null} null where it can be told, or where there is no trace
 */
export function whyUntold(state) {
  const { trace, chosenClasses } = state;
  const classes = chosenPair(state);
  if (!trace || !classes) return null;
  const { layers, exclusive } = ownersOf(trace, classes);
  if (![layers.a, layers.b].every((layer) => layer.some((value) => value >= INK))) return "empty";
  const truths = /** @type {const} */ ([0, 1]).map((k) => truthOf(state, k));
  if (truths.some((truth, k) => truth && truth.label !== classes[k])) return "classes";
  if (chosenClasses && truths.includes(null)) return "unknown"; // what the network reads may stand for the digits
  return exclusive.some(Boolean) ? null : "shared";
}
