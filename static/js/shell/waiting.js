/** Waiting for a server that went away. */

import { isPassing, retryIn } from "./errors.js";

/**
 * Ask until there is an answer, or a refusal.
 * @param {() => Promise<unknown>} ask
 */
export async function keepAsking(ask) {
  try {
    await ask();
  } catch (error) {
    if (isPassing(error)) setTimeout(() => keepAsking(ask), retryIn(error));
    else console.error(error);
  }
}

/**
 * @param {() => Promise<boolean>} isAlive whether the server answers at all
 * @param {number} everyMs
 */
export function serverWait(isAlive, everyMs) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  function end() {
    clearTimeout(timer);
    timer = undefined;
  }

  /** One wait at a time: a new one takes the place of the one before. @param {() => void} goOn @param {number} [ms] */
  function begin(goOn, ms = everyMs) {
    end();
    const mine = (timer = setTimeout(async () => {
      const alive = await isAlive();
      if (timer !== mine) return; // the wait has ended meanwhile
      if (!alive) return begin(goOn);
      timer = undefined;
      goOn();
    }, ms));
  }

  return { begin, end };
}
