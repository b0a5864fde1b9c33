/** What is told of two digits in a network for one. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { conclusions, fitText } from "../../../static/js/words/one-digit.js";
/** @import { Known, Reading } from "../../../static/js/words/one-digit.js" */

const NAMES = Array.from({ length: 10 }, (_, label) => String(label));
const good = { rank: 40, relativeRank: 30, isBad: false, error: 10 };
const bad = { rank: 99.7, relativeRank: 90, isBad: true, error: 55.12 };

/**
 * @param {number} label
 * @param {number} length
 * @param {typeof good | null} fit
 * @returns {Reading}
 */
const reading = (label, length, fit) => ({
  label,
  lengths: NAMES.map((_, k) => (k === label ? length : 0.1)),
  fit,
});

/** @param {number | null} label @returns {Known | null} of a test digit */
const labelled = (label) => (label === null ? null : { label, by: "label" });

/** @param {number} label @returns {Known} of a drawing */
const drawn = (label) => ({ label, by: "network" });

/** @param {(number | null)[]} labels */
const known = (...labels) => ({ truths: labels.map(labelled) });

/** @param {Partial<Parameters<typeof conclusions>[0]>} [given] */
const told = (given) =>
  conclusions({
    sum: reading(5, 0.8, bad),
    alone: [reading(5, 0.9, good), reading(7, 0.9, good)],
    ...known(5, 7),
    names: NAMES,
    ...given,
  });

test("an answer is one of the two, neither, or both", () => {
  assert.equal(told()[0], "It answers 5: one of the two. The capsule of the other, a 7, has length 0.10.");
  assert.equal(told({ sum: reading(8, 0.8, bad) })[0], "It answers 8. Neither of the two is an 8.");
  assert.equal(told(known(5, 5))[0], "It answers 5, and both are.");
});

test("of what is not known nothing is claimed, and the size is not to blame", () => {
  for (const labels of [
    [null, null],
    [5, null],
    [null, 1],
    [8, null],
  ]) {
    const [answer, , , size] = told(known(...labels));
    assert.equal(answer, "It answers 5.");
    assert.match(size, /A is read as 5 and B as 7, with errors of 10\.0 and 10\.0\.$/);
  }
  const one = { alone: [null, null], sum: reading(5, 0.9, good) };
  assert.equal(told({ ...one, ...known(null, null) })[0], "There is one digit in the picture. The network answers 5.");
});

test("of drawings it is said that their classes are this network's own reading", () => {
  const counts = / Here a drawing counts as what this network reads in it alone, in full size\.$/;
  for (const truths of [
    [drawn(5), drawn(7)],
    [labelled(5), drawn(7)],
    [drawn(1), drawn(2)],
    [drawn(5), drawn(5)],
  ]) {
    assert.match(told({ truths })[0], counts);
  }
  assert.match(told({ alone: [null, null], truths: [drawn(3), null] })[0], counts);
  assert.doesNotMatch(told({ truths: [drawn(5), null] })[0], counts);
  assert.doesNotMatch(told()[0], counts);
});

test("each of the lengths and the error warns, or is said not to", () => {
  assert.match(told()[1], /length 0\.80.*the lengths do not warn/);
  assert.match(told({ sum: reading(5, 0.3, bad) })[1], /length 0\.30\. Below 0\.5 .* the lengths warn, too/);
  assert.match(told()[2], /error is the warning.* 55\.1, and the picture fits badly/);
  assert.match(told({ sum: reading(5, 0.8, good) })[2], /not even the error warns/);
  assert.equal(told({ sum: reading(5, 0.8, null) }).length, 3, "an error that is not measured is not told");
});

test("whether the smaller size is to blame follows from each digit alone", () => {
  assert.equal(
    told()[3],
    "Alone and just as small, A is read as 5 and B as 7, with errors of 10.0 and 10.0. So the size alone does not mislead it.",
  );
  assert.match(told(known(5, 1))[3], /a part of the trouble is the size/);
  const small = told({ alone: [reading(5, 0.9, bad), reading(7, 0.9, good)] })[3];
  assert.match(small, /at this size A alone fits badly, too: the error is no sure sign/);
});

test("of one digit it is told that there is one", () => {
  const one = told({ alone: [null, null], ...known(5, null), sum: reading(5, 0.9, good) });
  assert.deepEqual(one.slice(0, 1), ["There is one digit in the picture. The network answers 5."]);
  assert.equal(one.length, 3);
  assert.match(told({ alone: [null, null], ...known(null, 3) })[0], /answers 5, but it is a 3/);
});

test("a fit is told beside the test digits", () => {
  assert.equal(fitText(good), "fits better than 60 % of the test digits");
  assert.equal(fitText({ ...good, rank: 70.5 }), "fits worse than 70 % of the test digits");
  assert.equal(fitText(bad), "fits badly: 99 of 100 test digits fit better");
  assert.equal(fitText(null), "");
});
