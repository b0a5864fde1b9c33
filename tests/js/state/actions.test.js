import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, OfflineError } from "../../../static/js/api/client.js";
import { snap } from "../../../static/js/lib/strokes.js";
import { createActions } from "../../../static/js/state/actions.js";
import { INITIAL } from "../../../static/js/state/initial.js";
import { createStore } from "../../../static/js/state/store.js";
import { makeTrace } from "./traces.js";

const { trace } = makeTrace();
const masks = {
  reconstructions: new Float32Array(7840),
  errors: new Float32Array(10),
  stretched: new Float32Array(7840),
  stretched_errors: new Float32Array(10),
  lengths: new Float32Array(10),
};
const settled = () => new Promise((resolve) => setImmediate(resolve));

/**
 * Actions over services that the test holds in its hand.
 * @param {Partial<import("../../../static/js/state/looking.js").Services>} [services]
 */
function makeActions(services = {}) {
  const store = createStore(INITIAL, () => {});
  /** @type {import("../../../static/js/api/dials.js").DialRequest[]} */
  const dialled = [];
  /** @type {((now: number) => void)[]} */
  const frames = [];
  /** @type {(reconstruction: Float32Array) => void} */
  let answerDial = () => {};
  /** @type {(error: unknown) => void} */
  let failDial = () => {};
  const actions = createActions(store, {
    services: {
      drawingOf: async () => [[0]],
      pngOfPicture: async (file) => file,
      fetchTrace: async () => trace,
      fetchVotes: async () => new Float32Array(1),
      fetchPerturbations: async () => ({ perturbations: new Float32Array(1), offsets: new Float32Array(1) }),
      fetchMasks: async () => masks,
      fetchGauge: async (model) => ({ model, quantiles: null }),
      fetchLook: async () => ({ label: 7, image: new Float32Array(784), class_capsules: new Float32Array(160) }),
      fetchDigits: async () => ({ digits: [], page: 0, pages: 0, count: 0 }),
      fetchReconstructions: async (poses) => new Float32Array(poses.length * 784),
      isAlive: async () => true,
      ...services,
    },
    clock: { requestFrame: (tick) => frames.push(tick), still: () => false },
    openDials: (deliver, fail) => {
      [answerDial, failDial] = [deliver, fail];
      return { send: (request) => dialled.push(request), cancel: () => {} };
    },
  });
  const frame = (/** @type {number} */ now) => frames.splice(0).forEach((tick) => tick(now));
  return {
    store,
    actions,
    dialled,
    frame,
    answerDial: (/** @type {Float32Array} */ r) => answerDial(r),
    failDial: (/** @type {unknown} */ error) => failDial(error),
  };
}

test("strokes grow, are asked about, and are taken back one by one", async () => {
  const { store, actions } = makeActions();
  actions.beginStroke([0.1, 0.1]);
  actions.continueStroke([[0.2, 0.2], [0.2, 0.2], [0.3, 0.3]]);
  actions.beginStroke([0.5, 0.5]);
  await settled();
  const { source, status } = store.get();
  assert.ok(source.kind === "strokes");
  assert.deepEqual(source.strokes, [[snap([0.1, 0.1]), snap([0.2, 0.2]), snap([0.3, 0.3])], [snap([0.5, 0.5])]]);
  assert.equal(status, "ready");
  actions.undo();
  actions.undo();
  assert.equal(store.get().source.kind, "empty");
  assert.equal(store.get().trace, null);
});

test("the dials take a whole pose of a class, each as far as it reaches", async () => {
  const { store, actions, dialled } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  const walking = await actions.walking();
  const found = trace.class_capsules.subarray((2 * 10 + 3) * 16, (2 * 10 + 4) * 16);
  const pose = found.map((number, d) => number + (d === 0 ? 0.9 : 0.101));
  store.set({ walk: { looks: [], label: 3, poses: Array(41).fill(pose), pictures: null, mean: null } });
  assert.equal(walking.dialWalk(), 1);
  assert.deepEqual(store.get().offsets, [0.5, ...Array(15).fill(0.1)]);
  assert.equal(store.get().selectedClass, 3);
  assert.equal(dialled.at(-1)?.label, 3);
});

test("what was cleared comes back", async () => {
  const { store, actions } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.clear();
  assert.deepEqual([store.get().source.kind, store.get().status], ["empty", "empty"]);
  actions.undo();
  assert.deepEqual(store.get().source, { kind: "digit", index: 5 });
});

test("an answer that comes after everything was cleared is dropped", async () => {
  /** @type {(value: typeof trace) => void} */
  let arrive = () => {};
  const { store, actions } = makeActions({ fetchTrace: () => new Promise((resolve) => (arrive = resolve)) });
  actions.look({ kind: "digit", index: 1 });
  await settled();
  actions.clear();
  arrive(trace);
  await settled();
  assert.equal(store.get().trace, null);
});

test("a blank picture says so and leaves what was there", async () => {
  let blank = false;
  const { store, actions } = makeActions({
    fetchTrace: async () => (blank ? Promise.reject(new ApiError("blank", "no ink", 422)) : trace),
  });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  blank = true;
  actions.openPicture(new Blob());
  await settled();
  assert.deepEqual([store.get().status, store.get().message], ["error", "no ink"]);
  assert.deepEqual([store.get().source, store.get().trace], [{ kind: "digit", index: 5 }, trace]);
  actions.dismiss();
  assert.deepEqual([store.get().status, store.get().message], ["ready", ""]);
});

test("a picture that was slow to read does not replace a drawing begun meanwhile", async () => {
  /** @type {(value: Blob) => void} */
  let readDone = () => {};
  const { store, actions } = makeActions({ pngOfPicture: () => new Promise((resolve) => (readDone = resolve)) });
  actions.openPicture(new Blob());
  actions.beginStroke([0.5, 0.5]);
  readDone(new Blob());
  await settled();
  assert.equal(store.get().source.kind, "strokes");
});

test("a file that is no picture is an error and nothing is lost", async () => {
  const { store, actions } = makeActions({ pngOfPicture: async () => Promise.reject(new Error("no")) });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  await actions.openPicture(new Blob());
  assert.equal(store.get().status, "error");
  assert.deepEqual([store.get().source, store.get().trace], [{ kind: "digit", index: 5 }, trace]);
});

test("without a server the drawing is kept, and asked about again once one answers", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let alive = false;
  let asked = 0;
  const { store, actions } = makeActions({
    fetchTrace: async () => (alive ? trace : Promise.reject(new OfflineError())),
    isAlive: async () => (asked++, alive),
  });
  for (let k = 0; k < 5; k++) {
    actions.beginStroke([k / 10, 0.5]);
    await settled();
  }
  assert.equal(store.get().status, "offline");
  context.mock.timers.tick(2000);
  await settled();
  assert.equal(asked, 1, "one poll at a time, however many drawings failed");
  alive = true;
  context.mock.timers.tick(2000);
  await settled();
  await settled();
  const { status, source } = store.get();
  assert.equal(status, "ready");
  assert.ok(source.kind === "strokes" && source.strokes.length === 5);
});

test("dials turned without a server are kept, and sent again once one answers", async (context) => {
  const { store, actions, dialled, failDial } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  context.mock.timers.enable({ apis: ["setTimeout"] });
  actions.turnDial(4, 0.2);
  failDial(new ApiError("overloaded", "too many", 503));
  assert.equal(store.get().status, "ready", "what the dials alone were refused is no matter for a notice");
  failDial(new OfflineError());
  assert.equal(store.get().status, "offline");
  assert.match(store.get().message, /dials are kept/);
  dialled.length = 0;
  context.mock.timers.tick(2000);
  await settled();
  await settled();
  assert.equal(store.get().status, "ready");
  assert.equal(store.get().offsets[4], 0.2);
  assert.equal(dialled.length, 1);
});

test("a picture that found no server is sent again, not what was there before it", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let alive = false;
  const picture = new Blob(["ink"]);
  /** @type {unknown[]} */
  const sent = [];
  const { store, actions } = makeActions({
    fetchTrace: async (drawing) => (alive ? (sent.push(drawing), trace) : Promise.reject(new OfflineError())),
    isAlive: async () => alive,
  });
  await actions.openPicture(picture);
  await settled();
  assert.equal(store.get().status, "offline");
  alive = true;
  context.mock.timers.tick(2000);
  await settled();
  await settled();
  assert.deepEqual(sent, [picture]);
  assert.equal(store.get().status, "ready");
  assert.equal(store.get().source.kind, "pixels");
});

test("more iterations ask again, keep the dials, and leave the playhead at the end", async () => {
  /** @type {number[]} */
  const asked = [];
  const { store, actions } = makeActions({
    fetchTrace: async (_drawing, { iterations }) => (asked.push(iterations), makeTrace({ iterations }).trace),
  });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.turnDial(4, 0.2);
  actions.setIterations(5);
  await settled();
  assert.deepEqual(asked, [3, 5]);
  assert.deepEqual([store.get().playhead, store.get().offsets[4]], [5, 0.2]);
});

test("a new drawing sets the dials back", async () => {
  const { store, actions } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.turnDial(4, 0.2);
  actions.look({ kind: "digit", index: 6 });
  await settled();
  assert.ok(store.get().offsets.every((offset) => offset === 0));
});

test("a turned dial sends its pose to the network of the trace, and shows what comes back", async () => {
  const { store, actions, dialled, answerDial } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  assert.equal(store.get().reconstruction, trace.reconstruction);
  actions.turnDial(2, 9);
  const [{ pose, label, model }] = dialled;
  const found = trace.class_capsules[(2 * 10 + trace.label) * 16 + 2];
  assert.ok(Math.abs(pose[2] - found - 0.5) < 1e-6, "half is as far as a dial turns");
  assert.deepEqual([label, model], [trace.label, "mnist"]);
  const drawn = new Float32Array(784);
  answerDial(drawn);
  assert.equal(store.get().reconstruction, drawn);
  actions.resetDials();
  assert.equal(store.get().reconstruction, trace.reconstruction);
});

test("another class shows its own reconstruction; the predicted one is followed again", async () => {
  const { store, actions, dialled } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.selectClass(3);
  assert.deepEqual([store.get().selectedClass, dialled.at(-1)?.label], [3, 3]);
  actions.selectClass(trace.label);
  assert.equal(store.get().selectedClass, null);
});

test("playing runs from the first iteration to the last and stops there", async () => {
  const { store, actions, frame } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.play();
  frame(0);
  frame(700);
  assert.ok(store.get().playing && store.get().playhead > 1 && store.get().playhead < 2);
  frame(10_000);
  assert.deepEqual([store.get().playing, store.get().playhead], [false, 3]);
});

test("stepping goes to whole iterations and no further than they go", async () => {
  const { store, actions } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.scrub(1.4);
  actions.step(1);
  assert.equal(store.get().playhead, 2);
  for (let k = 0; k < 4; k++) actions.step(-1);
  assert.equal(store.get().playhead, 1);
});

test("votes are asked for once, when a capsule is looked at, of the model that made the trace", async () => {
  /** @type {string[]} */
  const asked = [];
  const { store, actions } = makeActions({
    fetchVotes: async (_drawing, { model }) => (asked.push(model), new Float32Array(4)),
  });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  store.set({ model: "another" });
  actions.hoverCapsule(3);
  actions.hoverCapsule(4);
  await settled();
  assert.deepEqual(asked, ["mnist"]);
  assert.equal(store.get().votes?.length, 4);
});
