/** Asking for what a part of the page shows, only while it is looked at. */
/** @import { Store } from "../shell/store.js" */
import { asking } from "../shell/wanted.js";
import { watchPlace } from "./dom.js";

/** So long must a drawing stand still before more is asked for. */
const SETTLE_MS = 250;

/**
 * Ask once what was selected has stood still for a moment and the place is on the screen; and while both stay so, again
 * and again where no answer came.
 * @template S
 * @param {Store<S>} store
 * @param {HTMLElement} place
 * @param {(state: S) => readonly unknown[]} select
 * @param {() => Promise<number>} ask gives the milliseconds after which it is to be asked again; 0 where it is not
 * @param {{settleMs?: number, signal?: AbortSignal}} [options]
 */
export function whenSettled(store, place, select, ask, { settleMs = SETTLE_MS, signal } = {}) {
  let visible = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  let done = () => {};

  /** @param {number} [againIn] milliseconds, where it was asked already */
  function wait(againIn) {
    clearTimeout(waiting);
    done();
    if (!visible) return;
    done = asking(place, { isAgain: againIn !== undefined });
    waiting = setTimeout(askNow, againIn ?? settleMs);
  }

  async function askNow() {
    const [mine, end] = [waiting, done];
    let againIn = 0;
    try {
      againIn = await ask();
    } finally {
      if (!againIn) end();
    }
    if (againIn && waiting === mine) wait(againIn);
  }

  /** @param {import("./dom.js").Place} place */
  function see({ isIntersecting }) {
    visible = isIntersecting;
    wait();
  }
  watchPlace(place, see, { signal });
  store.watch(select, () => wait());
  signal?.addEventListener("abort", () => {
    visible = false; // what is under way does not ask again
    clearTimeout(waiting);
    done();
  });
}
