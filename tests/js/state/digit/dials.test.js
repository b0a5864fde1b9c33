/** Turning the dials, taking it back, the pose's length, ranges and names. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { OfflineError } from "../../../../static/js/shell/errors.js";
import { lengthOf } from "../../../../static/js/shell/math.js";
import { dialName, dialRanges, dimensionsOf, isUnmeasured } from "../../../../static/js/state/digit/dimensions.js";
import { perturbationsNow, sweepOffsets, sweepPoses } from "../../../../static/js/state/digit/perturbations.js";
import {
  foundReconstruction,
  iterationReconstructions,
  reconstructionNow,
  showsIteration,
} from "../../../../static/js/state/digit/decoding.js";
import { dialledPose, offsetOf } from "../../../../static/js/state/digit/dials.js";
import { foundPose } from "../../../../static/js/state/trace/choosing.js";
import { makePage as makeAnyPage, settled } from "./page.js";
import { MODEL, makeTrace } from "./traces.js";
/** @import { Dimensions, Model } from "../../../../static/js/capsules/types.js" */
/** @import { Services } from "../../../../static/js/state/digit/subject.js" */

const { trace } = makeTrace();

/** @param {number} label @param {string} [model] @returns {Dimensions} */
function measured(label, model = "mnist") {
  const dimensions = Array.from({ length: 16 }, (_, d) => ({
    mean: d / 100,
    deviation: 0.05,
    histogram: { low: -0.2, high: 0.2, counts: Array(32).fill(3) },
    name: `name ${d}`,
    detail: "",
    visibility: /** @type {const} */ ("clear"),
    measures: [],
    evidence: [],
    place: { x: 14, y: 14, name: "middle" },
  }));
  const offsets = Array.from({ length: 11 }, (_, k) => (k - 5) / 2.5);
  const length = { mean: 0.9, deviation: 0.05 };
  return { model, label, digits: 100, swept: 40, length, reach: 2, offsets, dimensions };
}

/**
 * A page that has read a digit.
 * @param {Partial<Services>} [services]
 * @param {Model[]} [models]
 */
async function makePage(services = {}, models = [MODEL]) {
  const page = makeAnyPage(
    {
      fetchTrace: async () => ({ ...trace }),
      fetchReconstructions: async (poses) => new Float32Array(784 * poses.length).fill(0.75),
      fetchDimensions: async ({ label }) => measured(label),
      ...services,
    },
    { models },
  );
  page.actions.look({ kind: "digit", index: 5 });
  await settled();
  await settled();
  return { ...page, sent: page.dialled };
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
  assert.deepEqual([store.get().poseLength, offsetOf(store.get(), 7)], [0.5, -0.1]);
  actions.undoDials();
  assert.deepEqual([store.get().poseLength, offsetOf(store.get(), 7)], [null, -0.1]);
  actions.undoDials();
  assert.deepEqual([offsetOf(store.get(), 2), offsetOf(store.get(), 7)], [0.2, 0]);
  actions.undoDials();
  assert.equal(offsetOf(store.get(), 2), 0.03);
  const asked = sent.length;
  actions.undoDials();
  assert.deepEqual([offsetOf(store.get(), 2), store.get().dialHistory.length], [0, 0]);
  assert.equal(store.get().reconstruction, trace.reconstruction, "what was found is shown without asking");
  actions.undoDials();
  assert.equal(sent.length, asked, "there is nothing more to take back");
});

test("what is under way for one class is forgotten when another is chosen", async () => {
  const { actions, sent, cancelled } = await makePage();
  actions.turnDial(2, 0.1);
  const before = cancelled.length;
  actions.selectClass(3);
  assert.deepEqual(
    [cancelled.length, cancelled.at(-1), sent.length],
    [before + 1, 1, 2],
    "before the new one is asked for",
  );
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
    assert.ok(
      low + found[d] <= wantedLow + 1e-5 && low + found[d] > wantedLow - 0.0101,
      `dial ${d + 1} begins at ${low}`,
    );
    assert.ok(
      high + found[d] >= wantedHigh - 1e-5 && high + found[d] < wantedHigh + 0.0101,
      `dial ${d + 1} ends at ${high}`,
    );
  });
  actions.turnDial(0, 0.9);
  assert.equal(dialRanges(store.get())[0].high, 0.9);
  actions.turnDial(0, 0);
  actions.setDialReach("wide");
  assert.deepEqual(dialRanges(store.get())[0], { low: -0.5, high: 0.5 });
});

test("a network of which nothing was measured has dials of half to either side, and no names", async () => {
  const { store } = await makePage({ fetchDimensions: async () => assert.fail("asked") }, [
    { ...MODEL, measured: ["gauge"] },
  ]);
  assert.equal(isUnmeasured(store.get()), true);
  assert.deepEqual(dialRanges(store.get())[3], { low: -0.5, high: 0.5 });
  assert.equal(dialName(store.get(), 3), "");
});

test("what was measured is asked for once it is known whether there is any", async () => {
  /** @type {string[]} */
  const asked = [];
  /** @type {(answer: {default: string, models: Model[]}) => void} */
  let tell = () => {};
  const { store } = await makePage(
    {
      fetchModels: () => new Promise((resolve) => (tell = resolve)),
      fetchTrace: async () => (asked.push("trace"), trace),
      fetchDimensions: async ({ label }) => (asked.push("dimensions"), measured(label)),
    },
    [],
  );
  assert.equal(isUnmeasured(store.get()), false);
  assert.deepEqual(asked, [], "no trace could be read before its card is known");
  tell({ default: MODEL.name, models: [MODEL] });
  await settled();
  assert.deepEqual(asked, ["trace", "dimensions"]);
  assert.equal(dimensionsOf(store.get())?.label, trace.label);
});

test("what was measured of a class is asked for once, and again where it did not come", async (context) => {
  context.mock.method(console, "info", () => {});
  let lost = true;
  /** @type {number[]} */
  const asked = [];
  const { store, actions } = await makePage({
    fetchDimensions: async ({ label }) => (
      asked.push(label),
      lost ? Promise.reject(new OfflineError()) : measured(label)
    ),
  });
  assert.equal(dimensionsOf(store.get()), null);
  lost = false;
  for (const label of [3, 4, 3, trace.label]) {
    actions.selectClass(label);
    await settled();
    assert.equal(dimensionsOf(store.get())?.label, label);
  }
  assert.deepEqual(asked, [trace.label, 3, 4, trace.label]);
});

test("a dial bears the measured name until the visitor gives another", async () => {
  let answer = "mnist";
  const { store, actions } = await makePage({ fetchTrace: async () => ({ ...trace, model: answer }) });
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
  assert.deepEqual(store.get().dialNames, { mnist: {} });
  actions.renameDial(5, "mine");
  store.set({ models: [MODEL, { ...MODEL, name: "other" }] });
  answer = "other";
  actions.setModel("other");
  await settled();
  assert.equal(dialName(store.get(), 5), "name 5", "in another network the number draws something else");
  answer = "mnist";
  actions.setModel("mnist");
  await settled();
  assert.equal(dialName(store.get(), 5), "mine", "and back in the first the name is there again");
});

test("the grid goes as far as the names were measured, or by the paper's steps, one number at a time", async () => {
  const { store, actions } = await makePage();
  const found = /** @type {Float32Array} */ (foundPose(store.get()));
  assert.equal(store.get().sweepReach, "class");
  actions.setSweepReach("paper");
  assert.ok(sweepOffsets(store.get()).every((offset, k) => Math.abs(offset - ((k % 11) - 5) * 0.05) < 1e-6));
  actions.setSweepReach("class");
  const poses = sweepPoses(store.get());
  assert.equal(poses.length, 176);
  poses.forEach((pose, k) => {
    const [moved, steps] = [Math.floor(k / 11), (k % 11) - 5];
    pose.forEach((number, d) => assert.ok(Math.abs(number - found[d] - (d === moved ? steps * 0.4 * 0.05 : 0)) < 1e-6));
  });
});

test("dials and grid go as far as the server says that the names were measured", async () => {
  const wider = (/** @type {number} */ label) => ({ ...measured(label), reach: 3 });
  const { store } = await makePage({ fetchDimensions: async ({ label }) => wider(label) });
  const found = /** @type {Float32Array} */ (foundPose(store.get()));
  assert.ok(Math.abs(sweepOffsets(store.get())[10] - 3 * 0.05) < 1e-6);
  const { high } = dialRanges(store.get())[4];
  assert.ok(Math.abs(high - Math.max(0, 0.04 + 3 * 0.05 - found[4])) < 0.0101);
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
  assert.equal(perturbationsNow(store.get())?.perturbations.length, 176 * 784);
});

test("a grid whose range did not come asks for it again, and is drawn once it came", async (context) => {
  context.mock.method(console, "info", () => {});
  let lost = true;
  const { store, actions } = await makePage({
    fetchDimensions: async ({ label }) => (lost ? Promise.reject(new OfflineError()) : measured(label)),
  });
  assert.ok((await actions.needPerturbations()) > 0, "it says when to ask again");
  assert.equal(perturbationsNow(store.get()), null);
  lost = false;
  assert.equal(await actions.needPerturbations(), 0);
  assert.equal(perturbationsNow(store.get())?.perturbations.length, 176 * 784);
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
  assert.equal(foundReconstruction(store.get()), null, "it goes with its drawing");
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
  assert.equal(iterationReconstructions(store.get()), null);
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
        answers.push((works) =>
          works ? resolve(new Float32Array(784 * poses.length).fill(0.5)) : reject(new OfflineError("away")),
        ),
      ),
  });
  actions.scrub(1);
  const first = actions.needIterationReconstructions();
  const of = answers.length;
  actions.selectClass((trace.label + 1) % 10); // which asks for its picture as found, too
  const second = actions.needIterationReconstructions();
  answers[of - 1](false);
  await first;
  assert.equal(iterationReconstructions(store.get()), null);
  for (const answer of answers.slice(of)) answer(true);
  await second;
  assert.ok(iterationReconstructions(store.get()));
  const count = answers.length;
  await actions.needIterationReconstructions();
  assert.equal(answers.length, count, "it is asked for once");
});
