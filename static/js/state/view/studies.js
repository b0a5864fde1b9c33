/** How far test digits may go until they are misread, as it was measured of each network that reads one digit. */
/** @import { Model } from "../../capsules/types.js" @import { ViewpointAccuracy } from "../../capsules/how-far.js" */
/** @import { Network } from "../trace/network.js" @import { Traces } from "../trace/traces.js" */
/** @import { Troubles } from "../trace/troubles.js" @import { Store } from "../../shell/store.js" */
import { once } from "../../shell/once.js";
import { attempt } from "../trace/troubles.js";

/** @typedef {{studies: Readonly<Record<string, ViewpointAccuracy>>}} Studies by the name of the network */

/** @type {Studies} */
export const initial = { studies: {} };

/**
 * @param {Store<Studies & Network & Traces & Troubles>} store
 * @param {{fetchViewpointAccuracy: typeof import("../../api/viewpoints.js").fetchViewpointAccuracy}} services
 */
export function actions(store, { fetchViewpointAccuracy }) {
  /** One answer for whoever asks the same. @type {ReturnType<typeof once<string>>} */
  const ask = once();

  /** @param {string} model */
  async function need(model) {
    if (store.get().studies[model]) return 0;
    return ask(model, () =>
      attempt(store, { name: "viewpoint-accuracy", key: model }, () => fetchViewpointAccuracy({ model }), {
        take: (found) => store.set({ studies: { ...store.get().studies, [model]: found } }),
      }),
    );
  }

  return {
    /**
     * Of every network that has one, once.
     * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
     */
    needStudies: async () =>
      Math.max(0, ...(await Promise.all(studiedCards(store.get()).map(({ name }) => need(name))))),
  };
}

/**
 * The networks of which it was measured: the room's capsule network, other ones, and those without capsules.
 * @param {Network & Traces} state
 * @returns {Model[]} none without a trace, and until the networks are known
 */
export function studiedCards({ models, trace }) {
  if (!trace) return [];
  const rank = (/** @type {Model} */ card) => (card.name === trace.model ? 0 : card.has_capsules ? 1 : 2);
  return models
    .filter(({ task, measured }) => task === "digit" && measured.includes("viewpoint-accuracy"))
    .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));
}
