/** What is pointed at and pinned. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { partOf } from "../../../../static/js/state/trace/parts.js";
import {
  linkedCapsules,
  lookedAtCapsule,
  lookedAtCapsules,
  lookedAtType,
} from "../../../../static/js/state/trace/pointing.js";
import { VOTES } from "../../../../static/js/state/trace/votes.js";
import { makeActions, settled, trace } from "../digit/page.js";

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
  assert.equal(partOf(store.get(), VOTES)?.length, 4);
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
  store.set({ trace });
  assert.equal(lookedAtCapsules(store.get()), null);
  actions.pinType(2);
  assert.deepEqual([lookedAtType(store.get()), lookedAtCapsules(store.get())?.length], [2, 36]);
  actions.pinCapsule(5);
  actions.pinCapsule(9);
  assert.deepEqual(
    [lookedAtType(store.get()), lookedAtCapsules(store.get()), lookedAtCapsule(store.get())],
    [null, [5, 9], 9],
  );
  actions.hoverType(31);
  assert.deepEqual(
    [lookedAtType(store.get()), lookedAtCapsules(store.get())?.[0], lookedAtCapsule(store.get())],
    [31, 1116, null],
  );
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
