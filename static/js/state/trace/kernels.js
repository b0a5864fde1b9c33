/** What the maps of Conv1 look for: a network's kernels, which only those who point at a map see. */
/** @import { Traces } from "./traces.js" @import { Troubles } from "./troubles.js" */
/** @import { Store } from "../../shell/store.js" */
import { once } from "../../shell/once.js";
import { attempt } from "./troubles.js";

/**
 * @typedef {object} WithKernels
 * @property {{model: string, kernels: Float32Array} | null} kernels (maps, k, k) of one model
 */

/** @type {WithKernels} */
export const initial = { kernels: null };

/**
 * @param {Store<WithKernels & Traces & Troubles>} store
 * @param {{fetchKernels: typeof import("../../api/client.js").fetchKernels}} services
 */
export function actions(store, { fetchKernels }) {
  const ask = once();
  return {
    /**
     * Once for each model, when one of its maps is pointed at; where they did not come, with the next map again.
     * @returns {Promise<number>} ms after which they may be asked for again, or 0
     */
    async needKernels() {
      const { trace, kernels: known } = store.get();
      if (!trace || known?.model === trace.model) return 0;
      const { model } = trace;
      return ask(model, () =>
        attempt(store, { name: "kernels" }, () => fetchKernels({ model }), {
          isWanted: () => store.get().trace?.model === model,
          take: (kernels) => store.set({ kernels: { model, kernels } }),
        }),
      );
    },
  };
}

/**
 * The kernels of the network on the page, (maps, k, k).
 * @param {WithKernels & Traces} state
 * @returns {Float32Array | null} null while they are not there
 */
export const kernelsNow = ({ trace, kernels }) => (trace && kernels?.model === trace.model ? kernels.kernels : null);
