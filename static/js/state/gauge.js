/** The gauge of the model that answers. @import { Store } from "../types.js" */
import { wasMeasured } from "./selectors.js";

/**
 * @param {Store} store
 * @param {{fetchGauge: typeof import("../api/client.js").fetchGauge}} services
 */
export function gaugeActions(store, { fetchGauge }) {
  let asked = "";
  return {
    /** Once for each model that has one; after a trace, so that the first picture does not wait for it. */
    async needGauge() {
      const { trace, gauge: known } = store.get();
      if (!trace || !wasMeasured(store.get(), "gauge") || trace.model === asked || known?.model === trace.model) return;
      const model = (asked = trace.model);
      try {
        const gauge = await fetchGauge({ model });
        if (asked === model) store.set({ gauge });
      } catch {
        // Asked again after the next trace: the page can do without.
      }
      if (asked === model) asked = "";
    },
  };
}
