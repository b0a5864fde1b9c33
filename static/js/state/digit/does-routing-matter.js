/** What the couplings change: over the test digits, and for this drawing. */
/** @import { Interventions, RandomCouplings, RoutingStudy } from "../../capsules/types.js" */
/** @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Source } from "../../api/drawing.js" @import { Network } from "../trace/network.js" */
/** @import { Troubles } from "../trace/troubles.js" */
/** @import { Traces } from "../trace/traces.js" @import { Sources } from "./source.js" */
/** @import { Store } from "../../shell/store.js" */
import { NO_INTERVENTIONS } from "../../capsules/interventions.js";
import { once } from "../../shell/once.js";
import { wasMeasured } from "../trace/network.js";
import { attempt } from "../trace/troubles.js";

/** The random couplings of this seed are those that the drawing is shown with. */
export const SHOWN_SEED = 1;

/**
 * @typedef {object} Readings of one drawing, whatever is edited on the page
 * @property {Read} of what was read
 * @property {Float32Array} routed lengths (R, C) after each iteration
 * @property {ReadonlyMap<number, Float32Array>} random lengths (C) with random couplings, by their spread
 *
 * @typedef {{source: Source, penWidth: number, study: RoutingStudy, geometry: Geometry}} Read
 *
 * @typedef {object} DoesRoutingMatter
 * @property {RoutingStudy | null} routings of one model
 * @property {Readings | null} readings the last that were asked for
 */

/** @type {DoesRoutingMatter} */
export const initial = { routings: null, readings: null };

export const cleared = { readings: null };

/**
 * @typedef {object} DoesRoutingMatterServices
 * @property {typeof import("../../api/drawing.js").drawingOf} drawingOf
 * @property {typeof import("../../api/client.js").fetchLengths} fetchLengths
 * @property {typeof import("../../api/client.js").fetchRoutingStudy} fetchRoutingStudy
 *
 * @typedef {DoesRoutingMatter & Traces & Sources & Network & Troubles} DoesRoutingMatterState
 *
 * @param {Store<DoesRoutingMatterState>} store
 * @param {DoesRoutingMatterServices} services
 */
export function actions(store, services) {
  const askReadings = once(isSame);
  const askStudy = once();

  /** @param {Read} of */
  async function read(of) {
    const { geometry, study } = of;
    const { model } = study;
    const drawing = await services.drawingOf(geometry, of.source, of.penWidth);
    /** @param {number} iterations @param {Interventions} [interventions] */
    const lengths = (iterations, interventions) =>
      services.fetchLengths(drawing, { model, geometry, iterations, interventions });
    const spreads = spreadsOf(study);
    const [routed, ...random] = await Promise.all([
      lengths(study.iterations.length),
      ...spreads.map((spread) => lengths(1, { ...NO_INTERVENTIONS, random: shownCouplings(spread) })),
    ]);
    return { of, routed, random: new Map(spreads.map((spread, k) => [spread, random[k]])) };
  }

  return {
    /** Once for each model that has one. @returns {Promise<number>} ms after which it is to be asked for again, or 0 */
    async needRoutings() {
      const { trace, routings } = store.get();
      if (!trace || !wasMeasured(store.get(), "routings") || routings?.model === trace.model) return 0;
      const { model } = trace;
      return askStudy(model, () =>
        attempt(store, { name: "routings" }, () => services.fetchRoutingStudy({ model }), {
          isWanted: () => store.get().trace?.model === model,
          take: (found) => store.set({ routings: found }),
        }),
      );
    },

    /** Once for each drawing and model, where the study is known. @returns {Promise<number>} as `needRoutings` */
    async needReadings() {
      const of = readNow(store.get());
      if (!of || readingsNow(store.get())) return 0;
      return askReadings(of, () =>
        attempt(store, { name: "readings" }, () => read(of), {
          isWanted: () => isSame(readNow(store.get()), of),
          take: (readings) => store.set({ readings }),
        }),
      );
    },
  };
}

/**
 * The random couplings of one spread that the drawing is shown with.
 * @param {number} spread
 * @returns {RandomCouplings}
 */
export const shownCouplings = (spread) => ({ seed: SHOWN_SEED, spread });

/** The spreads of the random couplings of a study, in its order. @param {RoutingStudy} study */
export const spreadsOf = ({ random }) => [...new Set(random.map(({ spread }) => spread))];

/** The study of the network on the page. @param {DoesRoutingMatter & Traces} state */
export const routingsNow = ({ routings, trace }) => (routings && routings.model === trace?.model ? routings : null);

/**
 * What the readings follow from, or null where there is nothing to read.
 * @param {DoesRoutingMatter & Traces & Sources} state
 * @returns {Read | null}
 */
function readNow(state) {
  const { trace, source, penWidth } = state;
  const study = routingsNow(state);
  if (!trace || !study || source.kind === "empty") return null;
  return { source, penWidth, study, geometry: trace.geometry };
}

/** The readings, where they are those of what is on the page. @param {DoesRoutingMatter & Traces & Sources} state */
export const readingsNow = (state) =>
  state.readings && isSame(readNow(state), state.readings.of) ? state.readings : null;

/** @param {Read | null} a @param {Read} b */
function isSame(a, b) {
  return a !== null && a.source === b.source && a.penWidth === b.penWidth && a.study === b.study;
}
