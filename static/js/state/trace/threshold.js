/** Which links are drawn. */
/** @import { Network } from "./network.js" @import { Traces } from "./traces.js" */
/** @import { Store } from "../../shell/store.js" @import { Row } from "../../shell/link.js" */
import { geometryNow } from "./network.js";

/** A link shows from so many even couplings on, unless another threshold is chosen. */
const SHOWN_FROM = 1.05;

/**
 * @typedef {object} Threshold
 * @property {number | null} threshold links with a smaller coupling coefficient are not drawn; null follows the network
 */

/** @type {Threshold} */
export const initial = { threshold: null };

/** @type {Row<Threshold>[]} */
export const link = [
  {
    key: "above",
    what: "which links are drawn",
    fields: ["threshold"],
    write: ({ threshold }) => threshold?.toFixed(3) ?? null,
    read: (text) => ({ threshold: text.number(0, 1) }),
  },
];

/** @param {Store<Threshold>} store */
export const actions = (store) => ({
  /** @param {number} threshold in [0, 1] */
  setThreshold: (threshold) => store.set({ threshold }),
});

/** Links with a smaller coupling coefficient are not drawn. @param {Threshold & Traces & Network} state */
export const thresholdNow = (state) => state.threshold ?? SHOWN_FROM / (geometryNow(state)?.classes ?? Infinity);
