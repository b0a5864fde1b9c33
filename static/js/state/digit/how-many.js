/** What the number of iterations changes: for this drawing, and over the test digits. */
/** @import { IterationStudy, Interventions } from "../../capsules/types.js" */
/** @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Source } from "../../api/drawing.js" @import { Network } from "../trace/network.js" */
/** @import { Troubles } from "../trace/troubles.js" */
/** @import { Traces } from "../trace/traces.js" @import { Sources } from "./source.js" */
/** @import { Store } from "../../shell/store.js" */
import { once } from "../../shell/once.js";
import { wasMeasured } from "../trace/network.js";
import { attempt } from "../trace/troubles.js";

/**
 * @typedef {object} TenIterations one drawing routed with 1, 2, ... 10 iterations; R = 10
 * @property {Origin} of what was routed
 * @property {Float32Array} lengths (R, C)
 * @property {Float32Array} entropies (R), of the coupling coefficients in bits, the mean
 * @property {Float32Array} reconstructions (R, H, W), each of its own answer
 *
 * @typedef {{source: Source, penWidth: number, model: string, geometry: Geometry,
 *   classNames: readonly string[], interventions?: Interventions}} Origin
 *
 * @typedef {object} HowMany
 * @property {TenIterations | null} tenIterations the last that were asked for
 * @property {IterationStudy | null} study of one model
 */

/** @type {HowMany} */
export const initial = { tenIterations: null, study: null };

export const cleared = { tenIterations: null };

/**
 * @typedef {object} HowManyServices
 * @property {typeof import("../../api/drawing.js").drawingOf} drawingOf
 * @property {typeof import("../../api/iterations.js").fetchIterations} fetchIterations
 * @property {typeof import("../../api/client.js").fetchIterationStudy} fetchIterationStudy
 *
 * @typedef {HowMany & Traces & Sources & Network & Troubles} HowManyState
 *
 * @param {Store<HowManyState>} store
 * @param {HowManyServices} services
 */
export function actions(store, services) {
  const askTen = once(isSame);
  const askStudy = once();

  /** @param {Origin} origin */
  const routeAll = (origin) =>
    attempt(
      store,
      { name: "iterations" },
      async () => {
        const drawing = await services.drawingOf(origin.geometry, origin.source, origin.penWidth);
        return services.fetchIterations(drawing, origin);
      },
      { isWanted: () => isNow(origin), take: (found) => store.set({ tenIterations: { ...found, of: origin } }) },
    );

  /** @param {Origin} origin */
  function isNow(origin) {
    const now = originOfTen(store.get());
    return now !== null && isSame(now, origin);
  }

  /** @param {string} model */
  const askStudyOf = (model) =>
    attempt(store, { name: "study" }, () => services.fetchIterationStudy({ model }), {
      isWanted: () => store.get().trace?.model === model,
      take: (study) => store.set({ study }),
    });

  return {
    /**
     * Once for each drawing, model and tampering: another number of iterations changes none of it.
     * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
     */
    async needIterations() {
      const origin = originOfTen(store.get());
      if (!origin || tenNow(store.get())) return 0;
      return askTen(origin, () => routeAll(origin));
    },

    /** Once for each model that has one. @returns {Promise<number>} as `needIterations` */
    async needStudy() {
      const { trace, study: known } = store.get();
      if (!trace || !wasMeasured(store.get(), "iterations") || known?.model === trace.model) return 0;
      return askStudy(trace.model, () => askStudyOf(trace.model));
    },
  };
}

/**
 * What ten routings follow from, or null where there is nothing to route.
 * @param {Traces & Sources} state
 * @returns {Origin | null}
 */
function originOfTen({ trace, source, penWidth }) {
  if (!trace || source.kind === "empty") return null;
  const { model, geometry, classNames, interventions } = trace;
  return { source, penWidth, model, geometry, classNames, interventions };
}

/** The ten routings, where they are those of what is on the page. @param {HowMany & Traces & Sources} state */
export function tenNow(state) {
  const origin = originOfTen(state);
  return origin && state.tenIterations && isSame(state.tenIterations.of, origin) ? state.tenIterations : null;
}

/** @param {Origin} a @param {Origin} b */
const isSame = (a, b) =>
  a.source === b.source && a.penWidth === b.penWidth && a.model === b.model && a.interventions === b.interventions;
