import assert from "node:assert/strict";
import { test } from "node:test";
import {
  byChance,
  errorsText,
  findings,
  soText,
  unmeasuredText,
  waysOf,
} from "../../../static/js/words/does-routing-matter.js";

const reading = (/** @type {number} */ errors, entropy = 3.3219, winning_length = 0.4) => ({
  errors,
  changed: 0,
  winning_length,
  entropy,
});

const STUDY = {
  model: "mnist",
  trained_with: 3,
  digits: 10_000,
  iterations: [reading(53, 3.3219, 0.36), reading(43, 3.3217, 0.69), reading(35, 3.3191, 0.944)],
  random: [
    { seed: 1, spread: 0.1, reading: reading(50, 3.3155) },
    { seed: 2, spread: 0.1, reading: reading(60, 3.3155) },
    { seed: 1, spread: 1, reading: reading(2000, 2.77) },
    { seed: 2, spread: 1, reading: reading(5000, 2.77) },
  ],
  turned: { to_right: 22, to_wrong: 4, wrong_to_wrong: 2 },
};

test("uniform couplings and one iteration are one row; random ones are summed over their seeds", () => {
  const ways = waysOf(STUDY, 10);
  assert.deepEqual(
    ways.map(({ name }) => name),
    ["1 iteration: c = 1/10", "2 iterations", "3 iterations, as in training", "random, spread 0.1", "random, spread 1"],
  );
  assert.deepEqual(ways[3].errors, [0.5, 0.6]);
  assert.deepEqual([ways[0].iterations, ways[0].spread, ways[4].spread], [1, undefined, 1]);
});

test("errors are a mean and a range where there are several", () => {
  assert.equal(errorsText([0.284]), "0.28 %");
  assert.equal(errorsText([0.5, 0.6]), "0.55 % (0.50 to 0.60)");
  assert.equal(errorsText([20, 50]), "35.0 % (20.0 to 50.0)");
});

test("the findings say the measured numbers", () => {
  const [answers, lengths, random] = findings(STUDY, 10);
  assert.equal(
    answers,
    "With uniform couplings the network reads 99.47 % of 10,000 test digits right, with 3 iterations 99.65 %. Routing changes 28 answers: 22 become right, four wrong, two stay wrong. That removes 34 % of the errors. Part of it may be habit: the network was trained with 3 iterations.",
  );
  assert.equal(
    lengths,
    "With routing the winner grows from 0.36 to 0.94 in the mean. The mean entropy of the couplings hardly moves, from 3.322 to 3.319 bits: most capsules still give every class about the same share.",
  );
  assert.match(random, /spread 0\.1, about as even as the routed ones \(3\.316 bits\), misread/);
  assert.match(
    random,
    / misread 0\.55 % \(0\.50 to 0\.60\) and leave the winner at 0\.40\. With the same mean entropy random/,
  );
  assert.match(random, / With spread 1 \(2\.77 bits\) they misread 35\.0 % \(20\.0 to 50\.0\)/);
  assert.match(random, /any couplings\. This network was not trained with them\.$/);
});

test("what may be chance is called that, and nothing is said of what did not change", () => {
  const some = { ...STUDY, turned: { to_right: 5, to_wrong: 2, wrong_to_wrong: 0 } };
  assert.match(
    findings(some, 10)[0],
    /seven answers: five become right, two wrong\. That is no clear difference: it may be chance\.$/,
  );
  const one = { ...STUDY, turned: { to_right: 1, to_wrong: 0, wrong_to_wrong: 0 } };
  assert.match(findings(one, 10)[0], /changes one answer: one becomes right, none wrong\. That is no clear/);
  const none = { ...STUDY, turned: { to_right: 0, to_wrong: 0, wrong_to_wrong: 0 } };
  assert.match(findings(none, 10)[0], / Not one answer changes\.$/);
  assert.equal(findings({ ...STUDY, random: [] }, 10).length, 2);
});

test("routing that makes more errors is said to add them", () => {
  const worse = { ...STUDY, turned: { to_right: 4, to_wrong: 22, wrong_to_wrong: 1 } };
  assert.match(findings(worse, 10)[0], /22 wrong, one stays wrong\. That adds 34 % to the errors\.$/);
});

const turned = (/** @type {number} */ to_right, /** @type {number} */ to_wrong) => ({
  ...STUDY,
  turned: { to_right, to_wrong, wrong_to_wrong: 0 },
});

test("what the findings come to is said of this network only where it is so of it", () => {
  assert.equal(
    soText(STUDY, 10),
    "So the answer is mostly there before any routing, and routing makes the winner stand out. This network was trained with routing and is only read without it.",
  );
  assert.match(soText(turned(4000, 10), 10), /^So routing changes 40\.1 % of the answers, and routing makes/);
  const same = { ...STUDY, iterations: [reading(9, 3.3, 0.71), reading(9, 3.3, 0.71), reading(9, 3.3, 0.75)] };
  assert.match(soText(same, 10), /, and routing changes the winner’s length little\./);
  const shrunk = { ...STUDY, iterations: [reading(9, 3.3, 0.8), reading(9, 3.3, 0.7), reading(9, 3.3, 0.6)] };
  assert.match(soText(shrunk, 10), /, and routing makes the winner shorter\./);
  assert.match(findings(shrunk, 10)[1], /^With routing the winner shrinks from 0\.80 to 0\.60 in the mean\./);
});

test("a network trained without routing is not said to have been trained with it", () => {
  const study = { ...turned(0, 0), trained_with: 1 };
  assert.equal(soText(study, 10), "This network was trained with one iteration, so without routing.");
  const [answers, lengths] = findings(study, 10);
  assert.equal(answers, "With uniform couplings the network reads 99.47 % of 10,000 test digits right.");
  assert.equal(lengths, "The winner is 0.36 long in the mean. The mean entropy of the couplings is 3.322 bits.");
});

test("couplings that move are not said to hardly move, nor decided ones to be even", () => {
  const iterations = [reading(53, 3.3219, 0.36), reading(43, 2, 0.69), reading(35, 1.2, 0.94)];
  const [, lengths, random] = findings({ ...STUDY, iterations }, 10);
  assert.match(lengths, / The mean entropy of the couplings falls from 3\.322 to 1\.200 bits\.$/);
  assert.match(random, /^Random couplings of spread 0\.1, more even than the routed ones \(3\.316 bits\),/);
  const decided = { ...STUDY, iterations: [reading(9, 2.001), reading(9, 2), reading(9, 1.99)] };
  assert.match(findings(decided, 10)[1], / hardly moves, from 2\.001 to 1\.990 bits\.$/);
  const rough = { ...STUDY, random: [{ seed: 1, spread: 2, reading: reading(40, 2) }] };
  assert.match(
    findings(rough, 10)[2],
    /^Random couplings of spread 2, less even than .* at 0\.40\. This network was not trained with them\.$/,
  );
});

test("random couplings that read well enough are not called too much, in whatever order they were measured", () => {
  const random = [
    { seed: 1, spread: 1, reading: reading(30, 2.77) },
    { seed: 1, spread: 0.1, reading: reading(0, 3.3155) },
  ];
  const iterations = [reading(0), reading(0), reading(0)];
  const text = findings({ ...STUDY, iterations, random }, 10)[2];
  assert.match(text, /^Random couplings of spread 0\.1, .* With spread 1 \(2\.77 bits\) they misread 0\.30 %\. This/);
});

test("the sign test, against the sums of binomial coefficients", () => {
  assert.equal(byChance(0, 0), 1);
  assert.equal(byChance(5, 5), 1);
  assert.ok(Math.abs(byChance(5, 2) - (2 * (1 + 7 + 21)) / 128) < 1e-12);
  assert.ok(Math.abs(byChance(22, 4) - (2 * (1 + 26 + 325 + 2600 + 14950)) / 2 ** 26) < 1e-12);
  assert.equal(byChance(2, 5), byChance(5, 2));
});

test("an unmeasured network says which command measures it", () => {
  assert.match(unmeasuredText("mnist"), /hasn’t been measured .* “capsnet study-routing --model mnist”/);
});
