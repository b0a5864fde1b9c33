/** Strokes on the pad: drawn, taken back, cleared. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { snap } from "../../../../static/js/capsules/strokes.js";
import { makeActions, settled, trace } from "./page.js";

test("strokes grow, are asked about, and are taken back one by one", async () => {
  const { store, actions } = makeActions();
  actions.beginStroke([0.1, 0.1]);
  actions.continueStroke([
    [0.2, 0.2],
    [0.2, 0.2],
    [0.3, 0.3],
  ]);
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

test("what was cleared comes back", async () => {
  const { store, actions } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.clear();
  assert.deepEqual([store.get().source.kind, store.get().status], ["empty", "empty"]);
  actions.undo();
  assert.deepEqual(store.get().source, { kind: "digit", index: 5 });
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

test("a stroke that is dropped leaves what was there before it, and the pen draws no more", async () => {
  const { store, actions } = makeActions();
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.beginStroke([0.1, 0.1]);
  actions.continueStroke([[0.2, 0.2]]);
  actions.dropStroke();
  assert.deepEqual(store.get().source, { kind: "digit", index: 5 });
  actions.continueStroke([[0.3, 0.3]]);
  assert.deepEqual(store.get().source, { kind: "digit", index: 5 });
  actions.beginStroke([0.5, 0.5]);
  actions.endStroke();
  const first = store.get().source;
  actions.dropStroke(); // none is being drawn
  assert.deepEqual(store.get().source, first);
  actions.beginStroke([0.9, 0.5]);
  actions.dropStroke();
  assert.deepEqual(store.get().source, first);
  actions.clear();
  actions.beginStroke([0.9, 0.5]);
  actions.dropStroke();
  assert.equal(store.get().source.kind, "empty");
});
