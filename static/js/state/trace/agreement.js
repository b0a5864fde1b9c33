/** How far the strongest votes agree, as it was measured over test digits. */
/** @import { AgreementStudy } from "../../capsules/types.js" @import { Network } from "./network.js" */
/** @import { Traces } from "./traces.js" @import { Troubles } from "./troubles.js" */
/** @import { Store } from "../../shell/store.js" */
import { once } from "../../shell/once.js";
import { wasMeasured } from "./network.js";
import { attempt } from "./troubles.js";

/** @typedef {{agreementStudy: AgreementStudy | null}} WithAgreement of one model */

/** @type {WithAgreement} */
export const initial = { agreementStudy: null };

/**
 * @param {Store<WithAgreement & Traces & Network & Troubles>} store
 * @param {{fetchAgreement: typeof import("../../api/client.js").fetchAgreement}} services
 */
export function actions(store, { fetchAgreement }) {
  const ask = once();

  return {
    /** Once for each model that has one. @returns {Promise<number>} milliseconds until it is to be asked again, or 0 */
    async needAgreement() {
      const { trace, agreementStudy: known } = store.get();
      if (!trace || !wasMeasured(store.get(), "agreement") || known?.model === trace.model) return 0;
      const { model } = trace;
      return ask(model, () =>
        attempt(store, { name: "agreement" }, () => fetchAgreement({ model }), {
          isWanted: () => store.get().trace?.model === model,
          take: (found) => store.set({ agreementStudy: found }),
        }),
      );
    },
  };
}
