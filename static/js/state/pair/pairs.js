/** The test pairs, and what the network on the page reads them as. */
/** @import { Network } from "../trace/network.js" @import { Store } from "../../shell/store.js" */
/** @import { Layer } from "../../api/drawing.js" @import { Offset } from "../../capsules/overlap.js" */

/** @typedef {import("../../api/client.js").TestPair} TestPair */

/**
 * @param {Store<Network>} store
 * @param {{fetchPairs: typeof import("../../api/client.js").fetchPairs,
 *   fetchDigits: typeof import("../../api/client.js").fetchDigits}} services
 * @param {{lookAtPair: (layers: readonly [Layer, Layer]) => void}} others
 */
export const actions = (store, { fetchPairs, fetchDigits }, others) => ({
  /** @param {{label?: number, misclassified?: boolean, page: number}} filter */
  pairPage: (filter) => fetchPairs({ ...filter, model: store.get().model }),

  /**
   * The test digits, for one of the layers, and what the server's network for one digit reads them as.
   * @param {{label?: number, misclassified?: boolean, page: number}} filter
   */
  digitPage: (filter) => fetchDigits(filter),

  /** @param {TestPair} pair */
  lookAtTestPair({ digits, offsets }) {
    const layer = (/** @type {number} */ index, /** @type {Offset} */ offset) => ({
      source: { kind: /** @type {const} */ ("digit"), index },
      offset,
    });
    others.lookAtPair([layer(digits[0], offsets[0]), layer(digits[1], offsets[1])]);
  },
});
