/** Actions that ask what the number of iterations changes: for this drawing, and over the test digits. */
/** @import { IterationStudy, Source, Store, TenIterations } from "../types.js" */
import { wasMeasured } from "./selectors.js";

/**
 * @typedef {object} Services
 * @property {(source: Source, penWidth: number) => Promise<import("../api/client.js").Drawing>} drawingOf
 * @property {(drawing: import("../api/client.js").Drawing, options: {model: string, interventions?: import("../types.js").Interventions}) => Promise<Omit<TenIterations, "of">>} fetchIterations
 * @property {(options: {model: string}) => Promise<IterationStudy>} fetchIterationStudy
 *
 * @param {Store} store
 * @param {Services} services
 */
export function studyingActions(store, services) {
  /** @type {TenIterations["of"] | null} */
  let asked = null;
  let studied = "";

  return {
    /** Once for each drawing, model and tampering: another number of iterations changes none of it. */
    async needIterations() {
      const { trace, source, penWidth } = store.get();
      if (!trace || source.kind === "empty") return;
      const mine = { source, penWidth, model: trace.model, interventions: trace.interventions };
      if (asked && isSame(asked, mine)) return;
      asked = mine;
      try {
        const found = await services.fetchIterations(await services.drawingOf(source, penWidth), mine);
        if (asked === mine) store.set({ tenIterations: { ...found, of: mine } });
      } catch {
        if (asked === mine) asked = null; // asked again with the next trace
      }
    },

    /** Once for each model that has one. */
    async needStudy() {
      const { trace, study: known } = store.get();
      if (!trace || !wasMeasured(store.get(), "iterations") || studied === trace.model || known?.model === trace.model) return;
      const model = (studied = trace.model);
      try {
        const study = await services.fetchIterationStudy({ model });
        if (studied === model) store.set({ study });
      } catch {
        // Asked again after the next trace: the page can do without.
      }
      if (studied === model) studied = "";
    },
  };
}

/** @param {TenIterations["of"]} a @param {TenIterations["of"]} b */
const isSame = (a, b) => a.source === b.source && a.penWidth === b.penWidth && a.model === b.model && a.interventions === b.interventions;
