/** @import { State, Store } from "../types.js" */

/** What is set quietly is told this late at the latest. */
const PATIENCE_MS = 50;

/**
 * The one state. A view watches what it shows, and is told at most once a frame, only when that changed.
 * @param {State} initial
 * @param {(flush: () => void) => void} [schedule] when watchers are told
 * @returns {Store}
 */
export function createStore(initial, schedule = requestAnimationFrame) {
  let state = initial;
  let scheduled = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let patience;
  /** @type {{select: (state: State) => readonly unknown[], render: (state: State) => void, seen: readonly unknown[] | null}[]} */
  const watchers = [];

  function flush() {
    scheduled = false;
    for (const watcher of watchers) {
      const selected = watcher.select(state);
      if (watcher.seen && selected.every((value, k) => Object.is(value, watcher.seen?.[k]))) continue;
      watcher.seen = selected;
      watcher.render(state);
    }
  }

  function tell() {
    clearTimeout(patience);
    patience = undefined;
    if (scheduled) return;
    scheduled = true;
    schedule(flush);
  }

  return {
    get: () => state,
    set(patch) {
      state = { ...state, ...patch };
      tell();
    },
    setQuietly(patch) {
      state = { ...state, ...patch };
      patience ??= setTimeout(tell, PATIENCE_MS);
    },
    watch(select, render) {
      watchers.push({ select, render, seen: null });
      tell();
    },
  };
}
