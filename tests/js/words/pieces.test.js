import assert from "node:assert/strict";
import { test } from "node:test";
import { fitText, measuredText, networkText, scoreText, surelyText } from "../../../static/js/words/pieces.js";

/** @param {string} name @param {boolean} isSame @param {boolean} isSure */
const said = (name, isSame, isSure) => ({ name, isSame, isSure, score: 0.6 });

test("a network is told by how many wrong arrangements it reads as the whole, and of how many it is sure", () => {
  const whole = said("8", true, true);
  assert.equal(
    networkText("The capsule network", whole, [said("8", true, true), said("8", true, false), said("3", false, true)]),
    "The capsule network reads the whole as an 8. It also reads 2 of the 3 wrong arrangements as an 8 (surely: 1). It is sure of 2 of the 3, whatever it reads.",
  );
  assert.match(
    networkText("A CNN", whole, [said("3", false, false)]),
    /also reads 0 of the 1 .* as an 8\. It is sure of 0 of/,
  );
});

test("lengths are no probabilities, and none of them is rounded to 1", () => {
  assert.equal(scoreText(said("4", true, true), true), "‖v‖ = 0.60");
  assert.equal(scoreText(said("4", true, true), false), "60.0 %");
  for (const score of [1, 0.9999]) assert.equal(scoreText({ ...said("4", true, true), score }, false), "> 99.9 %");
  assert.notEqual(surelyText(said("4", true, true)), surelyText(said("4", true, false)));
});

test("the error, and beside the test digits only where that was measured", () => {
  assert.equal(fitText({ error: 53.94, rank: null }), "Σ² = 53.9");
  assert.equal(fitText({ error: 53.94, rank: 100 }), "Σ² = 53.9: 99 of 100 test digits are drawn better");
  assert.match(fitText({ error: 9, rank: 37.8 }), /: 37 of 100/);
});

test("what was measured over the test digits", () => {
  assert.equal(
    measuredText(10_000, { same: 1_234, sure: 8_000 }),
    "10,000 test digits, upright: 12.3 % read as their class, 80.0 % read surely, as whatever digit",
  );
});
