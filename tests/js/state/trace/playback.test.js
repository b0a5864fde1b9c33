/** The playhead. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { makeActions, settled } from "../digit/page.js";

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
