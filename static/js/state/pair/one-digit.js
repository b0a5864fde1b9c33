/** What a network that has never seen two digits makes of the sum, and of each of the two alone at the same size. */
/** @import { Answer, Gauge, Model, Trace } from "../../capsules/types.js" */
/** @import { Geometry } from "../../capsules/geometry.js" */
/** @import { PartKind, WithParts } from "../trace/parts.js" @import { Network } from "../trace/network.js" */
/** @import { Traces } from "../trace/traces.js" @import { Troubles } from "../trace/troubles.js" */
/** @import { Store } from "../../shell/store.js" */
import { geometryOf } from "../../capsules/geometry.js";
import { hasInk, layerOf } from "../../capsules/overlap.js";
import { rowsOf, scaledTo } from "../../capsules/scaling.js";
import { once } from "../../shell/once.js";
import { placedAmong } from "../trace/gauge.js";
import { classNamesNow } from "../trace/network.js";
import { partOf } from "../trace/parts.js";
import { attempt } from "../trace/troubles.js";

/**
 * @typedef {object} ReadAsOne
 * @property {Model} card of the network for one digit
 * @property {Answer} sum
 * @property {readonly [Answer | null, Answer | null]} alone each layer where it lies in the picture; null where one of
 *   the two is empty, for then the sum is the other
 *
 * @typedef {object} WithOneDigitGauge
 * @property {Gauge | null} oneDigitGauge of the network for one digit
 *
 * @typedef {Network & Traces} OneDigitState
 */

/** @type {WithOneDigitGauge} */
export const initial = { oneDigitGauge: null };

export const lasting = ["oneDigitGauge"];

/**
 * The network for one digit that reads drawings, and is compared: the server's default, if it has capsules and the
 * classes of the network for pairs; else another that has.
 * @param {OneDigitState} state
 * @returns {Model | null}
 */
export function oneDigitCard(state) {
  const { models, defaultModel } = state;
  const names = classNamesNow(state).join();
  const suited = models.filter(
    (card) => card.task === "digit" && Boolean(card.routing_iterations) && card.class_names.join() === names,
  );
  return suited.find(({ name }) => name === defaultModel) ?? suited[0] ?? null;
}

/** @type {PartKind<ReadAsOne, OneDigitState, {fetchAnswer: typeof import("../../api/client.js").fetchAnswer}>} */
const ONE_DIGIT = {
  name: "one-digit",
  detail: (state) => oneDigitCard(state)?.name ?? null,
  async ask({ fetchAnswer }, _drawing, trace, state) {
    const card = /** @type {Model} */ (oneDigitCard(state));
    const geometry = geometryOf(card);
    const read = (/** @type {Float32Array} */ picture) =>
      fetchAnswer(smaller(trace.geometry, picture, geometry), {
        model: card.name,
        geometry,
        iterations: card.routing_iterations,
      });
    const [a, b] = inkedLayers(trace);
    const [sum, ...alone] = await Promise.all([read(trace.image), a && b ? read(a) : null, a && b ? read(b) : null]);
    return { card, sum, alone: [alone[0], alone[1]] };
  },
};

/** @param {Geometry} from @param {Float32Array} picture @param {Geometry} to @returns {number[][]} */
const smaller = (from, picture, to) => rowsOf(scaledTo(from, picture, to), to);

/** @param {Trace} trace @returns {(Float32Array | null)[]} each layer, or null where it has no ink */
const inkedLayers = ({ geometry, layers }) =>
  [0, 1].map((k) => {
    const layer = layers && layerOf(geometry, layers, k);
    return layer && hasInk(layer) ? layer : null;
  });

/** What belongs to the pair that is shown; null until it is there. @param {OneDigitState & WithParts} state */
export const readAsOne = (state) => partOf(state, ONE_DIGIT);

/**
 * How well an answer explains its picture, beside the test digits; null where that was not measured of its network.
 * @param {WithOneDigitGauge} state
 * @param {Answer} answer
 */
export const fitAsOne = ({ oneDigitGauge }, answer) =>
  oneDigitGauge?.model === answer.model ? placedAmong(oneDigitGauge, answer) : null;

/**
 * @param {Store<WithOneDigitGauge & OneDigitState & WithParts & Troubles>} store
 * @param {{fetchGauge: typeof import("../../api/client.js").fetchGauge,
 *   fetchAnswer: typeof import("../../api/client.js").fetchAnswer}} services
 * @param {{needPart: (kind: typeof ONE_DIGIT) => Promise<number>}} others
 */
export function actions(store, { fetchGauge }, others) {
  const ask = once();
  return {
    /** @returns {Promise<number>} milliseconds after which it is to be asked for again, or 0 */
    needOneDigit: () => others.needPart(ONE_DIGIT),

    /** Once for the network that is compared, if it has one. @returns {Promise<number>} as `needOneDigit` */
    async needOneDigitGauge() {
      const card = oneDigitCard(store.get());
      if (!card?.measured.includes("gauge") || store.get().oneDigitGauge?.model === card.name) return 0;
      const { name: model } = card;
      return ask(model, () =>
        attempt(store, { name: "one-digit-gauge" }, () => fetchGauge({ model }), {
          take: (oneDigitGauge) => store.set({ oneDigitGauge }),
        }),
      );
    },
  };
}
