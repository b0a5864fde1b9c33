import assert from "node:assert/strict";
import { test } from "node:test";
import { couplingEntropy, largestEntropy, lead, logitChange } from "../../../static/js/capsules/convergence.js";
import { PAPER, SMALL } from "../cards.js";

const CAPSULES = 1152;
const LARGEST_ENTROPY = largestEntropy(PAPER);

/** @param {ArrayLike<number>} actual @param {number[]} expected */
function near(actual, expected) {
  assert.equal(actual.length, expected.length);
  expected.forEach((value, k) => assert.ok(Math.abs(actual[k] - value) < 1e-5, `${actual[k]} is not ${value}`));
}

test("the entropy is log2(10) while all couplings are equal, and 0 where a class gets everything", () => {
  const couplings = new Float32Array(2 * CAPSULES * 10).fill(0.1);
  const second = couplings.subarray(CAPSULES * 10);
  for (let i = 0; i < CAPSULES / 2; i++) second.set([0, 0, 1, 0, 0, 0, 0, 0, 0, 0], 10 * i);
  second.set([0.5, 0.5, 0, 0, 0, 0, 0, 0, 0, 0], 0);
  const { mean, low, high } = couplingEntropy(PAPER, couplings);
  near(mean, [LARGEST_ENTROPY, (1 + (CAPSULES / 2) * LARGEST_ENTROPY) / CAPSULES]);
  near(low, [LARGEST_ENTROPY, 0]);
  near(high, [LARGEST_ENTROPY, LARGEST_ENTROPY]);
});

test("tenths that came as float16 are as undecided as exact ones", () => {
  const tenth = 0.0999755859375; // the float16 next to 0.1
  const { mean } = couplingEntropy(PAPER, new Float32Array(CAPSULES * 10).fill(tenth));
  assert.ok(Math.abs(mean[0] - Math.log2(10)) < 1e-6, `${mean[0]}`);
});

test("the logits change by the mean size of the agreement, whatever its sign", () => {
  const agreement = new Float32Array(2 * CAPSULES * 10).fill(0.25);
  agreement.fill(-0.5, CAPSULES * 10, CAPSULES * 15);
  agreement.fill(0, CAPSULES * 15);
  near(logitChange(PAPER, agreement), [0.25, 0.25]);
});

test("the lead is over the longest of the others, and negative where that is longer", () => {
  const lengths = Float32Array.from([0.1, 0.2, 0.9, 0.3, 0, 0, 0, 0, 0, 0, 0.1, 0.2, 0.4, 0.7, 0, 0, 0, 0, 0, 0]);
  near(lead(PAPER, lengths, 2), [0.6, -0.3]);
});

test("with seven classes the largest entropy is log2(7)", () => {
  const { mean } = couplingEntropy(SMALL, new Float32Array(SMALL.primaries * 7).fill(1 / 7));
  near(mean, [Math.log2(7)]);
  assert.equal(largestEntropy(SMALL), Math.log2(7));
  near(lead(SMALL, Float32Array.of(0.1, 0, 0.5, 0, 0, 0, 0.4), 2), [0.1]);
});
