/**
 * What was asked for beside a trace and did not come. Each has a name; where it would stand, the page says why it is
 * missing (`data-trouble`, widgets/troubles). Whatever is fetched beside a trace is asked for through `attempt`.
 */
/** @import { Store } from "../../shell/store.js" */
import { isPassing, reasonOf, retryIn } from "../../shell/errors.js";

/**
 * @typedef {{key: string, reason: string}} Trouble `key` tells what was asked for; `reason` is for people, "" where the
 *   answer may yet come
 *
 * @typedef {{troubles: Readonly<Record<string, Trouble>>}} Troubles by the name of what is missing
 */

/** @type {Troubles} */
export const initial = { troubles: {} };

/** With a new trace all is asked for anew. */
export const arrived = initial;

export const cleared = initial;

/**
 * Ask for something, and tell if it does not come.
 * @template T
 * @param {Store<Troubles>} store
 * @param {{name: string, key?: string}} what
 * @param {() => Promise<T>} ask
 * @param {{isWanted?: () => boolean, signal?: AbortSignal, take: (found: T) => void}} then `isWanted` whether the page
 *   still shows what this belongs to, `signal` that tells when it is called off: then neither answer nor failure counts
 * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
 */
export async function attempt(store, { name, key = name }, ask, { isWanted = () => true, signal, take }) {
  const counts = () => !signal?.aborted && isWanted();
  settle(store, name);
  try {
    const found = await ask();
    if (counts()) take(found);
    return 0;
  } catch (error) {
    if (!counts()) return 0;
    tell(store, name, error, key);
    return retryIn(error);
  }
}

/** Why a part of the page is missing for good; "" where it is not. @param {Troubles} state @param {string} name */
export const troubleOf = (state, name) => state.troubles[name]?.reason ?? "";

/**
 * Something is missing: told where it would stand, if it is for good. What may yet come is asked for again in silence.
 * @param {Store<Troubles>} store
 * @param {string} name
 * @param {unknown} error what became of the request
 * @param {string} [key]
 */
export function tell(store, name, error, key = name) {
  const reason = isPassing(error) ? "" : reasonOf(error);
  store.set({ troubles: { ...store.get().troubles, [name]: { key, reason } } });
}

/** It is asked for again, or is there. @param {Store<Troubles>} store @param {string} name */
export function settle(store, name) {
  const { [name]: known, ...troubles } = store.get().troubles;
  if (known) store.set({ troubles });
}
