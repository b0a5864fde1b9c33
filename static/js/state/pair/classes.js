/** Which two classes the reconstructions are of: those that the network reads, or two that somebody chose. */
/** @import { Trace } from "../../capsules/types.js" @import { Arrival } from "../compose.js" */
/** @import { Geometry } from "../../capsules/geometry.js" @import { Traces } from "../trace/traces.js" */
/** @import { Row } from "../../shell/link.js" @import { Store } from "../../shell/store.js" */
import { layerOf, twoLongest } from "../../capsules/overlap.js";
import { squaredError } from "../../shell/math.js";

/**
 * @typedef {readonly [ofA: number, ofB: number]} Classes of the two layers
 * @typedef {{chosenClasses: Classes | null}} ChosenClasses null follows the network
 */

/** @type {ChosenClasses} */
export const initial = { chosenClasses: null };

/** @type {Row<ChosenClasses>[]} */
export const link = [
  {
    key: "classes",
    what: "the two chosen classes",
    fields: ["chosenClasses"],
    write: ({ chosenClasses }) => chosenClasses?.join(".") ?? null,
    read(text) {
      const [a, b] = text.parts(".", (part) => text.index(part), 2);
      if (b === undefined || a === b) throw new RangeError("two classes are needed");
      return { chosenClasses: [a, b] };
    },
  },
];

/** @param {ChosenClasses} _state @param {Arrival} arrival */
export const arrived = (_state, { isNew }) => (isNew ? initial : {});

/** @param {ChosenClasses} state @param {Geometry} geometry */
export const fitted = ({ chosenClasses }, { classes }) =>
  chosenClasses?.some((label) => label >= classes) ? initial : {};

export const cleared = initial;

/** @param {Store<ChosenClasses>} store */
export const actions = (store) => ({
  /** @param {Classes | null} classes two different ones; null follows the network */
  chooseClasses: (classes) => store.set({ chosenClasses: classes }),
});

/**
 * The class of each layer: what was chosen, else what the network reads.
 * @param {ChosenClasses & Traces} state
 * @returns {Classes | null} null without a trace
 */
export const chosenPair = ({ chosenClasses, trace }) => chosenClasses ?? (trace && readClasses(trace));

/** @type {WeakMap<Trace, Classes>} */
const read = new WeakMap();

/**
 * The two classes that the network reads, each given to the layer that its reconstruction fits better: the sum of both
 * errors is the smaller of the two ways.
 * @param {Trace} trace of a pair
 * @returns {Classes}
 */
export function readClasses(trace) {
  const known = read.get(trace);
  if (known) return known;
  const [first, second] = twoLongest(trace);
  const asTheyAre = misfit(trace, first, 0) + misfit(trace, second, 1);
  const theOtherWay = misfit(trace, second, 0) + misfit(trace, first, 1);
  /** @type {Classes} */
  const found = asTheyAre <= theOtherWay ? [first, second] : [second, first];
  read.set(trace, found);
  return found;
}

/** @param {Trace} trace @param {number} label @returns {Float32Array} (H, W), its capsule drawn alone */
export function reconstructionOf({ geometry: { pixels }, reconstructions }, label) {
  if (!reconstructions) throw new TypeError("the trace is not of a pair");
  return reconstructions.subarray(label * pixels, (label + 1) * pixels);
}

/**
 * How far the reconstruction of a class is from a layer, squared.
 * @param {Trace} trace of a pair
 * @param {number} label
 * @param {number} k 0 or 1
 */
export function misfit(trace, label, k) {
  if (!trace.layers) throw new TypeError("the trace is not of a pair");
  return squaredError(reconstructionOf(trace, label), layerOf(trace.geometry, trace.layers, k));
}
