import assert from "node:assert/strict";
import { test } from "node:test";
import { INITIAL } from "../../../static/js/state/initial.js";
import { createStore } from "../../../static/js/state/store.js";

/** A store whose frames come when the test says so. */
function storeByHand() {
  /** @type {(() => void)[]} */
  const frames = [];
  const store = createStore(INITIAL, (flush) => frames.push(flush));
  return { store, nextFrame: () => frames.splice(0).forEach((flush) => flush()) };
}

test("a watcher is told once a frame, however often the state changed", () => {
  const { store, nextFrame } = storeByHand();
  /** @type {number[]} */
  const seen = [];
  store.watch(({ playhead }) => [playhead], ({ playhead }) => seen.push(playhead));
  nextFrame();
  store.set({ playhead: 1 });
  store.set({ playhead: 2 });
  assert.deepEqual(seen, [3]);
  nextFrame();
  assert.deepEqual(seen, [3, 2]);
});

test("a watcher is not told of what it does not watch", () => {
  const { store, nextFrame } = storeByHand();
  let told = 0;
  store.watch(({ playhead }) => [playhead], () => told++);
  nextFrame();
  store.set({ threshold: 0.9 });
  nextFrame();
  assert.equal(told, 1);
});

test("a change made while telling is told in the next frame", () => {
  const { store, nextFrame } = storeByHand();
  /** @type {number[]} */
  const seen = [];
  store.watch(({ playhead }) => [playhead], ({ playhead }) => playhead > 1 && store.set({ playhead: playhead - 1 }));
  store.watch(({ playhead }) => [playhead], ({ playhead }) => seen.push(playhead));
  nextFrame();
  nextFrame();
  nextFrame();
  assert.equal(seen.at(-1), 1);
});

test("what is set quietly is told together with the next change", () => {
  const { store, nextFrame } = storeByHand();
  /** @type {number[][]} */
  const seen = [];
  store.watch(({ threshold, playhead }) => [threshold, playhead], (state) => seen.push([state.threshold, state.playhead]));
  nextFrame();
  seen.length = 0;
  store.setQuietly({ threshold: 0.75 });
  nextFrame();
  assert.deepEqual(seen, []);
  assert.equal(store.get().threshold, 0.75);
  store.set({ playhead: 1 });
  nextFrame();
  assert.deepEqual(seen, [[0.75, 1]]);
});

test("what is set quietly is told without another change too, a little later", async () => {
  const { store, nextFrame } = storeByHand();
  let told = 0;
  store.watch(({ threshold }) => [threshold], () => told++);
  nextFrame();
  store.setQuietly({ threshold: 0.75 });
  store.setQuietly({ threshold: 0.8 });
  await new Promise((resolve) => setTimeout(resolve, 120));
  nextFrame();
  assert.equal(told, 2);
});
