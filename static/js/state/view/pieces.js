/** A digit whose parts are put together wrongly: what each network of the room makes of every arrangement. */
/** @import { Trace } from "../../capsules/types.js" @import { Viewpoint } from "../../capsules/viewpoint.js" */
/** @import { View } from "../../api/viewpoints.js" */
/** @import { Network } from "../trace/network.js" @import { Traces } from "../trace/traces.js" */
/** @import { Troubles } from "../trace/troubles.js" @import { Store } from "../../shell/store.js" */
/** @import { WithGauge } from "../trace/gauge.js" @import { WithViewpoint } from "./viewpoint.js" */
/** @import { Studies } from "./studies.js" */
import { rankOf } from "../../capsules/gauge.js";
import { PIECES, isSameView } from "../../capsules/viewpoint.js";
import { squaredError } from "../../shell/math.js";
import { newestOnce } from "../../shell/once.js";
import { isAsTrained } from "../trace/network.js";
import { attempt } from "../trace/troubles.js";
import { cnnCards } from "./contrast.js";

/**
 * @typedef {object} PiecedFrom what an answer is of
 * @property {Trace} trace of the upright picture
 * @property {Viewpoint} viewpoint whose pieces count for nothing: there is an answer for each
 *
 * @typedef {{of: PiecedFrom, views: readonly View[]}} Pieced a view for each of PIECES, in their order
 *
 * @typedef {{pieced: Readonly<Record<string, Pieced>>}} WithPieces the newest answers by the name of the network
 */

/** @type {WithPieces} */
export const initial = { pieced: {} };

export const cleared = initial;

/** Where nothing was measured, an answer counts as sure above: a length of a class capsule, a probability of a CNN. */
const SURE = { capsule: 0.5, cnn: 0.9 };

/** @typedef {WithPieces & WithViewpoint & Network & Traces} PiecesState */

/** @typedef {{name: string, title: string, hasCapsules: boolean}} Reader a network that reads the arrangements */

/**
 * @param {Store<PiecesState & Troubles>} store
 * @param {{fetchViews: typeof import("../../api/viewpoints.js").fetchViews}} services
 * @param {{needStudies: () => Promise<number>}} others
 */
export function actions(store, { fetchViews }, others) {
  /** @type {Map<string, ReturnType<typeof newestOnce<PiecedFrom>>>} by the name of the network */
  const lines = new Map();

  /** @param {string} model */
  function lineOf(model) {
    const line = lines.get(model) ?? newestOnce(isSame);
    lines.set(model, line);
    return line;
  }

  /** @param {string} model @param {boolean} hasCapsules @returns {Promise<number>} as `needPieces` */
  async function need(model, hasCapsules) {
    const of = originOf(store.get());
    if (!of || piecesOf(store.get(), model)?.isBehind === false) return 0;
    return lineOf(model)(of, (signal) => ask(of, { model, hasCapsules }, signal));
  }

  /** @param {PiecedFrom} of @param {{model: string, hasCapsules: boolean}} reader @param {AbortSignal} signal */
  function ask(of, { model, hasCapsules }, signal) {
    const { trace, viewpoint } = of;
    const viewpoints = PIECES.map((pieces) => ({ ...viewpoint, pieces }));
    const include = hasCapsules ? "reconstruction" : "";
    return attempt(
      store,
      { name: piecesTrouble(model) },
      () => fetchViews(trace.image, viewpoints, { model, geometry: trace.geometry, include }, signal),
      {
        signal,
        isWanted() {
          const now = originOf(store.get());
          return now !== null && isSame(now, of);
        },
        take: (views) => store.set({ pieced: { ...store.get().pieced, [model]: { of, views } } }),
      },
    );
  }

  return {
    /**
     * Once for each digit, viewpoint and network.
     * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
     */
    async needPieces() {
      const waits = readersOf(store.get()).map(({ name, hasCapsules }) => need(name, hasCapsules));
      return Math.max(...(await Promise.all([others.needStudies(), ...waits])));
    },
  };
}

/** What is missing where a network does not answer. @param {string} model */
export const piecesTrouble = (model) => `pieces-${model}`;

/**
 * The networks that read the arrangements: the room's capsule network, and every CNN.
 * @param {Network & Traces} state
 * @returns {Reader[]} none without a trace
 */
export function readersOf(state) {
  const { trace } = state;
  if (!trace) return [];
  return [
    { name: trace.model, title: "the capsule network", hasCapsules: true },
    ...cnnCards(state).map(({ name, title }) => ({ name, title: title || name, hasCapsules: false })),
  ];
}

/** @param {PiecesState} state @returns {PiecedFrom | null} null where there is nothing to cut */
const originOf = ({ trace, viewpoint }) => trace && { trace, viewpoint };

/** @param {PiecedFrom} a @param {PiecedFrom} b */
const isSame = (a, b) =>
  a.trace === b.trace && isSameView({ ...a.viewpoint, pieces: "whole" }, { ...b.viewpoint, pieces: "whole" });

/**
 * The newest answers of a network, and whether they are of something else than what is on the page now.
 * @param {PiecesState} state
 * @param {string} model
 * @returns {(Pieced & {isBehind: boolean}) | null}
 */
export function piecesOf(state, model) {
  const [found, of] = [state.pieced[model], originOf(state)];
  return found && of ? { ...found, isBehind: !isSame(found.of, of) } : null;
}

/**
 * Above which length, or probability, an answer counts as sure: as in the study of that network.
 * @param {Studies} state
 * @param {Pick<Reader, "name" | "hasCapsules">} reader
 */
export const sureAbove = ({ studies }, { name, hasCapsules }) =>
  studies[name]?.sure_above ?? (hasCapsules ? SURE.capsule : SURE.cnn);

/**
 * What a network says of each arrangement.
 * @param {readonly View[]} views
 * @param {number} above which an answer counts as sure
 * @returns {{label: number, score: number, isSure: boolean, isSame: boolean}[]} `isSame`: it is read as the whole is
 */
export const saidOf = (views, above) =>
  views.map(({ label, scores }) => ({
    label,
    score: scores[label],
    isSure: scores[label] > above,
    isSame: label === views[0].label,
  }));

/**
 * How well the decoder's picture fits what the network saw.
 * @param {WithGauge & Traces & Network} state
 * @param {View} view with a reconstruction
 * @returns {{error: number, rank: number | null}} `rank` is how many per cent of the test digits have a smaller error;
 *   null where that was not measured of this network
 */
export function fitOfView({ trace, gauge, models }, { image, reconstruction }) {
  const error = squaredError(/** @type {Float32Array} */ (reconstruction), image);
  const isMeasured = trace && gauge?.model === trace.model && isAsTrained({ trace, models });
  return { error, rank: isMeasured ? rankOf(gauge.quantiles, error) : null };
}
