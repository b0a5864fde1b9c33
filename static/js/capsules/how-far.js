/** How far a digit may go until it is misread: what follows from the counts of test digits. */
/** @import { Name } from "./viewpoint.js" */
import { overlapping, wilson } from "./intervals.js";

/**
 * @typedef {object} ViewpointAccuracy how many test digits a network reads rightly, measured
 * @property {number} digits that were read, the first ones of the test set
 * @property {number} sure_above a length or a probability: of the winner of an answer that counts as sure
 * @property {Record<Name, {amounts: number[], right: number[], sure_wrong: number[]}>} transformations counts at each
 *   amount: read right, and read wrong though sure
 * @property {Record<string, {same: number, sure: number}>} pieces counts: read as the original class; sure, of any
 */

/**
 * @typedef {readonly [low: number, high: number]} Interval within [0, 1]
 * @typedef {{share: number, interval: Interval}} Share in [0, 1], and its 95 % interval
 * @typedef {Share & {amount: number, sureWrong: Share}} Point at one amount: read rightly; misread, but surely
 *
 * @param {ViewpointAccuracy} study
 * @param {Name} name
 * @returns {Point[]} a point for each amount, ascending; none where that change was not measured
 */
export function pointsOf({ digits, transformations }, name) {
  const { amounts, right, sure_wrong: sureWrong } = transformations[name] ?? { amounts: [], right: [], sure_wrong: [] };
  return amounts.map((amount, k) => ({
    amount,
    ...shareOf(right[k], digits),
    sureWrong: shareOf(sureWrong[k], digits),
  }));
}

/** @param {number} count @param {number} of @returns {Share} */
const shareOf = (count, of) => ({ share: of ? count / of : 0, interval: wilson(count, of) });

/** Read rightly often enough, in the figure's sentences: this share of the digits, or more. */
export const ENOUGH = 0.9;

/**
 * @typedef {object} Limit how far one may go from rest in one direction
 * @property {number} to the last amount up to which enough digits are read rightly at every amount
 * @property {Point | null} beyond the first point with too few; null where the range ends before
 *
 * @param {readonly Point[]} points ascending
 * @param {number} rest
 * @returns {{low: Limit, high: Limit} | null} null where too few are read at rest, and where rest was not measured
 */
export function limitsOf(points, rest) {
  const middle = points.findIndex(({ amount }) => amount === rest);
  if (middle === -1 || points[middle].share < ENOUGH) return null;
  return { low: outwards(points.slice(0, middle + 1).reverse()), high: outwards(points.slice(middle)) };
}

/** @param {readonly Point[]} points from rest outwards @returns {Limit} */
function outwards(points) {
  const first = points.findIndex(({ share }) => share < ENOUGH);
  return first === -1
    ? { to: points[points.length - 1].amount, beyond: null }
    : { to: points[first - 1].amount, beyond: points[first] };
}

/**
 * The amount that is nearest to a given one; of two the one that stands first.
 * @template {{amount: number}} P
 * @param {readonly P[]} points
 * @param {number} amount
 * @returns {P | null} null of none
 */
export const nearestPoint = (points, amount) =>
  points.reduce(
    (/** @type {P | null} */ best, point) =>
      best && Math.abs(best.amount - amount) <= Math.abs(point.amount - amount) ? best : point,
    null,
  );

/**
 * At how many amounts away from rest one network reads more digits than another.
 * @param {readonly Point[]} a
 * @param {readonly Point[]} b
 * @param {number} rest
 * @returns {{of: number, first: number, second: number}} `of` so many amounts of both; there `first` has more with
 *   intervals that lie apart, or `second`; at all others they overlap
 */
export function contestOf(a, b, rest) {
  const both = a.flatMap((point) => {
    const other = b.find(({ amount }) => amount === point.amount);
    return other && point.amount !== rest ? [{ point, other }] : [];
  });
  const apart = both.filter(({ point, other }) => !overlapping(point.interval, other.interval));
  const first = apart.filter(({ point, other }) => point.share > other.share).length;
  return { of: both.length, first, second: apart.length - first };
}

/**
 * Between which amounts one digit is read as a class: at each of them from rest on.
 * @param {readonly number[]} amounts ascending
 * @param {readonly boolean[]} isRead
 * @param {number} rest
 * @returns {[low: number, high: number] | null} null where it is not read so at rest
 */
export function readRange(amounts, isRead, rest) {
  const middle = amounts.indexOf(rest);
  if (middle === -1 || !isRead[middle]) return null;
  let [low, high] = [middle, middle];
  while (low > 0 && isRead[low - 1]) low -= 1;
  while (high < amounts.length - 1 && isRead[high + 1]) high += 1;
  return [amounts[low], amounts[high]];
}
