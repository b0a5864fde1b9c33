/** What a test digit truly is: the page tells it beside what the network reads. */
/** @import { Digit } from "../../api/client.js" @import { Sources } from "./source.js" */
/** @import { Traces } from "../trace/traces.js" @import { Store } from "../../shell/store.js" */
import { retryIn } from "../../shell/errors.js";
import { untilAnswered } from "../../shell/persisting.js";

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
    /** Where it is refused the page does without. */
    needTruth: untilAnswered(async () => {
      const { source } = store.get();
      if (source.kind !== "digit" || trueClass(store.get()) !== null) return 0;
      const { index } = source;
      try {
        const { label } = await fetchDigit(index);
        store.set({ truth: { index, label } });
        return 0;
      } catch (error) {
        return retryIn(error);
      }
    }),
  };
}
