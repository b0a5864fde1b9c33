import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_INTERVENTIONS } from "../../../static/js/lib/interventions.js";
import { CLASSES, PRIMARY } from "../../../static/js/lib/network.js";
import { INITIAL } from "../../../static/js/state/initial.js";
import {
  atPlayhead, couplingHistory, dialledPose, fileStem, foundPose, iterationOf, passageOf, placeText, reachOf,
  savedCaption,
} from "../../../static/js/state/selectors.js";
import { makeTrace } from "./traces.js";

const { trace } = makeTrace();
const COUNT = PRIMARY * CLASSES;

test("at a whole iteration the playhead shows the trace's own numbers", () => {
  for (let r = 0; r < 3; r++) {
    const shown = atPlayhead(trace.coupling_coefficients, r + 1, COUNT);
    assert.deepEqual(shown, trace.coupling_coefficients.subarray(r * COUNT, (r + 1) * COUNT));
  }
});

test("half way between two iterations the playhead shows their mean", () => {
  assert.deepEqual(atPlayhead(Float32Array.of(0, 4, 8, 12), 1.5, 2), Float32Array.of(4, 8));
});

test("beyond the last iteration the playhead shows the last", () => {
  assert.deepEqual(atPlayhead(Float32Array.of(1, 2, 3), 9, 1), Float32Array.of(3));
});

test("a capsule's couplings begin at 1/10 and add up to 1 in every iteration", () => {
  const history = couplingHistory(trace, 11);
  assert.ok(history.subarray(0, CLASSES).every((c) => Math.abs(c - 0.1) < 1e-6));
  for (let r = 0; r < 3; r++) {
    const sum = history.subarray(r * CLASSES, (r + 1) * CLASSES).reduce((a, b) => a + b, 0);
    assert.ok(Math.abs(sum - 1) < 1e-5);
  }
});

test("the scale of couplings ends at the largest of all iterations", () => {
  assert.equal(reachOf(trace), Math.max(0.11, ...trace.coupling_coefficients));
});

test("the dials move the pose that was found, of the chosen class", () => {
  const offsets = INITIAL.offsets.with(3, 0.25);
  const state = { ...INITIAL, trace, selectedClass: 2, offsets };
  const [found, dialled] = [foundPose(state), dialledPose(state)];
  const start = (2 * CLASSES + 2) * 16;
  assert.deepEqual(found, trace.class_capsules.subarray(start, start + 16));
  assert.ok(found && dialled && Math.abs(dialled[3] - found[3] - 0.25) < 1e-6 && dialled[4] === found[4]);
});

test("what is saved says what it is of, and that the routing was tampered with", () => {
  const state = { ...INITIAL, trace, playhead: 2 };
  const tampered = { ...state, trace: { ...trace, interventions: { ...NO_INTERVENTIONS, types: [4], uniform: true } } };
  assert.equal(fileStem(state), `capsnet-mnist-reads-${trace.label}-iteration-2-of-3`);
  assert.equal(fileStem(tampered), `capsnet-mnist-reads-${trace.label}-iteration-2-of-3-tampered`);
  assert.match(savedCaption(state), /iteration 2 of 3$/);
  assert.match(savedCaption(tampered), /; tampered with: 36 capsules silenced, no routing$/);
});

test("the iteration is the one that the playhead has reached", () => {
  const at = (/** @type {number} */ playhead) => iterationOf({ ...INITIAL, trace, playhead });
  assert.deepEqual([1, 1.99, 2, 3].map(at), [1, 1, 2, 3]);
});

test("between two iterations the playhead is on the way, and says so; on one it says which", () => {
  const at = (/** @type {number} */ playhead) => ({ ...INITIAL, trace, playhead });
  assert.deepEqual([1, 1.01, 1.99, 2, 3].map((playhead) => passageOf(at(playhead))), [null, [1, 2], [1, 2], null, null]);
  assert.equal(placeText(at(2)), "iteration 2 of 3");
  assert.equal(placeText(at(2.5)), "from iteration 2 to 3");
  assert.equal(passageOf(at(3.5)), null); // while fewer iterations are asked for than the playhead has passed
});
