/** What the figure shows: every network's points, and both curves of the digit on the page. */
/** @import { Point } from "../../capsules/how-far.js" @import { Mark } from "../../charts/intervals.js" */
/** @import { Palette } from "../../shell/theme.js" @import { Side } from "../../state/view/viewed.js" */
/** @import { State } from "../../state/view/subject.js" */
import { pointsOf } from "../../capsules/how-far.js";
import { REST, isSameView } from "../../capsules/viewpoint.js";
import { contrastCard } from "../../state/view/contrast.js";
import { amountsNow, reachOf } from "../../state/view/how-far.js";
import { othersOf } from "../../state/view/path.js";
import { studiedCards } from "../../state/view/studies.js";
import { bothSeen } from "../../state/view/viewed.js";

/**
 * @typedef {object} Network one of which it was measured
 * @property {string} name
 * @property {string} title
 * @property {boolean} hasCapsules
 * @property {Side | null} side which of the room's two it is; null where it is none
 * @property {number} digits that were read
 * @property {number} sureAbove
 * @property {Point[]} points
 *
 * @param {State} state
 * @returns {Network[]} those that are known, the room's capsule network first
 */
export function networksNow(state) {
  const { studies, followed, trace } = state;
  return studiedCards(state).flatMap(({ name, title, has_capsules: hasCapsules }) => {
    const study = studies[name];
    const points = study ? pointsOf(study, followed) : [];
    if (!points.length) return [];
    const isContrast = contrastCard(state)?.name === name;
    /** @type {Side | null} */
    const side = name === trace?.model ? "capsule" : isContrast ? "cnn" : null;
    return [{ name, title, hasCapsules, side, digits: study.digits, sureAbove: study.sure_above, points }];
  });
}

/** All that the points hang on. @param {State} state */
export const networksHangOn = (state) => [
  state.trace?.model,
  state.models,
  state.studies,
  state.contrast,
  state.followed,
];

/**
 * How a network is drawn: both of the room as elsewhere in it, the others after them.
 * @param {readonly {name: string, side: Side | null}[]} networks
 * @param {Palette} palette
 * @returns {Record<string, Mark>} by their names
 */
export function marksOf(networks, palette) {
  const { ink, muted } = palette;
  /** @type {Mark[]} */
  const others = [
    { shape: "ring", colour: ink },
    { shape: "square", colour: muted },
    { shape: "square", colour: ink },
    { shape: "ring", colour: muted },
  ];
  let k = 0;
  return Object.fromEntries(
    networks.map(({ name, side }) => [name, side ? markOfSide(side, palette) : others[k++ % others.length]]),
  );
}

/** @param {Side} side @param {Palette} palette @returns {Mark} */
export const markOfSide = (side, { accent, negative }) =>
  side === "capsule" ? { shape: "disc", colour: accent } : { shape: "diamond", colour: negative };

/**
 * What a network of the room answers where the digit is, once that is known.
 * @param {State} state
 * @param {Side} side
 * @returns {number | null} the length or the probability of the followed class
 */
export function scoreNow(state, side) {
  const [both, reach] = [bothSeen(state, side), reachOf(state, side)];
  if (!both || both.isBehind || !reach || reach.isBehind) return null;
  const { name, others, label } = reach.of;
  const isOnCurve = isSameView({ ...both.now.of.viewpoint, [name]: REST[name] }, others);
  return isOnCurve && isSameView(others, othersOf(state)) ? both.now.scores[label] : null;
}

/** The lowest and the highest amount. @param {State} state @returns {[low: number, high: number]} */
export function rangeNow(state) {
  const amounts = amountsNow(state);
  return [amounts[0], amounts[amounts.length - 1]];
}
