import assert from "node:assert/strict";
import { test } from "node:test";
import {
  dimensionText,
  evidenceText,
  hintText,
  reachText,
  reachTitle,
  sourceText,
  sweepReachText,
} from "../../../static/js/words/dials.js";
/** @import { Dimension, Dimensions } from "../../../static/js/capsules/types.js" */

/** @param {Partial<Dimension>} rest */
const measured = (rest) =>
  /** @type {Dimension} */ ({
    name: "leaning left",
    detail: "leaning left (−14°)",
    visibility: "clear",
    measures: ["slant"],
    evidence: [{ measure: "slant", title: "slant", unit: "°", change: -14, effect: -1.6, agree: 1, values: [] }],
    ...rest,
  });

test("the reach says whose pose is turned while the page shows an earlier iteration", () => {
  const shown = { name: "7", ofClass: true, reach: 2, isUnmeasured: false, isBeforeEnd: false };
  assert.equal(reachText(shown), "range of the 7s: ±\u00a02\u00a0σ");
  assert.match(reachText({ ...shown, isBeforeEnd: true }), /^after the last iteration; range/);
  assert.match(reachText({ ...shown, ofClass: false }), /±\u00a00\.5 around the original$/);
  assert.match(reachText({ ...shown, isUnmeasured: true }), /have not been measured$/);
});

test("how far dials and grid go is what the server says", () => {
  const shown = { name: "7", ofClass: true, reach: 3, isUnmeasured: false, isBeforeEnd: false };
  assert.equal(reachText(shown), "range of the 7s: ±\u00a03\u00a0σ");
  assert.match(reachTitle({ ...shown, swept: 60 }), /: 3 standard deviations.* changed most in 60 training digits/);
  assert.match(reachTitle({ ...shown, swept: null }), / changed most in training digits .*; yours may differ\./);
  assert.match(sweepReachText(3), /^±\u00a03 standard deviations/);
  assert.match(sourceText(/** @type {Dimensions} */ ({ digits: 9, swept: 5, reach: 3 }), "7"), /from −3 to \+3\u00a0σ/);
  assert.equal(reachText({ ...shown, reach: null }), "range of the 7s", "until it has come, nothing is claimed");
  assert.doesNotMatch(sweepReachText(null), /±/);
});

test("a hint says by how much, and whether it is hard to see", () => {
  assert.equal(hintText(2, measured({})), "3: leaning left (−14°)");
  assert.match(hintText(2, measured({ visibility: "slight" })), /; hard to see$/);
});

test("a dimension without measurements has its number and the name it was given", () => {
  assert.equal(dimensionText(6, "", undefined), "dimension 7");
  assert.equal(dimensionText(6, "tail", undefined), "dimension 7, tail");
});

test("a name of the visitor's own stands beside the measured one", () => {
  assert.match(evidenceText(measured({}), "leaning left"), /^Leaning left \(−14°\)\. The name begins with .* slant/);
  assert.match(evidenceText(measured({}), "tilt"), /^Measured as “leaning left”\. Leaning/);
});
