/** A digit that is not in the picture: which two classes are decoded for it, how long, and what is told of them. */
/** @import { Store } from "../../shell/store.js" */
/** @import { Trace } from "../../capsules/types.js" @import { Network } from "../trace/network.js" */
/** @import { WithParts } from "../trace/parts.js" @import { Traces } from "../trace/traces.js" */
/** @import { ChosenClasses, Classes } from "./classes.js" @import { Layers } from "./layers.js" */
/** @import { Truths } from "./truths.js" */
import { lastLengths } from "../../capsules/contributions.js";
import { layerOf } from "../../capsules/overlap.js";
import { choice } from "../../shell/link.js";
import { maximum, squaredError } from "../../shell/math.js";
import { MASKS } from "../trace/masks.js";
import { className } from "../trace/network.js";
import { partOf } from "../trace/parts.js";
import { chosenPair, readClasses } from "./classes.js";
import { layersOf } from "./layers.js";
import { truthOf } from "./truths.js";

export const ABSENT_LENGTHS = /** @type {const} */ (["own", "full"]);

/** @typedef {{absentLength: typeof ABSENT_LENGTHS[number]}} Absent as they are found, or as long as the longest */

/** @type {Absent} */
export const initial = { absentLength: "own" };

export const link = [choice("absent", "the length of the absent digit's capsule", "absentLength", ABSENT_LENGTHS)];

/** @param {Store<Absent>} store */
export const actions = (store) => ({
  /** @param {Absent["absentLength"]} absentLength */
  decodeAtLength: (absentLength) => store.set({ absentLength }),
});

/**
 * What the network reads for A, and in place of what it reads for B the class that tempts it most: of those that it
 * does not read, and that are not known to be there, the one with the longest capsule.
 * @param {Trace} trace of a pair
 * @param {readonly number[]} [there] the classes of the layers, as far as they are known
 * @returns {Classes | null} null where the network has no such class
 */
export function withAbsent(trace, there = []) {
  const [a, b] = readClasses(trace);
  const lengths = lastLengths(trace);
  const [longest] = [...lengths.keys()]
    .filter((label) => label !== a && label !== b && !there.includes(label))
    .sort((one, other) => lengths[other] - lengths[one] || one - other);
  return longest === undefined ? null : [a, longest];
}

/**
 * @typedef {object} DecodedNow
 * @property {[Float32Array, Float32Array]} drawn each (H, W) in [0, 1]
 * @property {Classes} classes that were decoded
 * @property {number | null} full the length that the capsules were stretched to; null where they are as they were found
 *
 * What is drawn from both classes.
 * @param {Absent & ChosenClasses & Traces & WithParts} state
 * @returns {DecodedNow | null} null while it is not there
 */
export function decodedNow(state) {
  const { trace, absentLength } = state;
  const classes = chosenPair(state);
  const isFull = absentLength === "full";
  const all = isFull ? partOf(state, MASKS)?.stretched : trace?.reconstructions;
  if (!trace || !classes || !all) return null;
  const { pixels } = trace.geometry;
  const [a, b] = classes.map((label) => all.subarray(label * pixels, (label + 1) * pixels));
  return { drawn: [a, b], classes, full: isFull ? fullLength(trace) : null };
}

/** The length of the longest class capsule: what the server stretches the others to. @param {Trace} trace */
export const fullLength = (trace) => maximum(lastLengths(trace));

/**
 * What there is to tell of one decoded class.
 * @param {Network & Traces & Truths & Layers} state
 * @param {Trace} trace of a pair
 * @param {number} label
 * @param {Float32Array} picture (H, W) in [0, 1] that was drawn from it
 */
export function toldOf(state, trace, label, picture) {
  const layers = layersOf(state).map(({ source }, k) => ({
    isEmpty: source.kind === "empty",
    truth: truthOf(state, /** @type {0 | 1} */ (k)),
    error: squaredError(picture, layerOf(trace.geometry, /** @type {Float32Array} */ (trace.layers), k)),
  }));
  const full = layers.filter(({ isEmpty }) => !isEmpty);
  const isKnown = full.every(({ truth }) => truth);
  return {
    name: className(state, label),
    isThere: isKnown ? full.some(({ truth }) => truth?.label === label) : null,
    length: lastLengths(trace)[label],
    isRead: readClasses(trace).includes(label),
    strongest: maximum(picture),
    errors: full.map(({ error }) => error),
    errorsOfLayers: layers.map(({ error }) => error),
  };
}

/** @typedef {ReturnType<typeof toldOf>} Told */
