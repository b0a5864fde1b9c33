/** @import { Point } from "../../../static/js/capsules/how-far.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import * as words from "../../../static/js/words/how-far.js";

/** @param {number} amount @param {number} share @returns {Point} */
const point = (amount, share) => ({
  amount,
  share,
  interval: [share - 0.02, share + 0.02],
  sureWrong: { share: 0.1, interval: [0.08, 0.12] },
});

/** @param {number} low @param {number} high */
const limits = (low, high) => ({
  low: { to: low, beyond: point(low - 15, 0.7) },
  high: { to: high, beyond: null },
});

test("amounts below the axis have no unit", () => {
  assert.deepEqual(
    [words.tickText("rotation", -15), words.tickText("right", -2), words.tickText("shear", 0.25)],
    ["−15°", "−2", "+0.25"],
  );
  assert.deepEqual([words.tickText("scale", 0.625), words.tickText("scale", 1)], ["0.625", "1"]);
});

test("from where to where a network reads enough, and what comes then", () => {
  const of = /** @type {const} */ ({ name: "rotation", digits: 2500 });
  assert.equal(
    words.limitText("cnn", limits(-30, 90), of),
    "cnn reads 90 % or more of the first 2,500 test digits rightly from −30° to +90°. Then it falls below: 70.0 % at −45°.",
  );
  const whole = { low: { to: -90, beyond: null }, high: { to: 90, beyond: null } };
  assert.match(words.limitText("cnn", whole, of), /from −90° to \+90°\. Nothing was measured beyond\.$/);
  assert.match(words.limitText("cnn", null, of), /^cnn reads fewer than 90 % of the first 2,500 test digits/);
});

test("whoever goes furthest is named, also where that is the CNN, and a draw is a draw", () => {
  const of = /** @type {const} */ ({ name: "rotation", ends: [-90, 90] });
  const text = words.furthestText(
    [
      { network: "capsnet", limits: limits(-30, 45) },
      { network: "cnn", limits: limits(-45, 45) },
      { network: "other", limits: limits(-15, 45) },
    ],
    of,
  );
  assert.match(text, /^Towards −90° cnn goes furthest, to −45° \(capsnet: −30°, other: −15°\); /);
  assert.match(text, /; towards \+90° all go equally far, to \+45°\./);
  const two = [
    { network: "a", limits: limits(-30, 45) },
    { network: "b", limits: limits(-30, 30) },
    { network: "c", limits: null },
  ];
  assert.match(
    words.furthestText(two, of),
    /^Towards −90° both go equally far, to −30°; towards \+90° a goes furthest/,
  );
  assert.equal(words.furthestText(two.slice(1), of), "", "one alone goes no further than another");
});

test("amount by amount both networks are told, and nothing is decided where intervals overlap", () => {
  const names = { capsule: "mnist", cnn: "cnn" };
  assert.equal(
    words.contestText(names, { of: 12, first: 2, second: 3 }),
    "Of the twelve amounts away from rest: at two mnist reads more digits rightly; at three cnn; at seven their intervals overlap, and this coarse rule finds no difference. This compares mnist and cnn alone.",
  );
  assert.equal(
    words.contestText(names, { of: 4, first: 0, second: 4 }),
    "Of the four amounts away from rest: at four cnn reads more digits rightly. This compares mnist and cnn alone.",
  );
  assert.match(
    words.contestText(names, { of: 8, first: 0, second: 0 }),
    /^At each of the eight .* finds no difference/,
  );
  assert.equal(words.contestText(names, { of: 0, first: 0, second: 0 }), "");
});

test("sure mistakes at both ends, and what sure means", () => {
  assert.equal(
    words.sureWrongText([{ network: "cnn", points: [point(-90, 0.2), point(0, 1), point(90, 0.3)] }], "rotation"),
    "Misread, and surely, of these test digits: cnn 10.0 % at −90° and 10.0 % at +90°.",
  );
  assert.equal(words.sureWrongText([], "rotation"), "");
  const both = [
    { network: "mnist", hasCapsules: true, above: 0.5 },
    { network: "mnist-drawn", hasCapsules: true, above: 0.5 },
    { network: "cnn", hasCapsules: false, above: 0.9 },
  ];
  assert.match(
    words.sureMeaning(both),
    /a length of 0\.5 \(mnist and mnist-drawn\) or a probability of 90 % \(cnn\)\. Lengths/,
  );
  assert.doesNotMatch(words.sureMeaning(both.slice(2)), /two scales/);
  assert.equal(words.sureMeaning([]), "");
});

test("this digit: from where to where it is read, and what both answer here", () => {
  const of = /** @type {const} */ ({ name: "rotation", called: "4" });
  const parts = [words.ownText("capsule", [-30, 45], of), words.ownText("cnn", null, of)];
  assert.equal(
    words.ownTold(parts),
    "This digit: the capsule network reads 4 from −30° to +45°; the CNN does not read 4 with this change at rest.",
  );
  assert.match(words.ownText("cnn", [0, 0], of), /only at 0°/);
  assert.equal(words.ownTold([]), "");
  const here = { ...of, range: /** @type {const} */ ([-90, 90]), amount: 20, length: 0.999, probability: 0.99999 };
  assert.equal(
    words.hereText(here),
    "Here: +20°; the capsule of 4 is > 0.99 long, the CNN’s probability of 4 is > 99.9 %.",
  );
  assert.equal(words.hereText({ ...here, length: null, probability: null }), "Here: +20°.");
  assert.match(words.hereText({ ...here, name: "right", range: [-8, 8], amount: 9 }), /^Here: \+9\.00 px, beyond what/);
});

test("the table says which amount it is of", () => {
  assert.equal(words.columnText("rotation", 15, 15), "at +15°");
  assert.equal(words.columnText("rotation", 15, 20), "at +15°, the nearest that was measured");
});
