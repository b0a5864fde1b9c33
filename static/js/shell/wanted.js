/**
 * What somebody wants to have though it is not on the screen, as to save it. Its scripts are fetched, what it shows is
 * asked for, and it is drawn, as if it were seen.
 */

import { UserError } from "./errors.js";

/** On what is wanted. */
const MARK = "wanted";
/** On what is still being asked for: how many questions are open. */
const OPEN = "asking";
/** How many of these questions are asked again, since no answer came. */
const AGAIN = "again";
/** Told where it begins or ceases to be wanted. */
const EVENT = "wantedchange";
const POLL_MS = 50;
/** So often in a row it must be complete: an answer may lead to the next question. */
const TIMES = 5;

/** @param {Element} element */
export const isWanted = (element) => element.closest(`[data-${MARK}]`) !== null;

/**
 * @param {Element} element
 * @param {() => void} tell when it, or what it stands in, begins or ceases to be wanted
 * @param {AbortSignal} [signal]
 */
export function whenWanted(element, tell, signal) {
  document.addEventListener(EVENT, ({ target }) => target instanceof Node && target.contains(element) && tell(), {
    signal,
  });
}

/**
 * A part asks for something that it shows.
 * @param {HTMLElement} place
 * @param {{isAgain?: boolean}} [options] whether no answer came before, as while the server is gone
 * @returns {() => void} to be called once it came, or will not
 */
export function asking(place, { isAgain = false } = {}) {
  const count = (/** @type {number} */ by) => {
    for (const mark of isAgain ? [OPEN, AGAIN] : [OPEN]) {
      const open = Number(place.dataset[mark] ?? 0) + by;
      if (open > 0) place.dataset[mark] = String(open);
      else delete place.dataset[mark];
    }
  };
  let isOpen = true;
  count(1);
  return () => {
    if (isOpen) count(-1);
    isOpen = false;
  };
}

/**
 * Have a place complete: its scripts there, and what they show.
 * @template T
 * @param {HTMLElement} place
 * @param {() => T | Promise<T>} use done once it is complete, while it is still wanted
 * @param {{patienceMs?: number}} [options]
 * @returns {Promise<T>} rejects with a `UserError` where it does not come in time
 */
export async function whileWanted(place, use, { patienceMs = 20_000 } = {}) {
  place.dataset[MARK] = "";
  place.dispatchEvent(new Event(EVENT, { bubbles: true }));
  try {
    const deadline = performance.now() + patienceMs;
    for (let times = 0; times < TIMES; times = isComplete(place) ? times + 1 : 0) {
      if (performance.now() > deadline) throw new UserError("What it shows has not come yet. Try again later.");
      await new Promise((done) => setTimeout(done, POLL_MS));
    }
    return await use();
  } finally {
    delete place.dataset[MARK];
    place.dispatchEvent(new Event(EVENT, { bubbles: true }));
  }
}

/** @param {HTMLElement} place */
const isComplete = (place) =>
  place.dataset.later === undefined && !place.matches(`[data-${OPEN}]`) && !place.querySelector(`[data-${OPEN}]`);
