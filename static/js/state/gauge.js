/** The gauge of the model that answers. @import { Store } from "../types.js" */

/**
 * @param {Store} store
 * @param {{fetchGauge: typeof import("../api/client.js").fetchGauge}} services
 */
export function gaugeActions(store, { fetchGauge }) {
  let asked = "";
  return {
    /** Once for each model; after a trace, so that the first picture does not wait for it. */
    async needGauge() {
      const model = store.get().trace?.model;
      if (!model || model === asked || store.get().gauge?.model === model) return;
      asked = model;
      try {
        const gauge = await fetchGauge(model);
        if (asked === model) store.set({ gauge });
      } catch {
        // Asked again after the next trace: the page can do without.
      }
      if (asked === model) asked = "";
    },
  };
}
