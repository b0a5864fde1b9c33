/** Runs of the study of fewer digits as curves, compared and in words. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { comparedOf, countsOf, curvesOf, pointOf } from "../../../static/js/capsules/fewer-digits.js";
import { studyOf } from "./few.js";

test("runs become a curve for each network, with means and ranges over the seeds", () => {
  const curves = curvesOf(studyOf({ capsnet: { 100: [150, 120, 90], 10: [600] }, "cnn-pooling": { 10: [500, 480] } }));
  assert.deepEqual(
    curves.map(({ network }) => network),
    ["capsnet", "cnn-pooling"],
  );
  assert.deepEqual(curves[0].points, [
    { count: 10, mean: 60, range: [60, 60], errors: [60] },
    { count: 100, mean: 12, range: [9, 15], errors: [15, 12, 9] },
  ]);
  assert.deepEqual(countsOf(curves), [10, 100]);
  assert.equal(pointOf(curves[1], 100), null);
});

test("two networks are told apart where their ranges have nothing in common, and both have seeds enough", () => {
  const [first, second] = curvesOf(
    studyOf({
      capsnet: { 10: [600, 640], 20: [400, 500], 50: [300], 100: [100, 110], 200: [50, 60] },
      "cnn-pooling": { 10: [500, 590], 20: [500, 600], 50: [350, 360], 100: [120, 130] },
    }),
  );
  assert.deepEqual(
    comparedOf(first, second).map(({ count, better, isKnown }) => [count, better, isKnown]),
    [
      [10, 1, true],
      [20, null, true], // both have a seed with 500
      [50, null, false],
      [100, 0, true],
    ],
  );
});

test("without a run there is no curve", () => assert.deepEqual(curvesOf(studyOf({})), []));
