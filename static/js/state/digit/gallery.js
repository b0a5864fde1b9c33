/** The 10,000 test digits, and what the network on the page reads them as. */
/** @import { Network } from "../trace/network.js" @import { Store } from "../../shell/store.js" */

/** @typedef {import("../../api/client.js").Digit} Digit */

/**
 * @param {Store<Network>} store
 * @param {{fetchDigits: typeof import("../../api/client.js").fetchDigits}} services
 */
export const actions = (store, { fetchDigits }) => ({
  /** @param {{label?: number, misclassified?: boolean, page: number}} filter */
  digitPage: (filter) => fetchDigits({ ...filter, model: store.get().model }),
});
