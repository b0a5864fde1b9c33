/** How far this digit may go: what both networks read at each amount of one transformation that was measured. */
/** @import { Trace } from "../../capsules/types.js" @import { Name, Viewpoint } from "../../capsules/viewpoint.js" */
/** @import { Network } from "../trace/network.js" @import { Troubles } from "../trace/troubles.js" */
/** @import { Choice } from "../trace/choosing.js" @import { Traces } from "../trace/traces.js" */
/** @import { Contrast } from "./contrast.js" @import { Following } from "./following.js" */
/** @import { WithViewpoint } from "./viewpoint.js" */
/** @import { Store } from "../../shell/store.js" @import { Studies } from "./studies.js" */
/** @import { Side } from "./viewed.js" */
import { amountsOver } from "../../capsules/paths.js";
import { TRANSFORMATIONS, isSameView } from "../../capsules/viewpoint.js";
import { newestOnce } from "../../shell/once.js";
import { attempt } from "../trace/troubles.js";
import { modelOf } from "./directions.js";
import { othersOf } from "./path.js";
import { studiedCards } from "./studies.js";
import { SIDES, viewedClass } from "./viewed.js";

/**
 * @typedef {object} ReachOrigin what a curve follows from; how far the digit is transformed is no part of it
 * @property {Trace} trace of the upright picture
 * @property {string} model
 * @property {number} label the class that is followed
 * @property {Name} name of the transformation
 * @property {Viewpoint} others the viewpoint, but this transformation at rest
 * @property {readonly number[]} amounts (n), ascending, rest among them
 *
 * @typedef {object} Reach
 * @property {ReachOrigin} of
 * @property {number[]} scores (n) in [0, 1]: the length of the class capsule, or the probability of the class
 * @property {number[]} labels (n) what is read
 *
 * @typedef {{reaches: Readonly<Record<Side, Reach | null>>}} Reaches the last that were asked for
 *
 * @typedef {Reaches & Studies & Following & WithViewpoint & Contrast & Choice & Network & Traces} ReachState
 */

/** @type {Reaches} */
export const initial = { reaches: { capsule: null, cnn: null } };

export const cleared = initial;

/** So many amounts stand on each side of rest where nothing was measured. */
const UNMEASURED_STEPS = 6;

/**
 * @param {Store<ReachState & Troubles>} store
 * @param {{fetchViews: typeof import("../../api/viewpoints.js").fetchViews}} services
 * @param {{needStudies: () => Promise<number>}} others
 */
export function actions(store, { fetchViews }, others) {
  /** @param {Side} side */
  function lineOf(side) {
    /** @type {ReturnType<typeof newestOnce<ReachOrigin>>} */
    const askOnce = newestOnce(isSame);

    /** Ask for one curve. @param {ReachOrigin} of @param {AbortSignal} signal */
    function ask(of, signal) {
      const { trace, model, name, others: elsewhere, amounts, label } = of;
      const viewpoints = amounts.map((amount) => ({ ...elsewhere, [name]: amount }));
      return attempt(
        store,
        { name: `reach-${side}` },
        () => fetchViews(trace.image, viewpoints, { model, geometry: trace.geometry }, signal),
        {
          signal,
          isWanted: () => isSame(originOf(store.get(), side), of),
          take(views) {
            const [scores, labels] = [views.map((view) => view.scores[label]), views.map((view) => view.label)];
            store.set({ reaches: { ...store.get().reaches, [side]: { of, scores, labels } } });
          },
        },
      );
    }

    return async () => {
      const of = originOf(store.get(), side);
      if (!of || reachOf(store.get(), side)?.isBehind === false) return 0;
      return askOnce(of, (signal) => ask(of, signal));
    };
  }
  const lines = SIDES.map(lineOf);

  return {
    /**
     * Once for each digit, class, transformation and network, in one request; the newest question wins.
     * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
     */
    async needReaches() {
      const againIn = await others.needStudies();
      return Math.max(againIn, ...(await Promise.all(lines.map((need) => need()))));
    },
  };
}

/** @type {Map<Name, number[]>} */
const unmeasured = new Map();

/** The same list each time. @param {Name} name */
function evenly(name) {
  const { low, high, rest } = TRANSFORMATIONS[name];
  const amounts = unmeasured.get(name) ?? amountsOver([low, high], rest, UNMEASURED_STEPS);
  unmeasured.set(name, amounts);
  return amounts;
}

/**
 * The amounts of the followed transformation: those of the first study, evenly over its range where there is none.
 * @param {Studies & Following & Network & Traces} state
 * @returns {readonly number[]} ascending
 */
export function amountsNow(state) {
  const study = studiedCards(state)
    .map(({ name }) => state.studies[name])
    .find(Boolean);
  return study?.transformations[state.followed]?.amounts ?? evenly(state.followed);
}

/**
 * @param {ReachState} state
 * @param {Side} side
 * @returns {ReachOrigin | null} null where there is no digit, and no network
 */
function originOf(state, side) {
  const [model, label] = [modelOf(state, side), viewedClass(state)];
  if (!state.trace || model === null || label === null) return null;
  const { trace, followed: name } = state;
  return { trace, model, label, name, others: othersOf(state), amounts: amountsNow(state) };
}

/**
 * The newest curve of a network, of the same transformation, and whether it is of something else than what is on the
 * page now.
 * @param {ReachState} state
 * @param {Side} side
 * @returns {(Reach & {isBehind: boolean}) | null}
 */
export function reachOf(state, side) {
  const [found, of] = [state.reaches[side], originOf(state, side)];
  if (!found || !of || found.of.name !== of.name || found.of.model !== of.model) return null;
  return { ...found, isBehind: !isSame(of, found.of) };
}

/** @param {ReachOrigin | null} a @param {ReachOrigin} b */
const isSame = (a, b) =>
  a !== null &&
  a.trace === b.trace &&
  a.model === b.model &&
  a.label === b.label &&
  a.name === b.name &&
  a.amounts === b.amounts &&
  isSameView(a.others, b.others);

/** All that the curves hang on: how far the digit is transformed along the followed change is no part of it. */
/** @param {ReachState} state */
export const reachHangsOn = (state) => [
  state.trace,
  state.models,
  state.contrast,
  viewedClass(state),
  state.followed,
  ...Object.values(othersOf(state)),
];
