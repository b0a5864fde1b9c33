/** Asking for what a section shows, only while it is looked at. @import { State, Store } from "../types.js" */

import { watchPlace } from "./dom.js";

/** So long must a drawing stand still before more is asked for. */
const SETTLE_MS = 250;

/**
 * Ask once what was selected has stood still for a moment and the section is on the screen.
 * @param {Store} store
 * @param {Element} section
 * @param {(state: State) => readonly unknown[]} select
 * @param {() => void} ask
 */
export function whenSettled(store, section, select, ask) {
  let visible = false;
  let waiting = 0;
  function wait() {
    clearTimeout(waiting);
    if (visible) waiting = setTimeout(ask, SETTLE_MS);
  }
  watchPlace(section, ({ isIntersecting }) => {
    visible = isIntersecting;
    wait();
  });
  store.watch(select, wait);
}
