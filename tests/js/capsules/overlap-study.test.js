import assert from "node:assert/strict";
import { test } from "node:test";
import {
  between,
  emptyBins,
  hardestFirst,
  lostShares,
  placeOf,
  pointAt,
  seriesOf,
  shownIterations,
  totalOf,
  trainedReading,
} from "../../../static/js/capsules/overlap-study.js";
import { MIDDLE } from "../../../static/js/state/pair/layers.js";
import { PAIR_TRACE } from "../state/pair/page.js";
import { STUDY, reading } from "./studies.js";

const plain = { ...STUDY, trained_with: null, tested: { ...STUDY.tested, readings: [reading(10, 1)] } };

test("shown are one iteration, as many as in training, and the most; nothing twice", () => {
  assert.deepEqual(shownIterations(STUDY), [1, 3, 4]);
  assert.deepEqual(shownIterations({ ...STUDY, trained_with: 4 }), [1, 4]);
  assert.deepEqual(shownIterations({ ...STUDY, trained_with: 1 }), [1, 4]);
  assert.deepEqual(shownIterations(plain), []);
  assert.deepEqual([STUDY, plain].map(trainedReading), [2, 0]);
});

test("a series has a point for each bin that holds pairs, with the share that is misread", () => {
  const series = seriesOf(STUDY, "centred", "box");
  assert.deepEqual(
    series.map(({ iterations }) => iterations),
    [1, 3, 4],
  );
  assert.deepEqual(
    series[1].points.map(({ low, share }) => [low, share]),
    [
      [0, 0.09],
      [0.25, 0.14],
      [0.5, 0.25],
    ],
  );
  assert.equal(series[1].points[0].interval, STUDY.centred.box[0].intervals[2]);
  assert.equal(totalOf(series[1].reading).share, 0.142);
  assert.deepEqual(
    emptyBins(STUDY.centred.box).map(({ low }) => low),
    [0.75],
  );
});

test("a network without capsules has one series", () => {
  const [only, ...others] = seriesOf(plain, "tested", "distance");
  assert.deepEqual([only.iterations, only.points.length, others.length], [null, 3, 0]);
});

test("a value falls into the bin that begins with it; the end of the last belongs to the last", () => {
  const { box, distance } = STUDY.tested;
  assert.equal(pointAt(box, 0.25, 0)?.low, 0.25);
  assert.equal(pointAt(box, 0.2499, 0)?.errors, 40);
  assert.equal(pointAt(box, 0.8, 0), null, "no pair lies there");
  assert.equal(pointAt(distance, 12, 2)?.low, 8);
  assert.equal(pointAt(distance, 12.1, 2), null);
});

test("several bins count as one", () => {
  const found = between(STUDY.tested.box, 0.25, 1, 0);
  assert.deepEqual([found?.errors, found?.pairs, found?.share], [120, 600, 0.2]);
  assert.equal(between(STUDY.tested.box, 0.75, 1, 0), null);
});

test("the pair on the page lies where its layers do", () => {
  const { geometry } = PAIR_TRACE;
  const layers = new Float32Array(2 * geometry.pixels);
  layers.fill(1, 0, 4);
  layers.fill(1, geometry.pixels + 2, geometry.pixels + 6);
  const place = placeOf({ ...PAIR_TRACE, layers }, [
    [3, 0],
    [0, 4],
  ]);
  assert.deepEqual(place, { ink: 0.5, box: 2 / 6, distance: 5 });
  assert.equal(placeOf(PAIR_TRACE, [MIDDLE, MIDDLE]), null, "no ink");
  assert.equal(placeOf(null, [MIDDLE, MIDDLE]), null);
});

test("classes are ranked by their errors, and each class knows how often it is lost", () => {
  assert.deepEqual(
    hardestFirst(STUDY).map(({ labels, share }) => [labels, share]),
    [
      [[0, 2], 0.25],
      [[0, 1], 0.1],
    ],
  );
  assert.deepEqual(lostShares(STUDY, 4), [31 / 300, 0.09, 0.11, null]);
});
