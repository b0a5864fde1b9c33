/** This digit's way while it is transformed: what both networks make of it at each amount of one transformation. */
/** @import { Trace } from "../../capsules/types.js" @import { Name, Viewpoint } from "../../capsules/viewpoint.js" */
/** @import { Troubles } from "../trace/troubles.js" @import { Store } from "../../shell/store.js" */
/** @import { DirectionsState } from "./directions.js" @import { Seen, Side, WithViews } from "./viewed.js" */
import { amountsOver } from "../../capsules/paths.js";
import { REST, isSameView } from "../../capsules/viewpoint.js";
import { newestOnce } from "../../shell/once.js";
import { attempt } from "../trace/troubles.js";
import { directionOf, modelOf } from "./directions.js";
import { SIDES, bothSeen, viewedClass } from "./viewed.js";

/** So many viewpoints stand on each side of rest: a multiple of how many were measured there, 4. */
export const STEPS_A_SIDE = 12;

/**
 * @typedef {object} WayOrigin what a way follows from
 * @property {Trace} trace of the upright picture
 * @property {string} model
 * @property {number} label the class whose capsule is followed
 * @property {Name} name of the transformation
 * @property {Viewpoint} others the viewpoint, but this transformation at rest
 * @property {number[]} range its lowest amount and its highest, as measured
 *
 * @typedef {object} Way
 * @property {WayOrigin} of
 * @property {number[]} amounts (n) rest in the middle
 * @property {Float32Array[]} features (n) the pose of the class, or what a CNN's answer is made of
 *
 * @typedef {{ways: Readonly<Record<Side, Way | null>>}} Ways the last that were asked for
 *
 * @typedef {Ways & WithViews & DirectionsState} WaysState
 */

/** @type {Ways} */
export const initial = { ways: { capsule: null, cnn: null } };

export const cleared = initial;

/**
 * @param {Store<WaysState & Troubles>} store
 * @param {{fetchViews: typeof import("../../api/viewpoints.js").fetchViews}} services
 * @param {{needDirections: () => Promise<number>}} others
 */
export function actions(store, { fetchViews }, others) {
  /** @type {Record<Side, ReturnType<typeof newestOnce<WayOrigin>>>} */
  const ask = { capsule: newestOnce(isSame), cnn: newestOnce(isSame) };

  /** @param {WayOrigin} of @param {Side} side @param {AbortSignal} signal @returns {Promise<Way>} */
  async function walk(of, side, signal) {
    const { trace, model, name, others: elsewhere } = of;
    const amounts = amountsOver(of.range, REST[name], STEPS_A_SIDE);
    const viewpoints = amounts.map((amount) => ({ ...elsewhere, [name]: amount }));
    const views = await fetchViews(trace.image, viewpoints, { model, geometry: trace.geometry }, signal);
    return { of, amounts, features: views.map((view) => featuresOf({ ...view, of }, side)) };
  }

  /** @param {Side} side */
  async function needWay(side) {
    const of = originOf(store.get(), side);
    if (!of || wayNow(store.get(), side)) return 0;
    return ask[side](of, (signal) =>
      attempt(store, { name: `way-${side}` }, () => walk(of, side, signal), {
        signal,
        isWanted: () => isSame(originOf(store.get(), side), of),
        take: (way) => store.set({ ways: { ...store.get().ways, [side]: way } }),
      }),
    );
  }

  return {
    /**
     * Once for each digit, class, transformation and network; how far the digit is transformed changes none of it.
     * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
     */
    async needWays() {
      const againIn = await others.needDirections();
      return Math.max(againIn, ...(await Promise.all(SIDES.map(needWay))));
    },
  };
}

/**
 * What is followed of an answer: the pose of its class, or the features of a CNN.
 * @param {Pick<Seen, "poses" | "features"> & {of: {trace: Trace, label: number | null}}} seen
 * @param {Side} side
 * @returns {Float32Array} (F), of its own
 */
export function featuresOf({ poses, features, of: { trace, label } }, side) {
  if (side === "cnn") return /** @type {Float32Array} */ (features).slice();
  const { poseDim } = trace.geometry;
  return /** @type {Float32Array} */ (poses).slice((label ?? 0) * poseDim, ((label ?? 0) + 1) * poseDim);
}

/**
 * The viewpoint, but the followed transformation at rest.
 * @param {Pick<WaysState, "viewpoint" | "followed">} state
 * @returns {Viewpoint}
 */
export const othersOf = ({ viewpoint, followed }) => ({ ...viewpoint, [followed]: REST[followed] });

/**
 * @param {DirectionsState} state
 * @param {Side} side
 * @returns {WayOrigin | null} null where there is no digit, no network, and nothing measured of it
 */
function originOf(state, side) {
  const [model, label, measured] = [modelOf(state, side), viewedClass(state), directionOf(state, side)];
  if (!state.trace || model === null || label === null || !measured) return null;
  const range = [measured.amounts[0], measured.amounts[measured.amounts.length - 1]];
  return { trace: state.trace, model, label, name: state.followed, others: othersOf(state), range };
}

/** The way, where it is of what is on the page. @param {WaysState} state @param {Side} side */
export function wayNow(state, side) {
  const way = state.ways[side];
  return way && isSame(originOf(state, side), way.of) ? way : null;
}

/**
 * What is followed of a network's answer to the present viewpoint, where that lies on the way.
 * @param {WaysState} state
 * @param {Side} side
 * @returns {{features: Float32Array, amount: number} | null}
 */
export function placeNow(state, side) {
  const [way, both] = [wayNow(state, side), bothSeen(state, side)];
  if (!way || !both) return null;
  const { now } = both;
  const { name, others } = way.of;
  if (!isSameView({ ...now.of.viewpoint, [name]: REST[name] }, others)) return null;
  if (now.of.trace !== way.of.trace || now.of.model !== way.of.model) return null;
  if (side === "capsule" && now.of.label !== way.of.label) return null;
  return { features: featuresOf(now, side), amount: now.of.viewpoint[name] };
}

/** @param {WayOrigin | null} a @param {WayOrigin} b */
const isSame = (a, b) =>
  a !== null &&
  a.trace === b.trace &&
  a.model === b.model &&
  a.label === b.label &&
  a.name === b.name &&
  isSameView(a.others, b.others);
