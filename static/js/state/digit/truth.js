/** What a test digit truly is: the page tells it beside what the network reads. */
/** @import { Digit } from "../../api/client.js" @import { Sources } from "./source.js" */
/** @import { Traces } from "../trace/traces.js" @import { Store } from "../../shell/store.js" */

/**
 * @typedef {object} Truth
 * @property {{index: number, label: number} | null} truth of the test digit that was last asked for
 */

/** @type {Truth} */
export const initial = { truth: null };

/**
 * The class that somebody once wrote; null where nobody said so, as for a drawing of the visitor's.
 * @param {Truth & Sources} state
 */
export const trueClass = ({ truth, source }) =>
  source.kind === "digit" && truth?.index === source.index ? truth.label : null;

/**
 * @param {Store<Truth & Sources & Traces>} store
 * @param {{fetchDigit: (index: number) => Promise<Pick<Digit, "label">>}} services
 */
export function actions(store, { fetchDigit }) {
  return {
    /** @returns {Promise<void>} where it does not come the page does without */
    async needTruth() {
      const { source } = store.get();
      if (source.kind !== "digit" || trueClass(store.get()) !== null) return;
      const { index } = source;
      const digit = await fetchDigit(index).catch(() => null);
      if (digit) store.set({ truth: { index, label: digit.label } });
    },
  };
}
