/** The network without capsules that is shown beside: a small CNN with max pooling, of which there are two kinds. */
/** @import { Model } from "../../capsules/types.js" @import { Network } from "../trace/network.js" */
/** @import { Row } from "../../shell/link.js" @import { Store } from "../../shell/store.js" */

import { cardOf } from "../trace/network.js";

/** @typedef {{contrast: string}} Contrast the name of the CNN that is asked */

/** @type {Contrast} */
export const initial = { contrast: "cnn" };

/** @type {Row<Contrast>[]} */
export const link = [
  {
    key: "beside",
    what: "the CNN",
    fields: ["contrast"],
    write: ({ contrast }) => (contrast === initial.contrast ? null : contrast),
    read({ text }) {
      if (!/^[\w-]{1,64}$/.test(text)) throw new RangeError(`no name: ${text}`);
      return { contrast: text };
    },
  },
];

/**
 * @param {Store<Contrast & Network>} store
 * @param {unknown} _services
 * @param {{askViews: () => void, tellLoss: (lost: readonly string[]) => void}} others
 */
export const actions = (store, _services, others) => ({
  /** Another CNN answers. @param {string} contrast its name */
  setContrast(contrast) {
    if (contrast === store.get().contrast) return;
    store.set({ contrast });
    others.askViews();
  },

  /** A link may name a CNN that is not here: then the first one answers. To be called when the networks are known. */
  settleContrast() {
    const { contrast } = store.get();
    const names = cnnCards(store.get()).map(({ name }) => name);
    if (names.includes(contrast) || contrast === initial.contrast) return;
    store.set(initial);
    others.tellLoss([link[0].what]);
  },
});

/**
 * The CNNs that read one digit, the one that is shown first before the others.
 * @param {Network} state
 * @returns {Model[]}
 */
export function cnnCards({ models }) {
  const cards = models.filter(({ has_capsules: hasCapsules, task }) => !hasCapsules && task === "digit");
  return cards.sort((a, b) => Number(b.name === initial.contrast) - Number(a.name === initial.contrast));
}

/**
 * What the two networks of the room learnt from, if it is not the same.
 * @param {Contrast & Network} state
 * @returns {{capsule: Model, cnn: Model, alike: Model | null} | null} null where it is the same; `alike` a capsule
 *   network that learnt from what the CNN learnt from
 */
export function learntApart(state) {
  const [capsule, cnn] = [cardOf(state), contrastCard(state)];
  if (!capsule || !cnn || capsule.dataset === cnn.dataset) return null;
  const alike = state.models.find(({ has_capsules: hasCapsules, dataset }) => hasCapsules && dataset === cnn.dataset);
  return { capsule, cnn, alike: alike ?? null };
}

/**
 * The card of the CNN that is asked.
 * @param {Contrast & Network} state
 * @returns {Model | null} null where there is none, and until the networks are known
 */
export function contrastCard(state) {
  const cards = cnnCards(state);
  return cards.find(({ name }) => name === state.contrast) ?? cards[0] ?? null;
}
