/** How sure a counted share is. @import { OverlapStudy } from "../../../static/js/capsules/types.js" */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { overlapping, wilson } from "../../../static/js/capsules/intervals.js";

const FILE = new URL("../../../model/zoo/measured/multimnist.overlap.json", import.meta.url);

test("the interval is the one that Python wrote beside each bin", () => {
  /** @type {OverlapStudy} */
  const study = JSON.parse(readFileSync(FILE, "utf8"));
  const bins = [...study.tested.box, ...study.tested.ink, ...study.centred.ink, ...study.centred.distance];
  for (const { pairs, readings, intervals } of bins) {
    readings.forEach(({ one, none }, k) => {
      wilson(one + none, pairs).forEach((end, side) => assert.ok(Math.abs(end - intervals[k][side]) < 1e-5));
    });
  }
});

test("of nothing, of none and of all", () => {
  assert.deepEqual(wilson(0, 0), [0, 1]);
  assert.equal(wilson(0, 10)[0], 0);
  assert.equal(wilson(10, 10)[1], 1);
  assert.ok(wilson(0, 10)[1] > 0.25 && wilson(10, 10)[0] < 0.75);
});

test("intervals overlap where they share a point", () => {
  assert.ok(overlapping([0, 0.2], [0.2, 0.3]));
  assert.ok(overlapping([0.1, 0.2], [0, 1]));
  assert.ok(!overlapping([0, 0.1], [0.2, 0.3]));
  assert.ok(!overlapping([0.2, 0.3], [0, 0.1]));
});
