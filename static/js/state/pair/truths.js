/** What each layer is: what a test digit was labelled as, or what the network for one digit reads in it alone. */
/** @import { Digit } from "../../api/client.js" @import { Source } from "../../api/drawing.js" */
/** @import { Network } from "../trace/network.js" @import { Traces } from "../trace/traces.js" */
/** @import { Troubles } from "../trace/troubles.js" @import { Store } from "../../shell/store.js" */
/** @import { Layers, Which } from "./layers.js" */
import { geometryOf } from "../../capsules/geometry.js";
import { withOne } from "../../shell/arrays.js";
import { once } from "../../shell/once.js";
import { attempt } from "../trace/troubles.js";
import { ENDINGS, layersOf } from "./layers.js";
import { oneDigitCard } from "./one-digit.js";

/**
 * @typedef {object} Truth
 * @property {Source} source that it is about
 * @property {number} label
 * @property {"label" | "network"} by whom: somebody labelled the test digit, or a network read the drawing alone
 *
 * @typedef {{truths: readonly [Truth | null, Truth | null]}} Truths
 */

/** @type {Truths} */
export const initial = { truths: [null, null] };

/**
 * What a layer is; null where that is not known.
 * @param {Truths & Layers} state
 * @param {Which} k
 */
export function truthOf(state, k) {
  const truth = state.truths[k];
  return truth && truth.source === layersOf(state)[k].source ? truth : null;
}

/**
 * @param {Store<Truths & Layers & Network & Traces & Troubles>} store
 * @param {{fetchDigit: (index: number) => Promise<Pick<Digit, "label">>,
 *   drawingOf: typeof import("../../api/drawing.js").drawingOf,
 *   fetchLabel: typeof import("../../api/client.js").fetchLabel}} services
 * @param {{needModels: () => Promise<void>}} others
 */
export function actions(store, { fetchDigit, drawingOf, fetchLabel }, others) {
  const ask = once();

  /** @param {Source} source @returns {Promise<Truth | null>} null of a drawing, if no network for one digit is here */
  async function find(source) {
    if (source.kind === "digit") return { source, label: (await fetchDigit(source.index)).label, by: "label" };
    await others.needModels();
    const card = oneDigitCard(store.get());
    if (!card) return null;
    const drawing = await drawingOf(geometryOf(card), source, store.get().penWidth);
    return { source, label: await fetchLabel(drawing, { model: card.name }), by: "network" };
  }

  /** @param {Which} k @returns {Promise<number>} as `needTruths` */
  async function need(k) {
    const { source } = layersOf(store.get())[k];
    if (source.kind === "empty" || truthOf(store.get(), k)) return 0;
    return attempt(store, { name: `truth-${ENDINGS[k]}` }, () => ask(source, () => find(source)), {
      isWanted: () => layersOf(store.get())[k].source === source,
      take: (truth) => store.set({ truths: withOne(store.get().truths, k, truth) }),
    });
  }

  return {
    /**
     * To be called when the layers stand still. Whoever calls while a layer is asked for gets the same answer.
     * @returns {Promise<number>} milliseconds after which it is to be called again; 0 where it is not
     */
    needTruths: async () => Math.max(...(await Promise.all([need(0), need(1)]))),
  };
}
