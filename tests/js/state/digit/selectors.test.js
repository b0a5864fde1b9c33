import assert from "node:assert/strict";
import { test } from "node:test";
import { NO_INTERVENTIONS } from "../../../../static/js/capsules/interventions.js";
import { dialledPose } from "../../../../static/js/state/digit/dials.js";
import { foundPose } from "../../../../static/js/state/trace/choosing.js";
import { couplingHistory, reachOf } from "../../../../static/js/state/trace/measures.js";
import { atPlayhead, iterationOf, passageOf, placeText } from "../../../../static/js/state/trace/playhead.js";
import { classNamesNow, geometryNow } from "../../../../static/js/state/trace/network.js";
import { thresholdNow } from "../../../../static/js/state/trace/threshold.js";
import { fileStem, savedNote } from "../../../../static/js/state/trace/saving.js";
import { INITIAL } from "./page.js";
import { GEOMETRY, MODEL, makeTrace } from "./traces.js";
import { PAPER, SMALL, SMALL_CARD } from "../../cards.js";

const { classes: CLASSES, primaries: PRIMARY } = GEOMETRY;

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
  const offsets = [0, 0, 0, 0.25];
  const state = { ...INITIAL, trace, selectedClass: 2, offsets };
  const [found, dialled] = [foundPose(state), dialledPose(state)];
  const start = (2 * CLASSES + 2) * 16;
  assert.deepEqual(found, trace.class_capsules.subarray(start, start + 16));
  assert.ok(found && dialled && Math.abs(dialled[3] - found[3] - 0.25) < 1e-6 && dialled[4] === found[4]);
});

test("what is saved says what it is of, and that the routing was edited", () => {
  const state = { ...INITIAL, trace, playhead: 2 };
  const tampered = { ...state, trace: { ...trace, interventions: { ...NO_INTERVENTIONS, types: [4], uniform: true } } };
  assert.equal(fileStem(state), `capsnet-mnist-reads-${trace.label}-iteration-2-of-3`);
  assert.equal(fileStem(tampered), `capsnet-mnist-reads-${trace.label}-iteration-2-of-3-edited`);
  assert.match(savedNote(state), /network mnist: it reads \d, ‖v‖ (= |>).*; iteration 2 of 3$/);
  assert.match(savedNote(tampered), /; edited routing: 36 capsules silenced, no routing$/);
  const other = (trace.label + 1) % 10;
  assert.match(savedNote({ ...state, selectedClass: other }), new RegExp(`; selected class ${other}$`));
});

test("the iteration is the one that the playhead has reached", () => {
  const at = (/** @type {number} */ playhead) => iterationOf({ ...INITIAL, trace, playhead });
  assert.deepEqual([1, 1.99, 2, 3].map(at), [1, 1, 2, 3]);
});

test("between two iterations the playhead is on the way, and says so; on one it says which", () => {
  const at = (/** @type {number} */ playhead) => ({ ...INITIAL, trace, playhead });
  assert.deepEqual(
    [1, 1.01, 1.99, 2, 3].map((playhead) => passageOf(at(playhead))),
    [null, [1, 2], [1, 2], null, null],
  );
  assert.equal(placeText(at(2)), "iteration 2 of 3");
  assert.equal(placeText(at(2.5)), "from iteration 2 to 3");
  assert.equal(passageOf(at(3.5)), null); // while fewer iterations are asked for than the playhead has passed
});

test("sizes and names are those of the trace, else of the chosen model, and unknown before the models are", () => {
  const models = [MODEL, SMALL_CARD];
  const state = { ...INITIAL, models, defaultModel: "mnist" };
  assert.equal(geometryNow(INITIAL), null);
  assert.deepEqual(classNamesNow(INITIAL), []);
  assert.equal(geometryNow(state), PAPER);
  assert.equal(geometryNow({ ...state, model: "small" }), SMALL);
  assert.equal(classNamesNow({ ...state, model: "small" })[6], "hat");
  const small = makeTrace({ card: SMALL_CARD }).trace;
  assert.equal(geometryNow({ ...state, trace: small }), SMALL, "the other network's answer still stands");
});

test("a link shows from a little above the even coupling on, whatever the number of classes", () => {
  const state = { ...INITIAL, models: [MODEL, SMALL_CARD], defaultModel: "mnist" };
  assert.ok(Math.abs(thresholdNow(state) - 0.105) < 1e-9);
  assert.ok(Math.abs(thresholdNow({ ...state, model: "small" }) - 0.15) < 1e-9);
  assert.equal(thresholdNow({ ...state, threshold: 0.3 }), 0.3);
});

test("a file is named for the class that is read, in letters that a name may have", () => {
  const card = { ...SMALL_CARD, class_names: ["ankle boot", ...SMALL_CARD.class_names.slice(1)] };
  const state = { ...INITIAL, trace: { ...makeTrace({ card }).trace, label: 0 }, playhead: 3 };
  assert.equal(fileStem(state), "capsnet-small-reads-ankle-boot-iteration-3-of-3");
  assert.match(savedNote(state), /it reads ankle boot,/);
});
