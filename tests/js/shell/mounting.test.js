/** Parts of a page: put on, taken off, and what becomes of one that fails. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { put } from "../../../static/js/shell/mounting.js";
import { createStore } from "../../../static/js/shell/store.js";

const ROOT = /** @type {HTMLElement} */ (
  /** @type {unknown} */ ({ querySelector: () => null, getAttribute: () => null, id: "part", className: "" })
);

/** A store whose watchers are told when the test says so. */
function makeStore() {
  /** @type {(() => void)[]} */
  const flushes = [];
  const store = createStore({ count: 0 }, { schedule: (flush) => flushes.push(flush) });
  return { store, flush: () => flushes.splice(0).forEach((flush) => flush()) };
}

test("a part watches until it is taken off, and is told then", async () => {
  const { store, flush } = makeStore();
  /** @type {(number | string)[]} */
  const told = [];
  const takeOff = await put(
    ROOT,
    (_root, context) => {
      context.store.watch(
        ({ count }) => [count],
        ({ count }) => told.push(count),
      );
      return () => told.push("off");
    },
    { store },
  );
  flush();
  takeOff();
  store.set({ count: 1 });
  flush();
  assert.deepEqual(told, [0, "off"]);
});

test("a part that fails halfway is taken off again, and its failure is told", async () => {
  const { store, flush } = makeStore();
  /** @type {(number | AbortSignal)[]} */
  const told = [];
  const failing = put(
    ROOT,
    async (_root, context) => {
      told.push(context.signal);
      context.store.watch(
        ({ count }) => [count],
        ({ count }) => told.push(count),
      );
      await Promise.resolve();
      throw new Error("no script");
    },
    { store },
  );
  await assert.rejects(failing, /no script/);
  flush();
  assert.equal(told.length, 1, "no watcher is left");
  assert.equal(/** @type {AbortSignal} */ (told[0]).aborted, true);
});
