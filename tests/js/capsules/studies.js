/** A small study of pairs, for the tests. */
/** @import { OverlapBin, OverlapStudy, PairReading } from "../../../static/js/capsules/types.js" */
import { wilson } from "../../../static/js/capsules/intervals.js";

/** @param {number} pairs @param {number} errors @returns {PairReading} one of the errors reads neither digit */
export const reading = (pairs, errors) => ({
  both: pairs - errors,
  one: Math.max(0, errors - 1),
  none: Math.min(1, errors),
});

/** @param {number} low @param {number} high @param {number} pairs @param {number[]} errors @returns {OverlapBin} */
export const bin = (low, high, pairs, errors) => ({
  low,
  high,
  pairs,
  readings: errors.map((count) => reading(pairs, count)),
  intervals: errors.map((count) => wilson(count, pairs)),
});

const BOX = [
  bin(0, 0.25, 400, [40, 39, 36, 38]),
  bin(0.25, 0.5, 400, [60, 58, 56, 60]),
  bin(0.5, 0.75, 200, [60, 56, 50, 52]),
  bin(0.75, 1, 0, [0, 0, 0, 0]),
];
const DISTANCE = [
  bin(0, 4, 500, [60, 60, 60, 60]),
  bin(4, 8, 300, [30, 30, 30, 30]),
  bin(8, 12, 200, [24, 24, 24, 24]),
];
const placement = {
  readings: [160, 153, 142, 150].map((errors) => reading(1000, errors)),
  box: BOX,
  ink: BOX,
  distance: DISTANCE,
};

/** Three classes; trained with three iterations, and read with up to four. @type {OverlapStudy} */
export const STUDY = {
  model: "pairs",
  trained_with: 3,
  pairs: 1000,
  tested: placement,
  centred: placement,
  classes: [
    { labels: [0, 1], pairs: 100, errors: 10, lost: [1, 9] },
    { labels: [0, 2], pairs: 200, errors: 50, lost: [30, 22] },
    { labels: [1, 2], pairs: 0, errors: 0, lost: [0, 0] },
  ],
  ink: null,
  command: "capsnet study-overlap",
};
