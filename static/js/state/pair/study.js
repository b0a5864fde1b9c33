/** How pairs are read and taken apart, as it was measured over test pairs. */
/** @import { OverlapStudy } from "../../capsules/types.js" @import { Network } from "../trace/network.js" */
/** @import { Traces } from "../trace/traces.js" @import { Troubles } from "../trace/troubles.js" */
/** @import { Store } from "../../shell/store.js" */
import { once } from "../../shell/once.js";
import { wasMeasured } from "../trace/network.js";
import { attempt } from "../trace/troubles.js";

/** @typedef {{overlapStudy: OverlapStudy | null}} WithOverlapStudy of one model */

/** @type {WithOverlapStudy} */
export const initial = { overlapStudy: null };

/**
 * @param {Store<WithOverlapStudy & Traces & Network & Troubles>} store
 * @param {{fetchOverlapStudy: typeof import("../../api/client.js").fetchOverlapStudy}} services
 */
export function actions(store, { fetchOverlapStudy }) {
  const ask = once();

  return {
    /** Once for each model that has one. @returns {Promise<number>} milliseconds until it is to be asked again, or 0 */
    async needOverlapStudy() {
      const { trace } = store.get();
      if (!trace || !wasMeasured(store.get(), "overlap") || overlapStudyNow(store.get())) return 0;
      const { model } = trace;
      return ask(model, () =>
        attempt(store, { name: "overlap" }, () => fetchOverlapStudy({ model }), {
          isWanted: () => store.get().trace?.model === model,
          take: (found) => store.set({ overlapStudy: found }),
        }),
      );
    },
  };
}

/** The study of the network on the page; null where there is none. @param {WithOverlapStudy & Traces} state */
export const overlapStudyNow = ({ overlapStudy, trace }) =>
  overlapStudy && overlapStudy.model === trace?.model ? overlapStudy : null;
