/** What both networks answer to the digit from the present viewpoint, and to the upright one. */
/** @import { Trace } from "../../capsules/types.js" */
/** @import { Viewpoint } from "../../capsules/viewpoint.js" @import { View } from "../../api/viewpoints.js" */
/** @import { Choice } from "../trace/choosing.js" @import { Network } from "../trace/network.js" */
/** @import { Traces } from "../trace/traces.js" @import { Troubles } from "../trace/troubles.js" */
/** @import { Contrast } from "./contrast.js" @import { WithViewpoint } from "./viewpoint.js" */
/** @import { Store } from "../../shell/store.js" */
import { REST, isSameView, isUpright } from "../../capsules/viewpoint.js";
import { isPassing } from "../../shell/errors.js";
import { newestWins } from "../../shell/latest.js";
import { shownClass } from "../trace/choosing.js";
import { settle, tell } from "../trace/troubles.js";
import { contrastCard } from "./contrast.js";

/** The two networks of the room. */
export const SIDES = /** @type {const} */ (["capsule", "cnn"]);

/** @typedef {typeof SIDES[number]} Side */

/**
 * @typedef {object} SeenFrom what an answer is of
 * @property {Trace} trace of the upright picture
 * @property {string} model
 * @property {Viewpoint} viewpoint
 * @property {number | null} label the class whose capsule is drawn; null for a CNN
 *
 * @typedef {View & {of: SeenFrom}} Seen
 * @typedef {Readonly<Record<Side, Seen | null>>} BySide
 *
 * @typedef {object} WithViews
 * @property {BySide} viewed the newest answers; each says of which viewpoint it is
 * @property {BySide} uprightSeen the same of the upright picture
 */

/** @type {BySide} */
const NOTHING = { capsule: null, cnn: null };

/** @type {WithViews} */
export const initial = { viewed: NOTHING, uprightSeen: NOTHING };

export const cleared = initial;

/** @param {{askViews: () => void, settleContrast: () => void}} actions */
export function traced({ askViews, settleContrast }) {
  settleContrast();
  askViews();
}

/** @param {{askViews: () => void}} actions */
export const chosen = ({ askViews }) => askViews();

/** What is asked beside a picture. */
const INCLUDED = { capsule: "reconstruction", cnn: "pooled" };

/** @typedef {WithViews & WithViewpoint & Contrast & Choice & Network & Traces} ViewState */

/**
 * @param {Store<ViewState & Troubles>} store
 * @param {{fetchViews: typeof import("../../api/viewpoints.js").fetchViews}} services
 * @param {{waitForServer: (error: unknown, kept: string) => void}} others
 */
export function actions(store, { fetchViews }, others) {
  /** Of each network one question is under way, and of the others only the newest waits. @param {Side} side */
  function lineOf(side) {
    return newestWins(
      async (/** @type {SeenFrom} */ of, signal) => {
        const known = uprightOf(store.get(), side, of);
        const viewpoints = isUpright(of.viewpoint) ? [REST] : known ? [of.viewpoint] : [REST, of.viewpoint];
        const { model, trace, label } = of;
        const asked = { model, geometry: trace.geometry, label: label ?? undefined, include: INCLUDED[side] };
        const views = await fetchViews(trace.image, viewpoints, asked, signal);
        const seen = views.map((view, k) => ({ ...view, of: { ...of, viewpoint: viewpoints[k] } }));
        return { upright: known ?? seen[0], now: seen[seen.length - 1] };
      },
      ({ upright, now }, of) => {
        if (!isOfThese(store.get(), side, of)) return;
        settle(store, troubleName(side));
        const { viewed, uprightSeen } = store.get();
        store.set({ viewed: { ...viewed, [side]: now }, uprightSeen: { ...uprightSeen, [side]: upright } });
      },
      (error, of) => {
        if (!isOfThese(store.get(), side, of)) return;
        if (isPassing(error)) others.waitForServer(error, "Your drawing and the viewpoint are kept");
        else tell(store, troubleName(side), error);
      },
    );
  }
  const lines = { capsule: lineOf("capsule"), cnn: lineOf("cnn") };

  return {
    /** Ask both networks what they make of the present viewpoint, where that is not known. */
    askViews() {
      for (const side of SIDES) {
        const of = questionOf(store.get(), side);
        if (of && !isSame(of, store.get().viewed[side]?.of)) lines[side].push(of);
        else {
          lines[side].cancel(); // what is under way is older than what is shown
          if (of) settle(store, troubleName(side));
        }
      }
    },
  };
}

/** What is missing where a network does not answer. @param {Side} side */
export const troubleName = (side) => `view-${side}`;

/**
 * The class that is followed: the selected one, else the winner of the upright picture.
 * @param {Choice & Traces} state
 * @returns {number | null} null without a trace
 */
export const viewedClass = (state) => shownClass(state);

/**
 * What is to be asked now.
 * @param {ViewState} state
 * @param {Side} side
 * @returns {SeenFrom | null} null where there is nothing to ask, or nobody
 */
function questionOf(state, side) {
  const { trace, viewpoint } = state;
  if (!trace) return null;
  if (side === "capsule") return { trace, model: trace.model, viewpoint, label: viewedClass(state) };
  const card = contrastCard(state);
  return card && { trace, model: card.name, viewpoint, label: null };
}

/**
 * Whether an answer is of a network that is still on the page.
 * @param {ViewState} state
 * @param {Side} side
 * @param {SeenFrom} of
 */
const isOfThese = (state, side, of) => questionOf(state, side)?.model === of.model;

/**
 * The answer to the upright picture, where it is known.
 * @param {ViewState} state
 * @param {Side} side
 * @param {SeenFrom} of
 * @returns {Seen | null}
 */
function uprightOf({ uprightSeen, viewed }, side, of) {
  const upright = { ...of, viewpoint: REST };
  return [uprightSeen[side], viewed[side]].find((seen) => seen && isSame(upright, seen.of)) ?? null;
}

/** @param {SeenFrom} a @param {SeenFrom} [b] */
const isSame = (a, b) =>
  b !== undefined &&
  a.trace === b.trace &&
  a.model === b.model &&
  a.label === b.label &&
  isSameView(a.viewpoint, b.viewpoint);

/**
 * @typedef {object} BothSeen
 * @property {Seen} now the newest answer of a network; `now.of.viewpoint` says from where
 * @property {Seen} upright its answer to the upright picture, of the same trace and class
 * @property {boolean} isBehind whether it is not of the present viewpoint yet
 *
 * A network's newest answer, and beside it that to the upright picture.
 * @param {ViewState} state
 * @param {Side} side
 * @returns {BothSeen | null} null while there is none
 */
export function bothSeen(state, side) {
  const [now, upright] = [state.viewed[side], state.uprightSeen[side]];
  const of = questionOf(state, side);
  if (!of || !now || !upright || now.of.model !== of.model) return null; // another CNN was chosen meanwhile
  return { now, upright, isBehind: !isSame(of, now.of) };
}
