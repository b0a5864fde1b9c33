/** Activations that changed places within windows of 2 x 2: what both networks answer before and after. */
/** @import { Trace } from "../../capsules/types.js" @import { Viewpoint } from "../../capsules/viewpoint.js" */
/** @import { Scattered } from "../../api/viewpoints.js" @import { Row } from "../../shell/link.js" */
/** @import { Network } from "../trace/network.js" @import { Traces } from "../trace/traces.js" */
/** @import { Troubles } from "../trace/troubles.js" @import { Store } from "../../shell/store.js" */
/** @import { Contrast } from "./contrast.js" @import { Side } from "./viewed.js" */
/** @import { WithViewpoint } from "./viewpoint.js" */
import { strongestMaps } from "../../capsules/pooling.js";
import { isSameView } from "../../capsules/viewpoint.js";
import { newestOnce } from "../../shell/once.js";
import { attempt } from "../trace/troubles.js";
import { contrastCard } from "./contrast.js";
import { SIDES } from "./viewed.js";

/**
 * @typedef {object} ScatteredFrom what an answer is of
 * @property {Trace} trace of the upright picture
 * @property {string} model
 * @property {Viewpoint} viewpoint
 * @property {number} seed
 *
 * @typedef {Scattered & {of: ScatteredFrom}} ScatteredSeen
 *
 * @typedef {object} Pooling
 * @property {number} scatterSeed which numbers change places with which
 * @property {number | null} pooledMap the map that is shown, from 0; null for the strongest
 * @property {Readonly<Record<Side, ScatteredSeen | null>>} scattered the newest answers
 */

/** @type {Pooling["scattered"]} */
const NOTHING = { capsule: null, cnn: null };

/** @type {Pooling} */
export const initial = { scatterSeed: 0, pooledMap: null, scattered: NOTHING };

export const cleared = { scattered: NOTHING };

/** The server takes no larger one. */
const LAST_SEED = 2 ** 31 - 1;

/** @type {Row<Pooling>[]} */
export const link = [
  {
    key: "scatter",
    what: "how activations were scattered",
    fields: ["scatterSeed"],
    write: ({ scatterSeed }) => (scatterSeed === initial.scatterSeed ? null : String(scatterSeed)),
    read: (text) => ({ scatterSeed: text.whole(0, LAST_SEED) }),
  },
  {
    key: "map",
    what: "the map before the pooling",
    fields: ["pooledMap"],
    write: ({ pooledMap }) => (pooledMap === null ? null : String(pooledMap)),
    read: (text) => ({ pooledMap: text.index() }),
  },
];

/** @typedef {Pooling & WithViewpoint & Contrast & Network & Traces} PoolingState */

/**
 * @param {Store<PoolingState & Troubles>} store
 * @param {{fetchScatter: typeof import("../../api/viewpoints.js").fetchScatter}} services
 */
export function actions(store, { fetchScatter }) {
  /** @type {Record<Side, ReturnType<typeof newestOnce<ScatteredFrom>>>} */
  const askOnce = { capsule: newestOnce(isSame), cnn: newestOnce(isSame) };

  /** @param {Side} side @returns {Promise<number>} as `needScattered` */
  async function need(side) {
    const of = originOf(store.get(), side);
    const known = store.get().scattered[side];
    if (!of || (known && isSame(known.of, of))) return 0;
    return askOnce[side](of, (signal) => ask(side, of, signal));
  }

  /** @param {Side} side @param {ScatteredFrom} of @param {AbortSignal} signal */
  function ask(side, of, signal) {
    const { trace, viewpoint, model, seed } = of;
    return attempt(
      store,
      { name: scatterTrouble(side) },
      () => fetchScatter(trace.image, viewpoint, { model, geometry: trace.geometry, seed }, signal),
      {
        signal,
        isWanted() {
          const now = originOf(store.get(), side);
          return now !== null && isSame(now, of);
        },
        take: (found) => store.set({ scattered: { ...store.get().scattered, [side]: { ...found, of } } }),
      },
    );
  }

  return {
    /**
     * Once for each digit, viewpoint, network and seed.
     * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
     */
    needScattered: async () => Math.max(...(await Promise.all(SIDES.map(need)))),

    /** The activations change places in another way. */
    scatterAgain: () => store.set({ scatterSeed: (store.get().scatterSeed + 1) % (LAST_SEED + 1) }),

    /** @param {number | null} pooledMap from 0; null for the strongest */
    showPooledMap: (pooledMap) => store.set({ pooledMap }),
  };
}

/** What is missing where a network does not answer. @param {Side} side */
export const scatterTrouble = (side) => `scatter-${side}`;

/**
 * @param {PoolingState} state
 * @param {Side} side
 * @returns {ScatteredFrom | null} null where there is nothing to scatter, or nobody to ask
 */
function originOf(state, side) {
  const { trace, viewpoint, scatterSeed: seed } = state;
  const model = side === "capsule" ? trace?.model : contrastCard(state)?.name;
  return trace && model ? { trace, model, viewpoint, seed } : null;
}

/** @param {ScatteredFrom} a @param {ScatteredFrom} b */
const isSame = (a, b) =>
  a.trace === b.trace && a.model === b.model && a.seed === b.seed && isSameView(a.viewpoint, b.viewpoint);

/**
 * The newest answer of a network, and whether it is of something else than what is on the page now.
 * @param {PoolingState} state
 * @param {Side} side
 * @returns {{found: ScatteredSeen, isBehind: boolean} | null}
 */
export function scatteredNow(state, side) {
  const [found, of] = [state.scattered[side], originOf(state, side)];
  return found && of && found.of.model === of.model ? { found, isBehind: !isSame(found.of, of) } : null;
}

/**
 * A tensor of what is before and after.
 * @param {Scattered} scattered
 * @param {string} name of a tensor with 2 in front
 * @returns {[before: Float32Array, after: Float32Array]}
 */
export function bothOf({ tensors }, name) {
  const { data } = tensors[name];
  return [data.subarray(0, data.length / 2), data.subarray(data.length / 2)];
}

/**
 * The same of tensors that are maps.
 * @param {Scattered} scattered
 * @param {string} name of a tensor (2, K, height, width)
 */
export function bothMapsOf(scattered, name) {
  const [, count, height, width] = scattered.tensors[name].shape;
  const [before, after] = bothOf(scattered, name).map((values) => ({ count, height, width, values }));
  return { before, after };
}

/** So many maps can be chosen. */
const CHOICE = 6;

/**
 * The maps that can be looked at, and the one that is.
 * @param {Pooling} state
 * @param {Scattered} scattered of a CNN
 * @returns {{strongest: number[], shown: number}} from 0; a chosen one that is none of the strongest stands last
 */
export function mapsToShow({ pooledMap }, scattered) {
  const { before } = bothMapsOf(scattered, "maps");
  const strongest = strongestMaps(before, CHOICE);
  const isThere = pooledMap !== null && pooledMap < before.count;
  const shown = isThere ? pooledMap : strongest[0];
  return { strongest: strongest.includes(shown) ? strongest : [...strongest.slice(0, -1), shown], shown };
}
