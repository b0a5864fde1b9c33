/** What waits for a server that is away or busy. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, BusyError, OfflineError } from "../../../../static/js/shell/errors.js";
import { offsetOf } from "../../../../static/js/state/digit/dials.js";
import { makeActions, settled, trace } from "./page.js";
/** @import { Actions } from "../../../../static/js/state/digit/subject.js" */

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

for (const [name, meanwhile] of /** @type {[string, (actions: Actions) => unknown][]} */ ([
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
    assert.deepEqual(
      [store.get().status, store.get().message],
      [status, message],
      "a notice that was dismissed stays so",
    );
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

test("a drawing that had to wait for a server has dials of its own", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  let gone = false;
  const { store, actions } = makeActions({
    fetchTrace: async () => (gone ? Promise.reject(new OfflineError()) : trace),
  });
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
  assert.deepEqual([store.get().status, offsetOf(store.get(), 4)], ["ready", 0]);
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
  assert.equal(offsetOf(store.get(), 4), 0.2);
  assert.equal(dialled.length, 1);
});

test("dials that a busy server refused are sent again as they stand, without a notice", async (context) => {
  const { store, actions, dialled, failDial } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  context.mock.timers.enable({ apis: ["setTimeout"] });
  dialled.length = 0;
  actions.turnDial(4, 0.2);
  failDial(new BusyError());
  assert.equal(store.get().status, "ready");
  actions.turnDial(4, 0.3);
  failDial(new BusyError());
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
  assert.deepEqual(sent, [{ png: picture, crop: [0, 0, 1, 1] }]);
  assert.equal(store.get().status, "ready");
  assert.equal(store.get().source.kind, "pixels");
});
