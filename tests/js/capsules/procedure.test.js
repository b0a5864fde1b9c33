import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_INTERVENTIONS } from "../../../static/js/capsules/interventions.js";
import { litIteration, litLine, procedureNumbers, sumText } from "../../../static/js/capsules/procedure.js";
import { makeTrace } from "../state/digit/traces.js";

const { trace, sums } = makeTrace();
const [CAPSULE, LABEL] = [12, 7];

test("the playhead passes line 7, then 4, 5 and 6 of the next iteration, and returns at the end", () => {
  assert.deepEqual(
    [1, 1.1, 1.3, 1.6, 1.9, 2, 2.99, 3].map((playhead) => litLine(playhead, 3)),
    [6, 7, 4, 5, 6, 6, 6, 8],
  );
  assert.deepEqual(
    [1, 1.1, 1.3, 1.6, 1.9, 2, 2.99, 3].map((playhead) => litIteration(playhead, 3)),
    [1, 1, 2, 2, 2, 2, 3, 3],
  );
  assert.deepEqual([litLine(1, 1), litIteration(1, 1)], [8, 1]);
});

test("the numbers of each line follow from one another", () => {
  for (const iteration of [1, 2, 3]) {
    const { logits, coupling, sumLength, length, agreement } = procedureNumbers(trace, CAPSULE, LABEL, iteration);
    const powers = Array.from(logits, Math.exp);
    near(coupling, powers[LABEL] / powers.reduce((sum, power) => sum + power, 0));
    near(sumLength, sums[(iteration - 1) * 10 + LABEL]);
    near(length, sumLength ** 2 / (1 + sumLength ** 2));
    if (iteration < 3) {
      near(procedureNumbers(trace, CAPSULE, LABEL, iteration + 1).logits[LABEL], logits[LABEL] + agreement);
    }
  }
});

test("routing begins with logits of 0", () => {
  assert.deepEqual([...procedureNumbers(trace, CAPSULE, LABEL, 1).logits], new Array(10).fill(0));
});

test("or with those that were set by hand", () => {
  const interventions = { ...NO_INTERVENTIONS, logits: [{ label: 2, logit: 1.5, type: 0 }] };
  const tampered = { ...trace, interventions };
  assert.equal(procedureNumbers(tampered, CAPSULE, LABEL, 1).logits[2], 1.5);
  assert.equal(procedureNumbers(tampered, 36, LABEL, 1).logits[2], 0);
  const [before, after] = [trace, tampered].map((of) => procedureNumbers(of, CAPSULE, 2, 2).logits[2]);
  near(after, before + 1.5);
});

/** @param {number} actual @param {number} expected */
function near(actual, expected) {
  assert.ok(Math.abs(actual - expected) < 1e-5, `${actual} is not ${expected}`);
}

test("the sum of line 7 is that of its terms as they are written", () => {
  assert.equal(sumText(3.1216, 3.5627), "3.122 + 3.563 = 6.685"); // and not 6.684, which the unrounded terms give
  assert.equal(sumText(0.25, -0.5), "0.250 − 0.500 = −0.250");
  assert.equal(sumText(-1.5, 0), "−1.500 + 0.000 = −1.500"); // a silenced capsule agrees with nobody
  assert.equal(sumText(0, -0.0001), "0.000 + 0.000 = 0.000");
});
