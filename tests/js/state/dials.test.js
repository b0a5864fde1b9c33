/** Turning the dials, taking it back, the pose's length, ranges and names. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OfflineError } from "../../../static/js/lib/errors.js";
import { lengthOf } from "../../../static/js/lib/math.js";
import { createActions } from "../../../static/js/state/actions.js";
import { dialName, dialRanges, isUnmeasured, sweepOffsets, sweepPoses } from "../../../static/js/state/dimensions.js";
import { INITIAL } from "../../../static/js/state/initial.js";
import { reconstructionNow, showsIteration } from "../../../static/js/state/reconstructing.js";
import { dialledPose, foundPose, foundReconstruction } from "../../../static/js/state/selectors.js";
import { createStore } from "../../../static/js/state/store.js";
import { MODEL, makeServices } from "./services.js";
import { makeTrace } from "./traces.js";
/** @import { Dimensions, Model } from "../../../static/js/types.js" */

const { trace } = makeTrace();
const settled = () => new Promise((resolve) => setImmediate(resolve));

/** @param {number} label @param {string} [model] @returns {Dimensions} */
function measured(label, model = "mnist") {
  const dimensions = Array.from({ length: 16 }, (_, d) => ({
    mean: d / 100,
    deviation: 0.05,
    histogram: { low: -0.2, high: 0.2, counts: Array(32).fill(3) },
    name: `name ${d}`,
    detail: "",
    strength: null,
    changed: 0.2,
    measure: null,
    evidence: [],
    offsets: Array.from({ length: 11 }, (_unused, k) => (k - 5) / 2.5),
    place: { x: 14, y: 14, name: "middle" },
  }));
  return { model, label, digits: 100, swept: 40, length: { mean: 0.9, deviation: 0.05 }, dimensions };
}

/**
 * A page that has read a digit.
 * @param {Partial<import("../../../static/js/state/actions.js").Outside["services"]>} [services]
 * @param {Model[]} [models]
 */
async function makePage(services = {}, models = [MODEL]) {
  const store = createStore({ ...INITIAL, models }, () => {});
  /** @type {import("../../../static/js/api/dials.js").DialRequest[]} */
  const sent = [];
  /** @type {number[]} after how many requests */
  const cancelled = [];
  const actions = createActions(store, {
    services: makeServices({
      fetchTrace: async () => trace,
      fetchReconstructions: async (poses) => new Float32Array(784 * poses.length).fill(0.75),
      fetchDimensions: async ({ label }) => measured(label),
      ...services,
    }),
    clock: { requestFrame: () => 0, still: () => true },
    openDials: () => ({ send: (request) => sent.push(request), cancel: () => cancelled.push(sent.length) }),
  });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  await settled();
  return { store, actions, sent, cancelled };
}

test("turns are taken back one by one, those of one hand together", async (context) => {
  context.mock.timers.enable({ apis: ["Date"] });
  const { store, actions, sent } = await makePage();
  for (const offset of [0.01, 0.02, 0.03]) actions.turnDial(2, offset);
  context.mock.timers.tick(1500);
  actions.turnDial(2, 0.2);
  actions.turnDial(7, -0.1);
  actions.setPoseLength(0.5);
  actions.resetDials();
  assert.deepEqual([store.get().poseLength, store.get().offsets.some(Boolean)], [null, false]);
  actions.undoDials();
  assert.deepEqual([store.get().poseLength, store.get().offsets[7]], [0.5, -0.1]);
  actions.undoDials();
  assert.deepEqual([store.get().poseLength, store.get().offsets[7]], [null, -0.1]);
  actions.undoDials();
  assert.deepEqual([store.get().offsets[2], store.get().offsets[7]], [0.2, 0]);
  actions.undoDials();
  assert.equal(store.get().offsets[2], 0.03);
  const asked = sent.length;
  actions.undoDials();
  assert.deepEqual([store.get().offsets[2], store.get().dialHistory.length], [0, 0]);
  assert.equal(store.get().reconstruction, trace.reconstruction, "what was found is shown without asking");
  actions.undoDials();
  assert.equal(sent.length, asked, "there is nothing more to take back");
});

test("what is under way for one class is forgotten when another is chosen", async () => {
  const { actions, sent, cancelled } = await makePage();
  actions.turnDial(2, 0.1);
  const before = cancelled.length;
  actions.selectClass(3);
  assert.deepEqual([cancelled.length, cancelled.at(-1), sent.length], [before + 1, 1, 2], "before the new one is asked for");
});

test("what was turned for another digit or class is not taken back", async () => {
  const { store, actions } = await makePage();
  actions.turnDial(2, 0.1);
  actions.selectClass(3);
  assert.equal(store.get().dialHistory.length, 0);
  actions.turnDial(2, 0.1);
  assert.equal(store.get().dialHistory.length, 1, "a turn right after is one of its own");
  actions.look({ kind: "digit", index: 6 });
  await settled();
  assert.equal(store.get().dialHistory.length, 0);
});

test("the length scales the pose and does not turn it", async () => {
  const { store, actions, sent } = await makePage();
  const found = /** @type {Float32Array} */ (foundPose(store.get()));
  const length = lengthOf(found, 0, 16);
  for (const wanted of [0.99, 0.3, 0]) {
    actions.setPoseLength(wanted);
    const { pose } = sent[sent.length - 1];
    pose.forEach((number, d) => assert.ok(Math.abs(number - (found[d] * wanted) / length) < 1e-6));
  }
  actions.setPoseLength(7);
  assert.equal(store.get().poseLength, 0.99, "a capsule is shorter than 1");
});

test("with its length kept a turned pose changes its direction alone", async () => {
  const { store, actions, sent } = await makePage();
  const found = /** @type {Float32Array} */ (foundPose(store.get()));
  const length = lengthOf(found, 0, 16);
  actions.keepLength(true);
  actions.turnDial(4, 0.4);
  const { pose } = sent[sent.length - 1];
  assert.ok(Math.abs(lengthOf(pose, 0, 16) - length) < 1e-6);
  const turned = found.map((number, d) => number + (d === 4 ? 0.4 : 0));
  const factor = length / lengthOf(turned, 0, 16);
  pose.forEach((number, d) => assert.ok(Math.abs(number - turned[d] * factor) < 1e-6));
  actions.keepLength(false);
  const free = /** @type {Float32Array} */ (dialledPose(store.get()));
  assert.ok(Math.abs(free[4] - found[4] - 0.4) < 1e-6);
});

test("a dial goes over two deviations of its class, and always to where it stands", async () => {
  const { store, actions } = await makePage();
  const found = /** @type {Float32Array} */ (foundPose(store.get()));
  dialRanges(store.get()).forEach(({ low, high }, d) => {
    const [wantedLow, wantedHigh] = [Math.min(found[d], d / 100 - 0.1), Math.max(found[d], d / 100 + 0.1)];
    assert.ok(low + found[d] <= wantedLow + 1e-5 && low + found[d] > wantedLow - 0.0101, `dial ${d + 1} begins at ${low}`);
    assert.ok(high + found[d] >= wantedHigh - 1e-5 && high + found[d] < wantedHigh + 0.0101, `dial ${d + 1} ends at ${high}`);
  });
  actions.turnDial(0, 0.9);
  assert.equal(dialRanges(store.get())[0].high, 0.9);
  actions.turnDial(0, 0);
  actions.setDialReach("wide");
  assert.deepEqual(dialRanges(store.get())[0], { low: -0.5, high: 0.5 });
});

test("a network of which nothing was measured has dials of half to either side, and no names", async () => {
  const { store } = await makePage({ fetchDimensions: async () => assert.fail("asked") }, [{ ...MODEL, measured: ["gauge"] }]);
  assert.equal(isUnmeasured(store.get()), true);
  assert.deepEqual(dialRanges(store.get())[3], { low: -0.5, high: 0.5 });
  assert.equal(dialName(store.get(), 3), "");
});

test("what was measured is asked for once it is known whether there is any", async () => {
  const { store, actions } = await makePage({}, []);
  assert.equal(store.get().dimensions, null);
  assert.equal(isUnmeasured(store.get()), false);
  store.set({ models: [MODEL] });
  await actions.needDimensions();
  assert.equal(store.get().dimensions?.label, trace.label);
});

test("what was measured of a class is asked for once, and again where it did not come", async (context) => {
  context.mock.method(console, "info", () => {});
  let lost = true;
  /** @type {number[]} */
  const asked = [];
  const { store, actions } = await makePage({
    fetchDimensions: async ({ label }) => (asked.push(label), lost ? Promise.reject(new OfflineError()) : measured(label)),
  });
  assert.equal(store.get().dimensions, null);
  lost = false;
  for (const label of [3, 4, 3, trace.label]) {
    actions.selectClass(label);
    await settled();
    assert.equal(store.get().dimensions?.label, label);
  }
  assert.deepEqual(asked, [trace.label, 3, 4, trace.label]);
});

test("a dial bears the measured name until the visitor gives another", async () => {
  const { store, actions } = await makePage();
  assert.equal(dialName(store.get(), 5), "name 5");
  actions.renameDial(5, "  the \n hook " + "x".repeat(60));
  assert.equal(dialName(store.get(), 5), ("the hook " + "x".repeat(60)).slice(0, 40));
  actions.selectClass(3);
  await settled();
  assert.equal(dialName(store.get(), 5), "name 5", "another class has dials of its own");
  actions.selectClass(trace.label);
  await settled();
  actions.renameDial(5, " ");
  assert.equal(dialName(store.get(), 5), "name 5");
  assert.deepEqual(store.get().dialNames, {});
  actions.renameDial(5, "mine");
  actions.setModel("mnist");
  assert.deepEqual(store.get().dialNames, {}, "in another network the number draws something else");
});

test("the grid moves one number at a time, by the paper's steps or the class's deviations", async () => {
  const { store, actions } = await makePage();
  const found = /** @type {Float32Array} */ (foundPose(store.get()));
  assert.ok(sweepOffsets(store.get()).every((offset, k) => Math.abs(offset - ((k % 11) - 5) * 0.05) < 1e-6));
  actions.setSweepReach("class");
  const poses = sweepPoses(store.get());
  assert.equal(poses.length, 176);
  poses.forEach((pose, k) => {
    const [moved, steps] = [Math.floor(k / 11), (k % 11) - 5];
    pose.forEach((number, d) => assert.ok(Math.abs(number - found[d] - (d === moved ? steps * 0.4 * 0.05 : 0)) < 1e-6));
  });
});

test("over deviations the grid is asked for in one request, once they are known", async () => {
  /** @type {number[]} */
  const asked = [];
  /** @type {(value: Dimensions) => void} */
  let arrive = () => {};
  const { store, actions } = await makePage({
    fetchDimensions: () => new Promise((resolve) => (arrive = resolve)),
    fetchReconstructions: async (poses) => (asked.push(poses.length), new Float32Array(784 * poses.length)),
  });
  actions.setSweepReach("class");
  actions.needPerturbations();
  await settled();
  assert.deepEqual(asked, []);
  arrive(measured(trace.label));
  await settled();
  actions.needPerturbations();
  actions.needPerturbations();
  await settled();
  assert.deepEqual(asked, [176]);
  assert.equal(store.get().perturbations?.perturbations.length, 176 * 784);
});

test("of a class that was not predicted, what was found is drawn on its own", async () => {
  const { store, actions } = await makePage();
  assert.equal(foundReconstruction(store.get()), trace.reconstruction);
  actions.selectClass(3);
  assert.equal(foundReconstruction(store.get()), null);
  await settled();
  assert.ok(Math.abs((foundReconstruction(store.get())?.[0] ?? 0) - 0.75) < 1e-6);
  actions.selectClass(null);
  assert.equal(foundReconstruction(store.get()), trace.reconstruction);
  actions.selectClass(3);
  await settled();
  actions.clear();
  assert.equal(store.get().foundReconstruction, null, "it goes with its drawing");
});

test("while the routing goes on the decoder draws the class capsule as it is there", async () => {
  /** @type {{poses: number[][], label: number}[]} */
  const asked = [];
  const { store, actions } = await makePage({
    fetchReconstructions: async (poses, { label }) => {
      asked.push({ poses: poses.map((pose) => Array.from(pose)), label });
      return Float32Array.from({ length: 784 * poses.length }, (_, k) => Math.floor(k / 784) / 10);
    },
  });
  store.set({ reconstruction: new Float32Array(784).fill(0.9) });
  const shown = () => reconstructionNow(store.get())?.[0];
  await actions.needIterationReconstructions();
  assert.deepEqual([asked.length, shown()], [0, Math.fround(0.9)], "nothing is asked for at the end of the routing");
  actions.scrub(1);
  const under = actions.needIterationReconstructions();
  actions.needIterationReconstructions();
  assert.equal(shown(), undefined, "until the answer comes, none");
  await under;
  assert.equal(asked.length, 1);
  assert.equal(asked[0].label, trace.label);
  assert.equal(asked[0].poses.length, trace.iterations);
  const first = trace.class_capsules.subarray(trace.label * 16, (trace.label + 1) * 16);
  assert.deepEqual(asked[0].poses[0], Array.from(first));
  assert.equal(shown(), 0);
  actions.scrub(2);
  assert.equal(shown(), Math.fround(0.1));
  actions.scrub(1.5);
  assert.ok(Math.abs((shown() ?? 1) - 0.05) < 1e-6, "eased between the two");
  actions.selectClass((trace.label + 1) % 10);
  assert.equal(shown(), undefined, "of another class it was not drawn yet");
  await actions.needIterationReconstructions();
  assert.equal(asked.at(-1)?.label, (trace.label + 1) % 10);
  assert.equal(shown(), Math.fround(0.05));
});

test("a turned dial shows the last iteration, which it turns", async () => {
  const { store, actions } = await makePage();
  actions.scrub(1);
  store.set({ playing: true });
  actions.turnDial(0, 0.1);
  assert.deepEqual([store.get().playhead, store.get().playing], [trace.iterations, false]);
  await actions.needIterationReconstructions();
  assert.equal(store.get().iterationReconstructions, null);
});

test("iterations that could not be drawn are asked for again; the last is shown meanwhile", async () => {
  let fails = true;
  const { store, actions } = await makePage({
    fetchReconstructions: async (poses) => {
      if (fails) throw new OfflineError("away");
      return new Float32Array(784 * poses.length).fill(0.5);
    },
  });
  store.set({ reconstruction: new Float32Array(784).fill(0.9) });
  actions.scrub(1);
  await actions.needIterationReconstructions();
  assert.deepEqual([reconstructionNow(store.get())?.[0], showsIteration(store.get())], [Math.fround(0.9), false]);
  fails = false;
  await actions.needIterationReconstructions();
  assert.deepEqual([reconstructionNow(store.get())?.[0], showsIteration(store.get())], [0.5, true]);
});

test("what comes for a class that is no longer shown is dropped, and its failure harms no other", async () => {
  /** @type {((works: boolean) => void)[]} */
  const answers = [];
  const { store, actions } = await makePage({
    fetchReconstructions: (poses) =>
      new Promise((resolve, reject) =>
        answers.push((works) => (works ? resolve(new Float32Array(784 * poses.length).fill(0.5)) : reject(new OfflineError("away")))),
      ),
  });
  actions.scrub(1);
  const first = actions.needIterationReconstructions();
  const of = answers.length;
  actions.selectClass((trace.label + 1) % 10); // which asks for its picture as found, too
  const second = actions.needIterationReconstructions();
  answers[of - 1](false);
  await first;
  assert.equal(store.get().iterationReconstructions, null);
  for (const answer of answers.slice(of)) answer(true);
  await second;
  assert.equal(store.get().iterationReconstructions?.label, (trace.label + 1) % 10);
  const count = answers.length;
  await actions.needIterationReconstructions();
  assert.equal(answers.length, count, "it is asked for once");
});
