/** The gauge of the model that answers. @import { Store } from "../types.js" */

/**
 * @param {Store} store
 * @param {{fetchGauge: typeof import("../api/client.js").fetchGauge}} services
 */
export function gaugeActions(store, { fetchGauge }) {
  let asked = "";
  return {
    /** Once for each model that has one; after a trace, so that the first picture does not wait for it. */
    async needGauge() {
      const { trace, models, gauge: known } = store.get();
      const model = trace?.model;
      const card = models.find(({ name }) => name === model);
      if (!model || !card || model === asked || known?.model === model) return;
      if (!card.has_gauge) return store.set({ gauge: { model, quantiles: null } });
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
