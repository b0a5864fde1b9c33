/** What the picture of the sum shows. @import { Store } from "../../shell/store.js" */
import { choice } from "../../shell/link.js";

export const SHOWN = /** @type {const} */ (["sum", "layers", "reconstructions"]);

/** @typedef {{shownOnSum: typeof SHOWN[number]}} ShownOnSum */

/** @type {ShownOnSum} */
export const initial = { shownOnSum: "sum" };

export const link = [choice("show", "what the picture of the sum shows", "shownOnSum", SHOWN)];

/** @param {Store<ShownOnSum>} store */
export const actions = (store) => ({
  /** @param {ShownOnSum["shownOnSum"]} shownOnSum */
  showOnSum: (shownOnSum) => store.set({ shownOnSum }),
});
