/** How networks read digits that are made as affNIST is, as it was measured. It hangs on no digit of the page. */
/** @import { AffineStudy } from "../../capsules/affine.js" @import { Troubles } from "../trace/troubles.js" */
/** @import { Store } from "../../shell/store.js" */
import { once } from "../../shell/once.js";
import { attempt } from "../trace/troubles.js";

/** @typedef {{affine: AffineStudy | null}} WithAffine */

/** @type {WithAffine} */
export const initial = { affine: null };

/**
 * @param {Store<WithAffine & Troubles>} store
 * @param {{fetchAffineAccuracy: typeof import("../../api/viewpoints.js").fetchAffineAccuracy}} services
 */
export function actions(store, { fetchAffineAccuracy }) {
  const ask = once();

  return {
    /** Once. @returns {Promise<number>} milliseconds until it is to be asked again, or 0 */
    async needAffine() {
      if (store.get().affine) return 0;
      return ask("affine", () =>
        attempt(store, { name: "affine" }, fetchAffineAccuracy, { take: (affine) => store.set({ affine }) }),
      );
    },
  };
}
