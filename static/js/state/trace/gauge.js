/** How well the winner explains the drawing, beside the test digits. */
/** @import { Gauge, Trace } from "../../capsules/types.js" @import { Network } from "./network.js" */
/** @import { Traces } from "./traces.js" @import { Troubles } from "./troubles.js" */
/** @import { Store } from "../../shell/store.js" */
import { rankOf } from "../../capsules/gauge.js";
import { once } from "../../shell/once.js";
import { untilAnswered } from "../../shell/persisting.js";
import { squaredError } from "../../shell/math.js";
import { isAsTrained, wasMeasured } from "./network.js";
import { attempt } from "./troubles.js";

/**
 * @typedef {object} WithGauge
 * @property {Gauge | null} gauge of one model
 */

/** @type {WithGauge} */
export const initial = { gauge: null };

/** @param {{needGauge: () => unknown}} actions */
export const traced = ({ needGauge }) => needGauge();

/**
 * @param {Store<WithGauge & Traces & Network & Troubles>} store
 * @param {{fetchGauge: typeof import("../../api/client.js").fetchGauge}} services
 */
export function actions(store, { fetchGauge }) {
  const ask = once();
  return {
    /** Once for each model that has one; after a trace, so that the first picture does not wait for it. */
    needGauge: untilAnswered(async () => {
      const { trace, gauge: known } = store.get();
      if (!trace || !wasMeasured(store.get(), "gauge") || known?.model === trace.model) return 0;
      const { model } = trace;
      return attempt(store, { name: "gauge" }, () => ask(model, () => fetchGauge({ model })), {
        isWanted: () => store.get().trace?.model === model,
        take: (gauge) => store.set({ gauge }),
      });
    }),
  };
}

/**
 * How well the winning class explains the drawing, beside the test digits; null where that was not measured: not for
 * this model, not for this number of iterations, or not for a routing that is tampered with. The server says whether it
 * fits badly: by the error, or by its share of the ink.
 * @param {WithGauge & Traces & Network} state
 */
export function fitOf({ trace, gauge, models }) {
  if (!trace || !isAsTrained({ trace, models }) || gauge?.model !== trace.model) return null;
  return placedAmong(gauge, trace);
}

/**
 * Where the error of a reconstruction stands among those of the test digits.
 * @param {Gauge} gauge of the network that drew it
 * @param {Pick<Trace, "image" | "reconstruction" | "doubts">} answer
 */
export function placedAmong(gauge, { image, reconstruction, doubts }) {
  const error = squaredError(reconstruction, image);
  const rank = rankOf(gauge.quantiles, error);
  const ink = Math.max(squaredError(image, new Float32Array(image.length)), 1e-9);
  const relativeRank = gauge.relative_quantiles?.length ? rankOf(gauge.relative_quantiles, error / ink) : rank;
  const isBad = doubts.includes("fits_badly");
  return { error, quantiles: gauge.quantiles, rank, relativeRank, isBad };
}
