/** What is looked at, and what a new drawing changes. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PictureError } from "../../../../static/js/api/drawing.js";
import { ApiError, OfflineError } from "../../../../static/js/shell/errors.js";
import { offsetOf } from "../../../../static/js/state/digit/dials.js";
import { makeActions, settled, trace } from "./page.js";
import { MODEL, makeTrace } from "./traces.js";
/** @import { Actions } from "../../../../static/js/state/digit/subject.js" */

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

test("strokes that are refused stay on the pad", async () => {
  const { store, actions } = makeActions({
    fetchTrace: async () => Promise.reject(new ApiError("blank", "no ink", 422)),
  });
  actions.beginStroke([0.5, 0.5]);
  actions.continueStroke([[0.6, 0.6]]);
  await settled();
  const { source, status, message } = store.get();
  assert.equal(source.kind === "strokes" && source.strokes[0].length, 2);
  assert.deepEqual([status, message], ["error", "no ink"]);
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

test("why a picture cannot be sent is told where that is known", async () => {
  const { store, actions } = makeActions({ pngOfPicture: async () => Promise.reject(new PictureError("an SVG")) });
  await actions.openPicture(new Blob());
  assert.deepEqual([store.get().status, store.get().message], ["error", "an SVG"]);
});

test("a file that is no picture is an error and nothing is lost", async () => {
  const { store, actions } = makeActions({ pngOfPicture: async () => Promise.reject(new Error("no")) });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  await actions.openPicture(new Blob());
  assert.equal(store.get().status, "error");
  assert.deepEqual([store.get().source, store.get().trace], [{ kind: "digit", index: 5 }, trace]);
});

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
  assert.deepEqual([store.get().selectedClass, offsetOf(store.get(), 4)], [3, 0.2]);
  arrive();
  await settled();
  assert.deepEqual([store.get().selectedClass, offsetOf(store.get(), 4)], [null, 0]);
  actions.selectClass(3);
  arrive(); // of the longer stroke, which is the same drawing
  await settled();
  assert.equal(store.get().selectedClass, 3);
});

test("whatever the drawing is, a new one begins with the class that is read", async () => {
  for (const begin of [
    (/** @type {Actions} */ actions) => actions.beginStroke([0.1, 0.1]),
    (/** @type {Actions} */ actions) => actions.lookAtNew({ kind: "digit", index: 6 }),
    (/** @type {Actions} */ actions) => actions.openPicture(new Blob(["ink"])),
    (/** @type {Actions} */ actions) => actions.clear(),
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

test("another network routes as often as it was trained to, unless another number was chosen", async () => {
  const { store, actions } = makeActions();
  const models = [
    ["three", 3],
    ["one", 1],
  ].map(([name, routing_iterations]) => ({
    ...MODEL,
    name: String(name),
    routing_iterations: Number(routing_iterations),
  }));
  store.set({ models, model: "three", iterations: 3 });
  actions.setModel("one");
  assert.equal(store.get().iterations, 1);
  actions.setIterations(5);
  actions.setModel("three");
  assert.equal(store.get().iterations, 5);
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
  assert.deepEqual([store.get().playhead, offsetOf(store.get(), 4)], [5, 0.2]);
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
