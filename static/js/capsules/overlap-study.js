/** Counting in the study of test pairs: how many are misread, by how far two digits overlap and by their classes. */
/** @import { OverlapBin, OverlapStudy, PairReading, Trace } from "./types.js" @import { Offset } from "./overlap.js" */
import { wilson } from "./intervals.js";
import { layerOf, overlapOf } from "./overlap.js";

export const MEASURES = /** @type {const} */ (["box", "ink", "distance"]);
export const PLACEMENTS = /** @type {const} */ (["centred", "tested"]);

/** @typedef {typeof MEASURES[number]} Measure by which the pairs are sorted into bins */
/** @typedef {typeof PLACEMENTS[number]} Placement which pairs */

/**
 * Pairs of which some are misread.
 * @typedef {object} Misread
 * @property {number} pairs
 * @property {number} errors pairs of which not both digits are read
 * @property {number} share that is misread, in [0, 1]
 * @property {readonly [low: number, high: number]} interval 95 %, of the share
 *
 * @typedef {Misread & {low: number, high: number}} Point one bin: overlaps from `low` to `high`
 *
 * @typedef {object} Series
 * @property {number | null} iterations null for a network without capsules
 * @property {PairReading} reading of all pairs together
 * @property {Point[]} points of the bins that hold pairs
 */

/** @param {number} errors @param {number} pairs @returns {Misread} */
const misreadOf = (errors, pairs) => ({ errors, pairs, share: errors / pairs, interval: wilson(errors, pairs) });

/** All pairs of a reading. @param {PairReading} reading */
export const totalOf = ({ both, one, none }) => misreadOf(one + none, both + one + none);

/**
 * The numbers of iterations that are shown: one, which has uniform couplings, as many as in training, and the most.
 * @param {OverlapStudy} study
 * @returns {number[]} ascending; none for a network without capsules
 */
export function shownIterations({ trained_with: trained, tested: { readings } }) {
  if (trained === null) return [];
  const shown = [1, trained, readings.length].filter((count) => count <= readings.length);
  return [...new Set(shown)].sort((a, b) => a - b);
}

/** Which reading has as many iterations as in training. @param {OverlapStudy} study */
export const trainedReading = ({ trained_with: trained, tested: { readings } }) =>
  Math.min(trained ?? 1, readings.length) - 1;

/**
 * A curve for each number of iterations that is shown.
 * @param {OverlapStudy} study
 * @param {Placement} placement
 * @param {Measure} measure
 * @returns {Series[]}
 */
export function seriesOf(study, placement, measure) {
  const { readings, [measure]: bins } = study[placement];
  const iterations = shownIterations(study);
  return (iterations.length ? iterations : [null]).map((count) => {
    const k = (count ?? 1) - 1;
    return { iterations: count, reading: readings[k], points: filled(bins).map((bin) => pointOf(bin, k)) };
  });
}

/** @param {OverlapBin[]} bins */
const filled = (bins) => bins.filter(({ pairs }) => pairs > 0);

/** Bins without a single pair. @param {OverlapBin[]} bins */
export const emptyBins = (bins) => bins.filter(({ pairs }) => pairs === 0);

/** @param {OverlapBin} bin @param {number} k which reading @returns {Point} */
function pointOf({ low, high, readings, intervals }, k) {
  return { low, high, ...totalOf(readings[k]), interval: intervals[k] };
}

/**
 * The bin that a value falls into.
 * @param {OverlapBin[]} bins
 * @param {number} value
 * @param {number} k which reading
 * @returns {Point | null} null where no measured pair lies
 */
export function pointAt(bins, value, k) {
  const last = bins.length - 1;
  const bin = bins.find(({ low, high }, n) => value >= low && (value < high || (n === last && value === high)));
  return bin?.pairs ? pointOf(bin, k) : null;
}

/**
 * Several bins as one.
 * @param {OverlapBin[]} bins
 * @param {number} low
 * @param {number} high
 * @param {number} k which reading
 * @returns {Misread | null} null without a pair
 */
export function between(bins, low, high, k) {
  const counted = filled(bins.filter((bin) => bin.low >= low && bin.high <= high)).map((bin) => pointOf(bin, k));
  if (!counted.length) return null;
  const sum = (/** @type {"errors" | "pairs"} */ what) => counted.reduce((all, point) => all + point[what], 0);
  return misreadOf(sum("errors"), sum("pairs"));
}

/**
 * Where the pair on the page lies, by each measure.
 * @param {Trace | null} trace
 * @param {readonly [Offset, Offset]} offsets of the trace's layers
 * @returns {Record<Measure, number> | null} overlaps in [0, 1], the distance in pixels; null unless both layers have
 *   ink
 */
export function placeOf(trace, [a, b]) {
  if (!trace?.layers) return null;
  const [layerA, layerB] = [0, 1].map((k) => layerOf(trace.geometry, /** @type {Float32Array} */ (trace.layers), k));
  const overlap = overlapOf(trace.geometry, layerA, layerB);
  return overlap && { ...overlap, distance: Math.hypot(a[0] - b[0], a[1] - b[1]) };
}

/**
 * Two classes, and how they fare together.
 * @typedef {Misread & {labels: readonly [number, number], lost: readonly [number, number]}} TwoClasses
 */

/** Each two classes, the hardest first. @param {OverlapStudy} study @returns {TwoClasses[]} */
export const hardestFirst = ({ classes }) =>
  classes
    .filter(({ pairs }) => pairs > 0)
    .map(({ labels, pairs, errors, lost }) => ({ labels, lost, ...misreadOf(errors, pairs) }))
    .sort((a, b) => b.share - a.share);

/**
 * How often each class is not read, of the pairs that it is in.
 * @param {OverlapStudy} study
 * @param {number} count of classes
 * @returns {(number | null)[]} (C) shares in [0, 1]; null for a class in no pair
 */
export function lostShares({ classes }, count) {
  const [lost, pairs] = [new Array(count).fill(0), new Array(count).fill(0)];
  for (const of of classes) {
    of.labels.forEach((label, k) => {
      lost[label] += of.lost[k];
      pairs[label] += of.pairs;
    });
  }
  return lost.map((times, label) => (pairs[label] ? times / pairs[label] : null));
}
