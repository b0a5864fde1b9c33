/** Runs of networks that were trained on few digits, as points of curves, and the comparison of two curves. */
import { overlapping } from "./intervals.js";

/**
 * @typedef {{network: string, count: number, seed: number, errors: number}} Run one network, trained on `count` digits
 * @typedef {object} FewerDigits
 * @property {number} steps of training, in every run
 * @property {number} batch_size pictures in a step
 * @property {number} max_shift pixels that each picture is shifted by in training, at most
 * @property {number} digits that every run was tested on
 * @property {Run[]} runs those that are finished
 * @property {string} command
 *
 * @typedef {object} Point the runs of one network with so many digits; errors in per cent
 * @property {number} count
 * @property {number} mean
 * @property {readonly [number, number]} range the lowest and the highest
 * @property {number[]} errors of each seed, in the order of the seeds
 *
 * @typedef {{network: string, points: Point[]}} Curve points from the fewest digits to the most
 */

/** What a comparison needs at least: of one seed nobody knows how far chance goes. */
const LEAST_SEEDS = 2;

/** A curve for each network, in the order of the runs. @param {FewerDigits} study @returns {Curve[]} */
export const curvesOf = ({ runs, digits }) =>
  [...new Set(runs.map(({ network }) => network))].map((network) => {
    const own = runs.filter((run) => run.network === network).sort((a, b) => a.seed - b.seed);
    const counts = [...new Set(own.map(({ count }) => count))].sort((a, b) => a - b);
    return {
      network,
      points: counts.map((count) => {
        const errors = own.filter((run) => run.count === count).map((run) => (100 * run.errors) / digits);
        return { count, mean: meanOf(errors), range: rangeOf(errors), errors };
      }),
    };
  });

/** @param {readonly number[]} values */
const meanOf = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/** @param {readonly number[]} values @returns {readonly [number, number]} */
const rangeOf = (values) => [Math.min(...values), Math.max(...values)];

/** All numbers of digits, ascending. @param {readonly Curve[]} curves */
export const countsOf = (curves) =>
  [...new Set(curves.flatMap(({ points }) => points.map(({ count }) => count)))].sort((a, b) => a - b);

/** @param {Curve} curve @param {number} count */
export const pointOf = ({ points }, count) => points.find((point) => point.count === count) ?? null;

/**
 * @typedef {object} Compared two networks at one number of digits
 * @property {number} count
 * @property {readonly [Point, Point]} points
 * @property {0 | 1 | null} better which of the two misreads fewer, whatever the seed; null where their ranges have
 *   something in common, or one of them has a single seed
 * @property {boolean} isKnown whether both have seeds enough to say so
 */

/** @param {Curve} first @param {Curve} second @returns {Compared[]} where both were measured */
export const comparedOf = (first, second) =>
  countsOf([first, second]).flatMap((count) => {
    const points = [pointOf(first, count), pointOf(second, count)];
    const [a, b] = points;
    if (!a || !b) return [];
    const isKnown = Math.min(a.errors.length, b.errors.length) >= LEAST_SEEDS;
    const isApart = isKnown && !overlapping(a.range, b.range);
    const better = isApart ? (a.mean < b.mean ? 0 : 1) : null;
    return [{ count, points: /** @type {const} */ ([a, b]), better, isKnown }];
  });
