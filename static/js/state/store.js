/** @import { State, Store } from "../types.js" */

/**
 * The one state. A view watches what it shows, and is told at most once a frame, only when that changed.
 * @param {State} initial
 * @param {(flush: () => void) => void} [schedule] when watchers are told
 * @returns {Store}
 */
export function createStore(initial, schedule = requestAnimationFrame) {
  let state = initial;
  let scheduled = false;
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
    watch(select, render) {
      watchers.push({ select, render, seen: null });
      tell();
    },
  };
}
