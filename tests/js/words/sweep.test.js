import assert from "node:assert/strict";
import { test } from "node:test";
import { atText, axisText, beyondText, noSweepText, readTold, shadeTold } from "../../../static/js/words/sweep.js";

/** @type {Parameters<typeof atText>[0]} */
const AT = {
  moved: "B",
  axis: "right",
  offset: 3,
  names: ["5", "7"],
  lengths: [0.9124, 0.0521],
  errors: [12.34, 9.05],
  read: [true, false],
};

test("the numbers at one offset, and who is read", () => {
  assert.equal(
    atText(AT),
    "B 3 pixels to the right: 5 is 0.912 long, Σ² 12.3; 7 is 0.052 long, Σ² 9.1. Only A is read.",
  );
  assert.match(atText({ ...AT, offset: 0, read: [true, true] }), /^B in the middle: .* Both digits are read\.$/);
  assert.match(atText({ ...AT, axis: "down", offset: -1, read: [false, true] }), /^B 1 pixel up: .* Only B is read\.$/);
  assert.match(atText({ ...AT, moved: "A", offset: -2, read: [false, false] }), /^A 2 pixels to the left.*Neither/);
  assert.doesNotMatch(atText({ ...AT, read: null }), /read/);
});

test("how often both, one and none are read", () => {
  const [yes, no] = [true, false];
  assert.equal(
    readTold(
      [
        [yes, yes, no],
        [yes, no, no],
      ],
      false,
    ),
    "Of 3 offsets, both digits are read at 1, one at 1, none at 1.",
  );
  assert.equal(
    readTold(
      [
        [yes, yes],
        [yes, yes],
      ],
      false,
    ),
    "Both digits are read at all 2 offsets.",
  );
  assert.match(
    readTold(
      [
        [yes, no],
        [yes, no],
      ],
      true,
    ),
    /of one class.* at 1 of 2 offsets/,
  );
});

test("what the shade means, what the axis counts, and why there is nothing", () => {
  assert.match(shadeTold(4), /more than four pixels/);
  assert.equal(shadeTold(null), "");
  assert.equal(axisText("A", "down"), "offset of A in pixels, below the middle positive");
  assert.equal(axisText("B", "right"), "offset of B in pixels, right of the middle positive");
  assert.equal(beyondText("B", "right", -12), "B lies 12 pixels to the left, beyond this sweep.");
  assert.match(noSweepText(true), /digit on each pad/);
  assert.equal(noSweepText(false), "");
});
