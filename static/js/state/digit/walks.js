/** The actions of the figure that walks between two digits. They come when it does. */
/** @import { BetweenActions, BetweenStore } from "./between.js" @import { WalkServices } from "./walking.js" */

/**
 * @param {BetweenStore} store
 * @param {WalkServices} services
 * @param {{dialClassTo: (label: number, offsets: number[]) => void}} others
 */
export const actions = (store, services, others) => ({
  /** @returns {Promise<BetweenActions>} */
  walking: async () =>
    (await import("./between.js")).betweenActions(store, services, (label, offsets) =>
      others.dialClassTo(label, offsets),
    ),
});
