/** Actions that ask what the number of iterations changes: for this drawing, and over the test digits. */
/** @import { IterationStudy, Source, State, Store, TenIterations } from "../types.js" */
import { isPassing } from "../lib/errors.js";
import { wasMeasured } from "./selectors.js";
import { settle, tell } from "./troubles.js";

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
  /** @type {TenIterations["of"] | null} what is under way */
  let asked = null;
  let studied = "";

  return {
    /**
     * Once for each drawing, model and tampering: another number of iterations changes none of it. Gives whether it is
     * to be asked again.
     */
    async needIterations() {
      const mine = originOfTen(store.get());
      if (!mine || tenNow(store.get()) || (asked && isSame(asked, mine))) return false;
      asked = mine;
      settle(store, "iterations");
      try {
        const found = await services.fetchIterations(await services.drawingOf(mine.source, mine.penWidth), mine);
        if (asked === mine) store.set({ tenIterations: { ...found, of: mine } });
        return false;
      } catch (error) {
        if (asked !== mine) return false;
        tell(store, "iterations", error);
        return isPassing(error);
      } finally {
        if (asked === mine) asked = null;
      }
    },

    /** Once for each model that has one. Gives whether it is to be asked again. */
    async needStudy() {
      const { trace, study: known } = store.get();
      if (!trace || !wasMeasured(store.get(), "iterations") || studied === trace.model || known?.model === trace.model) return false;
      const model = (studied = trace.model);
      settle(store, "study");
      try {
        const study = await services.fetchIterationStudy({ model });
        if (studied === model) store.set({ study });
        return false;
      } catch (error) {
        if (studied !== model) return false;
        tell(store, "study", error);
        return isPassing(error);
      } finally {
        if (studied === model) studied = "";
      }
    },
  };
}

/** What ten routings follow from, or null where there is nothing to route. @param {State} state @returns {TenIterations["of"] | null} */
function originOfTen({ trace, source, penWidth }) {
  if (!trace || source.kind === "empty") return null;
  return { source, penWidth, model: trace.model, interventions: trace.interventions };
}

/** The ten routings, where they are those of what is on the page. @param {State} state */
export function tenNow(state) {
  const origin = originOfTen(state);
  return origin && state.tenIterations && isSame(state.tenIterations.of, origin) ? state.tenIterations : null;
}

/** @param {TenIterations["of"]} a @param {TenIterations["of"]} b */
const isSame = (a, b) => a.source === b.source && a.penWidth === b.penWidth && a.model === b.model && a.interventions === b.interventions;
