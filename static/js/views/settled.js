/** Asking for what a section shows, only while it is looked at. @import { State, Store } from "../types.js" */

import { RETRY_MS } from "../lib/errors.js";
import { watchPlace } from "./dom.js";

/** So long must a drawing stand still before more is asked for. */
const SETTLE_MS = 250;

/**
 * Ask once what was selected has stood still for a moment and the section is on the screen; and while both stay so,
 * again and again where no answer came.
 * @param {Store} store
 * @param {Element} section
 * @param {(state: State) => readonly unknown[]} select
 * @param {() => Promise<boolean>} ask tells whether it is to be asked again
 * @param {number} [settleMs]
 */
export function whenSettled(store, section, select, ask, settleMs = SETTLE_MS) {
  let visible = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  function wait(ms = settleMs) {
    clearTimeout(waiting);
    if (visible) waiting = setTimeout(askNow, ms);
  }

  async function askNow() {
    const mine = waiting;
    if ((await ask()) && waiting === mine) wait(RETRY_MS);
  }

  watchPlace(section, ({ isIntersecting }) => {
    visible = isIntersecting;
    wait();
  });
  store.watch(select, () => wait());
}
