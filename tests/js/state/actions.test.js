import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, OfflineError } from "../../../static/js/lib/errors.js";
import { snap } from "../../../static/js/lib/strokes.js";
import { createActions } from "../../../static/js/state/actions.js";
import { perturbationsNow } from "../../../static/js/state/dimensions.js";
import { INITIAL } from "../../../static/js/state/initial.js";
import { originOfWalk } from "../../../static/js/state/kept.js";
import { planeLabels } from "../../../static/js/state/planes.js";
import { linkedCapsules, lookedAtCapsule, lookedAtCapsules, lookedAtType } from "../../../static/js/state/selectors.js";
import { tenNow } from "../../../static/js/state/studying.js";
import { createStore } from "../../../static/js/state/store.js";
import { MODEL, PLANES, TEN, makeServices } from "./services.js";
import { makeTrace } from "./traces.js";

const { trace } = makeTrace();
const settled = () => new Promise((resolve) => setImmediate(resolve));


/**
 * Actions over services that the test holds in its hand.
 * @param {Partial<import("../../../static/js/state/actions.js").Outside["services"]>} [services]
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
    services: makeServices({ fetchTrace: async () => trace, ...services }),
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

test("the dials take a whole pose of a class, to the thousandth", async () => {
  const measured = /** @type {number[]} */ ([]);
  const { store, actions, dialled } = makeActions({
    fetchDimensions: async ({ model, label }) => {
      measured.push(label);
      return { model, label, digits: 0, swept: 0, length: { mean: 0, deviation: 0 }, dimensions: [] };
    },
  });
  store.set({ models: [MODEL] });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.turnDial(1, 0.2);
  store.set({ foundReconstruction: new Float32Array(784) });
  const walking = await actions.walking();
  const found = trace.class_capsules.subarray((2 * 10 + 3) * 16, (2 * 10 + 4) * 16);
  const pose = found.map((number, d) => number + (d === 0 ? 0.9 : 0.1014));
  store.set({ walk: { of: originOfWalk(store.get()), looks: [], label: 3, poses: Array(41).fill(pose), pictures: null, mean: null } });
  walking.dialWalk();
  assert.deepEqual(store.get().offsets, [0.9, ...Array(15).fill(0.101)]);
  assert.equal(store.get().selectedClass, 3);
  assert.equal(dialled.at(-1)?.label, 3);
  assert.equal(measured.at(-1), 3, "with the ranges and names of the class");
  assert.equal(store.get().foundReconstruction, null, "that of the class before is forgotten");
  actions.undoDials();
  assert.deepEqual([store.get().offsets[0], store.get().offsets[1], store.get().dialHistory.length], [0, 0, 0], "nothing is taken back from the class before");
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

test("what is under way, or waits for a server, can be stopped", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {(value: typeof trace) => void} */
  let arrive = () => {};
  let polled = 0;
  let gone = false;
  const { store, actions } = makeActions({
    fetchTrace: () => (gone ? Promise.reject(new OfflineError()) : new Promise((resolve) => (arrive = resolve))),
    isAlive: async () => (polled++, false),
  });
  actions.look({ kind: "digit", index: 1 });
  await settled();
  actions.stop();
  arrive(trace);
  await settled();
  assert.equal(store.get().trace, null);
  gone = true;
  actions.look({ kind: "digit", index: 2 });
  await settled();
  assert.equal(store.get().status, "offline");
  actions.stop();
  context.mock.timers.tick(2000);
  await settled();
  assert.equal(polled, 0);
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

for (const [name, meanwhile] of /** @type {[string, (actions: import("../../../static/js/state/actions.js").Actions) => unknown][]} */ ([
  ["the notice is dismissed", (actions) => actions.dismiss()],
  ["something else is complained of", (actions) => actions.complain("that is no picture")],
  ["the numbers were to be saved", (actions) => actions.traceFile()],
])) {
  test(`a drawing that waits for a server is asked about again although ${name}`, async (context) => {
    let gone = false;
    const { store, actions } = makeActions({
      fetchTrace: async () => (gone ? Promise.reject(new OfflineError()) : { ...trace }),
      fetchTraceFile: async () => Promise.reject(new OfflineError()),
      isAlive: async () => !gone,
    });
    actions.look({ kind: "digit", index: 5 });
    await settled();
    const before = store.get().trace;
    context.mock.timers.enable({ apis: ["setTimeout"] });
    gone = true;
    actions.look({ kind: "digit", index: 6 });
    await settled();
    assert.equal(store.get().status, "offline");
    await meanwhile(actions);
    const { status, message } = store.get();
    context.mock.timers.tick(2000);
    await settled();
    assert.deepEqual([store.get().status, store.get().message], [status, message], "a notice that was dismissed stays so");
    gone = false;
    context.mock.timers.tick(2000);
    await settled();
    await settled();
    assert.notEqual(store.get().trace, before);
    assert.deepEqual([store.get().status, store.get().message], ["ready", ""]);
    context.mock.timers.tick(10_000);
    await settled();
    assert.equal(store.get().status, "ready");
  });
}

test("until a new drawing is answered what was chosen and turned for the one before stands together", async () => {
  /** @type {() => void} */
  let arrive = () => {};
  let slow = false;
  const { store, actions } = makeActions({
    fetchTrace: async () => (slow ? new Promise((resolve) => (arrive = () => resolve({ ...trace }))) : { ...trace }),
  });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.selectClass(3);
  actions.turnDial(4, 0.2);
  slow = true;
  actions.beginStroke([0.1, 0.1]);
  actions.continueStroke([[0.4, 0.4]]); // which takes the place of the first in the queue
  await settled();
  assert.deepEqual([store.get().selectedClass, store.get().offsets[4]], [3, 0.2]);
  arrive();
  await settled();
  assert.deepEqual([store.get().selectedClass, store.get().offsets[4]], [null, 0]);
  actions.selectClass(3);
  arrive(); // of the longer stroke, which is the same drawing
  await settled();
  assert.equal(store.get().selectedClass, 3);
});

test("undo leaves a test digit alone, which nobody drew", async () => {
  const { store, actions } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.undo();
  assert.deepEqual([store.get().source, store.get().trace], [{ kind: "digit", index: 5 }, trace]);
  actions.clear();
  actions.undo();
  assert.deepEqual(store.get().source, { kind: "digit", index: 5 });
});

test("a drawing that had to wait for a server has dials of its own", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let gone = false;
  const { store, actions } = makeActions({ fetchTrace: async () => (gone ? Promise.reject(new OfflineError()) : trace) });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.turnDial(4, 0.2);
  gone = true;
  actions.look({ kind: "digit", index: 6 });
  await settled();
  gone = false;
  context.mock.timers.tick(2000);
  await settled();
  await settled();
  assert.deepEqual([store.get().status, store.get().offsets[4]], ["ready", 0]);
});

test("dials turned without a server are kept, and sent again once one answers", async (context) => {
  const { store, actions, dialled, failDial } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  context.mock.timers.enable({ apis: ["setTimeout"] });
  actions.turnDial(4, 0.2);
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

test("dials that a busy server refused are sent again as they stand, without a notice", async (context) => {
  const { store, actions, dialled, failDial } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  context.mock.timers.enable({ apis: ["setTimeout"] });
  dialled.length = 0;
  actions.turnDial(4, 0.2);
  failDial(new ApiError("overloaded", "too many", 503));
  assert.equal(store.get().status, "ready");
  actions.turnDial(4, 0.3);
  failDial(new ApiError("overloaded", "too many", 503));
  assert.equal(dialled.length, 2);
  context.mock.timers.tick(2000);
  assert.equal(dialled.length, 3);
  failDial(new ApiError("not_finite", "no number", 422));
  context.mock.timers.tick(2000);
  assert.equal(dialled.length, 3, "what will be refused again is not asked again");
});

test("a server that comes back after the pad was cleared leaves no notice", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  /** @type {(alive: boolean) => void} */
  let say = () => {};
  const { store, actions } = makeActions({
    fetchTrace: async () => Promise.reject(new OfflineError()),
    isAlive: () => new Promise((resolve) => (say = resolve)),
  });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  assert.equal(store.get().status, "offline");
  context.mock.timers.tick(2000);
  actions.clear();
  say(false);
  await settled();
  assert.deepEqual([store.get().status, store.get().message], ["empty", ""]);
  context.mock.timers.tick(10_000);
  await settled();
  assert.equal(store.get().status, "empty");
});

test("a stroke that is taken back while the pen is down is not drawn on, nor the one before it", () => {
  const { store, actions } = makeActions();
  actions.beginStroke([0.1, 0.1]);
  actions.continueStroke([[0.2, 0.2]]);
  actions.endStroke();
  const first = store.get().source;
  actions.beginStroke([0.8, 0.1]);
  actions.continueStroke([[0.8, 0.5]]);
  assert.ok(actions.isPenDown());
  actions.undo();
  assert.ok(!actions.isPenDown());
  actions.continueStroke([[0.9, 0.9]]);
  assert.deepEqual(store.get().source, first);
  actions.clear();
  actions.continueStroke([[0.9, 0.9]]);
  assert.equal(store.get().source.kind, "empty");
});

test("whatever the drawing is, a new one begins with the class that is read", async () => {
  for (const begin of [
    (/** @type {import("../../../static/js/state/actions.js").Actions} */ actions) => actions.beginStroke([0.1, 0.1]),
    (/** @type {import("../../../static/js/state/actions.js").Actions} */ actions) => actions.lookAtNew({ kind: "digit", index: 6 }),
    (/** @type {import("../../../static/js/state/actions.js").Actions} */ actions) => actions.openPicture(new Blob(["ink"])),
    (/** @type {import("../../../static/js/state/actions.js").Actions} */ actions) => actions.clear(),
  ]) {
    const { store, actions } = makeActions();
    actions.look({ kind: "digit", index: 5 });
    await settled();
    actions.selectClass(3);
    actions.pinClass(4);
    await begin(actions);
    await settled();
    assert.deepEqual([store.get().selectedClass, store.get().pinnedClass], [null, null], String(begin));
  }
});

test("the grid is shown only under the class and the reach that it was drawn for", async () => {
  const { store, actions } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  await actions.needPerturbations();
  assert.ok(perturbationsNow(store.get()));
  actions.selectClass(3);
  assert.ok(store.get().perturbations);
  assert.equal(perturbationsNow(store.get()), null);
  actions.selectClass(null);
  assert.ok(perturbationsNow(store.get()));
  actions.setSweepReach("class");
  assert.equal(perturbationsNow(store.get()), null);
});

test("another network routes as often as it was trained to, unless another number was chosen", async () => {
  const { store, actions } = makeActions();
  const models = [["three", 3], ["one", 1]].map(([name, routing_iterations]) => /** @type {any} */ ({ name, routing_iterations, measured: [] }));
  store.set({ models, model: "three", iterations: 3 });
  actions.setModel("one");
  assert.equal(store.get().iterations, 1);
  actions.setIterations(5);
  actions.setModel("three");
  assert.equal(store.get().iterations, 5);
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

test("turned dials stay with the class and the network that they were turned of", async () => {
  let answer = trace;
  const { store, actions } = makeActions({ fetchTrace: async () => answer });
  const other = { ...trace, label: 3 };
  actions.look({ kind: "digit", index: 5 });
  await settled();
  /** @param {typeof trace} next @returns the dial after the next answer */
  async function after(next) {
    actions.turnDial(4, 0.2);
    answer = next;
    actions.setIterations(store.get().iterations + 1);
    await settled();
    return [store.get().offsets[4], store.get().dialHistory.length > 0];
  }
  assert.deepEqual(await after({ ...trace }), [0.2, true]);
  assert.deepEqual(await after(other), [0, false], "another class is predicted");
  assert.deepEqual(await after({ ...other, model: "another" }), [0, false], "another network has other dials");
  actions.selectClass(8);
  assert.deepEqual(await after({ ...trace, model: "another" }), [0.2, true], "the class was chosen, whatever is predicted");
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
  assert.ok(Math.abs(pose[2] - found - 2) < 1e-6, "no number of a pose is moved by more than 2");
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
  assert.deepEqual([store.get().playing, store.get().playhead], [true, 1], "the first stands for a moment");
  frame(1600);
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

test("up to four capsules are pinned side by side, each is let go, and a fifth takes the first one's place", () => {
  const { store, actions } = makeActions();
  for (const capsule of [5, 6, 7, 8]) actions.pinCapsule(capsule);
  actions.pinCapsule(6);
  assert.deepEqual(store.get().pinnedCapsules, [5, 7, 8]);
  actions.pinCapsule(9);
  actions.pinCapsule(10);
  assert.deepEqual(store.get().pinnedCapsules, [7, 8, 9, 10]);
  actions.letGo();
  assert.deepEqual(store.get().pinnedCapsules, []);
});

test("what is under the pointer is looked at before what is pinned", () => {
  const { store, actions } = makeActions();
  assert.equal(lookedAtCapsules(store.get()), null);
  actions.pinType(2);
  assert.deepEqual([lookedAtType(store.get()), lookedAtCapsules(store.get())?.length], [2, 36]);
  actions.pinCapsule(5);
  actions.pinCapsule(9);
  assert.deepEqual([lookedAtType(store.get()), lookedAtCapsules(store.get()), lookedAtCapsule(store.get())], [null, [5, 9], 9]);
  actions.hoverType(31);
  assert.deepEqual([lookedAtType(store.get()), lookedAtCapsules(store.get())?.[0], lookedAtCapsule(store.get())], [31, 1116, null]);
  actions.hoverCapsule(700);
  assert.deepEqual([lookedAtType(store.get()), lookedAtCapsules(store.get())], [null, [700]]);
});

test("a class under the pointer sets aside the links of what is pinned, for as long", () => {
  const { store, actions } = makeActions();
  actions.pinCapsule(5);
  assert.deepEqual(linkedCapsules(store.get()), [5]);
  actions.hoverClass(3);
  assert.deepEqual([linkedCapsules(store.get()), lookedAtCapsule(store.get())], [null, 5]);
  actions.hoverCapsule(700);
  assert.deepEqual(linkedCapsules(store.get()), [700]);
  actions.hoverCapsule(null);
  actions.hoverClass(null);
  assert.deepEqual(linkedCapsules(store.get()), [5]);
});

test("the planes are asked for once for each pair of classes, and forgotten with their trace", async () => {
  /** @type {string[]} */
  const asked = [];
  const { store, actions } = makeActions({ fetchPlanes: async (_drawing, { labels }) => (asked.push(labels), PLANES) });
  await actions.needPlanes("7,3");
  assert.deepEqual(asked, []); // there is nothing to ask about
  actions.look({ kind: "digit", index: 0 });
  await settled();
  await Promise.all([actions.needPlanes("7,3"), actions.needPlanes("7,3")]);
  assert.equal(store.get().planes, PLANES);
  await actions.needPlanes("7,4");
  assert.deepEqual(asked, ["7,3", "7,4"]);
  actions.clear();
  assert.equal(store.get().planes, null);
});

test("a part that no server answered, or a busy one, is to be asked for again; one that was refused is not", async () => {
  /** @type {Error | null} */
  let error = null;
  const answer = async () => {
    if (error) throw error;
    return /** @type {any} */ (TEN);
  };
  const { store, actions } = makeActions({
    fetchMasks: answer, fetchPlanes: answer, fetchPerturbations: answer, fetchIterations: answer, fetchIterationStudy: answer,
  });
  actions.look({ kind: "digit", index: 0 });
  await settled();
  store.set({ models: [MODEL] });
  const ask = () =>
    Promise.all([actions.needMasks(), actions.needPlanes("7,3"), actions.needPerturbations(), actions.needIterations(), actions.needStudy()]);
  for (error of [new OfflineError(), new ApiError("overloaded", "busy", 503)]) assert.deepEqual(await ask(), Array(5).fill(true));
  error = new ApiError("wrong", "no", 422);
  assert.deepEqual(await ask(), Array(5).fill(false));
  error = null;
  assert.deepEqual(await ask(), Array(5).fill(false));
});

test("a plane shows the class that was chosen for it, else the shown class and the longest other one", () => {
  const { store, actions } = makeActions();
  store.set({ trace });
  const second = planeLabels(store.get())?.[1] ?? assert.fail("there are planes");
  assert.equal(planeLabels(store.get())?.[0], trace.label);
  const last = [...trace.lengths.slice(-10)];
  assert.equal(last[second], Math.max(...last.filter((_, label) => label !== trace.label)));
  actions.selectClass(2);
  assert.deepEqual(planeLabels(store.get()), [2, trace.label]);
  actions.showPlane(1, 5);
  assert.deepEqual(planeLabels(store.get()), [2, 5]);
  actions.showPlane(0, 5);
  actions.showPlane(1, null);
  assert.deepEqual(planeLabels(store.get()), [5, trace.label]);
});

test("the ten routings of a drawing are asked for once, and again for another drawing or model", async () => {
  const asked = /** @type {string[]} */ ([]);
  const { store, actions } = makeActions({
    fetchIterations: async (_drawing, { model }) => {
      asked.push(model);
      return TEN;
    },
  });
  await actions.needIterations(); // nothing is drawn
  assert.deepEqual(asked, []);
  actions.look({ kind: "digit", index: 1 });
  await settled();
  await Promise.all([actions.needIterations(), actions.needIterations()]);
  actions.setIterations(5);
  await settled();
  await actions.needIterations();
  assert.deepEqual(asked, ["mnist"]);
  assert.equal(store.get().tenIterations?.of.source, store.get().source);
  actions.look({ kind: "digit", index: 2 });
  await settled();
  assert.notEqual(store.get().tenIterations?.of.source, store.get().source);
  await actions.needIterations();
  assert.equal(asked.length, 2);
});

test("the ten routings of a drawing are asked for again where they were let go, and are those of nothing else", async () => {
  let asked = 0;
  const { store, actions } = makeActions({ fetchIterations: async () => (asked++, TEN) });
  actions.look({ kind: "digit", index: 1 });
  await settled();
  await actions.needIterations();
  assert.equal(tenNow(store.get()), store.get().tenIterations);
  store.set({ tenIterations: null }); // as a link does that is opened
  await actions.needIterations();
  assert.equal(asked, 2);
  assert.ok(tenNow(store.get()));
  const { trace: read } = store.get();
  assert.equal(tenNow({ ...store.get(), source: { kind: "digit", index: 1 } }), null, "another drawing, though it look alike");
  assert.equal(tenNow({ ...store.get(), trace: read && { ...read, model: "another" } }), null);
  assert.equal(tenNow({ ...store.get(), trace: null }), null);
});

test("an older drawing's ten routings never replace a newer one's", async () => {
  /** @type {((found: typeof TEN) => void)[]} */
  const answers = [];
  const { store, actions } = makeActions({ fetchIterations: () => new Promise((answer) => answers.push(answer)) });
  for (const index of [1, 2]) {
    actions.look({ kind: "digit", index });
    await settled();
    actions.needIterations();
    await settled();
  }
  answers[1]({ ...TEN, lengths: new Float32Array([2]) });
  answers[0]({ ...TEN, lengths: new Float32Array([1]) });
  await settled();
  assert.deepEqual([...(store.get().tenIterations?.lengths ?? [])], [2]);
});

test("a failed question for the ten routings is asked again", async () => {
  let fails = true;
  const { store, actions } = makeActions({
    fetchIterations: async () => {
      if (fails) throw new OfflineError("gone");
      return TEN;
    },
  });
  actions.look({ kind: "digit", index: 1 });
  await settled();
  await actions.needIterations();
  assert.equal(store.get().tenIterations, null);
  fails = false;
  await actions.needIterations();
  assert.ok(store.get().tenIterations);
});

test("a model's study is asked for once, where there is one, and again where it did not come", async () => {
  const study = await makeServices().fetchIterationStudy({ model: "mnist" });
  let asked = 0;
  const { store, actions } = makeActions({
    fetchIterationStudy: async () => (asked++ ? study : Promise.reject(new OfflineError())),
  });
  actions.look({ kind: "digit", index: 1 });
  await settled();
  await actions.needStudy();
  store.set({ models: [{ ...MODEL, measured: ["dimensions"] }] });
  await actions.needStudy();
  assert.equal(asked, 0);
  store.set({ models: [MODEL] });
  await actions.needStudy();
  assert.equal(store.get().study, null);
  for (let k = 0; k < 3; k++) await actions.needStudy();
  assert.equal(asked, 2);
  assert.deepEqual(store.get().study, study);
});

test("a trace's file is that of the drawing and the iterations on the page", async () => {
  const asked = /** @type {unknown[]} */ ([]);
  const { store, actions } = makeActions({
    fetchTraceFile: async (_drawing, { model, iterations }) => {
      asked.push([model, iterations]);
      if (asked.length > 1) throw new OfflineError("gone");
      return new ArrayBuffer(4);
    },
  });
  assert.equal(await actions.traceFile(), null);
  actions.look({ kind: "digit", index: 1 });
  await settled();
  assert.equal((await actions.traceFile())?.byteLength, 4);
  assert.equal(await actions.traceFile(), null);
  assert.deepEqual(asked[0], ["mnist", 3]);
  assert.equal(store.get().status, "error");
});
