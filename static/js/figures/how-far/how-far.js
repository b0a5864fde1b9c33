/** How far digits may go until they are misread: test digits, and the one on the page. */
/** @import { Context, Placed } from "../../widgets/dom.js" @import { Side } from "../../state/view/viewed.js" */
/** @import { AmountCurve } from "../../charts/how-far.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { ENOUGH, contestOf, limitsOf, nearestPoint, readRange } from "../../capsules/how-far.js";
import { REST, amountText } from "../../capsules/viewpoint.js";
import { linearAxis } from "../../charts/axis.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawHowFar } from "../../charts/how-far.js";
import { drawMark } from "../../charts/intervals.js";
import { shareParts } from "../../shell/format.js";
import { className } from "../../state/trace/network.js";
import { amountsNow, reachHangsOn, reachOf } from "../../state/view/how-far.js";
import { studiedCards } from "../../state/view/studies.js";
import { SIDES, viewedClass } from "../../state/view/viewed.js";
import * as words from "../../words/how-far.js";
import { canvasIn, drawWhileSeen, element, partIn } from "../../widgets/dom.js";
import { followedChoice } from "../../widgets/followed.js";
import { whenSettled } from "../../widgets/settled.js";
import { movesAcross } from "./moves.js";
import { marksOf, markOfSide, networksHangOn, networksNow, rangeNow, scoreNow } from "./shown.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountHowFar(root, context) {
  const { store, actions, signal } = context;
  const placed = { ...context, root };
  whenSettled(store, partIn(root, "how-far", HTMLElement), reachHangsOn, actions.needReaches, { signal });
  followedChoice(partIn(root, "how-far-followed", HTMLElement), "how-far-along", context);
  table(placed); // before the plots: its marks are drawn with them
  plots(placed);
  here(placed);
  findings(placed);
  for (const id of ["how-far-shares", "how-far-own"]) movesAcross(canvasIn(root, id), context);
}

/** All that the digit's own curves are drawn from. @param {State} state */
const ownHangsOn = (state) => [
  ...reachHangsOn(state),
  ...networksHangOn(state),
  state.reaches,
  state.viewed,
  state.uprightSeen,
  state.viewpoint,
];

/** Shares in per cent: the level of the sentences stands among them. */
const SHARES = {
  ...linearAxis(0, 1, []),
  ticks: [0, 0.5, ENOUGH, 1].map((value) => ({ value, text: `${100 * value} %` })),
};
const SCORES = linearAxis(0, 1, [0, 0.5, 1]);

/** @param {Placed<State, Actions>} context */
function plots(context) {
  const { root } = context;
  const [shares, own] = ["how-far-shares", "how-far-own"].map((id) => canvasIn(root, id));
  drawWhileSeen(context, partIn(root, "how-far-place", HTMLElement), ownHangsOn, (state) => {
    const [ofShares, ofOwn] = [shares, own].map(fitCanvas);
    for (const canvas of [shares, own]) showSlider(canvas, state);
    drawKeys(root, state);
    if (!state.trace) return;
    const { followed, viewpoint, palette } = state;
    const amounts = amountsNow(state);
    const look = {
      palette,
      amounts,
      texts: amounts.map((amount) => words.tickText(followed, amount)),
      rest: amounts.indexOf(REST[followed]),
      at: viewpoint[followed],
    };
    const networks = networksNow(state);
    const marks = marksOf(networks, palette);
    const measured = networks.map(({ name, points }) => ({
      mark: marks[name],
      dots: points.map(({ amount, share, interval }) => ({ amount, value: share, interval })),
    }));
    if (measured.length) drawHowFar(ofShares.context, measured, { ...ofShares, ...look, up: SHARES, level: ENOUGH });
    drawHowFar(ofOwn.context, ownCurves(state), { ...ofOwn, ...look, up: SCORES, level: null });
    own.classList.toggle(
      "behind",
      SIDES.some((side) => reachOf(state, side)?.isBehind),
    );
  });
}

/** @param {State} state @returns {AmountCurve[]} */
const ownCurves = (state) =>
  SIDES.flatMap((side) => {
    const reach = reachOf(state, side);
    if (!reach) return [];
    const { scores, labels, of } = reach;
    const dots = of.amounts.map((amount, k) => ({ amount, value: scores[k], isHollow: labels[k] !== of.label }));
    return [{ mark: markOfSide(side, state.palette), dots, present: scoreNow(state, side) }];
  });

/** The marks beside the words. @param {HTMLElement} root @param {State} state */
function drawKeys(root, state) {
  const marks = marksOf(networksNow(state), state.palette);
  for (const canvas of /** @type {NodeListOf<HTMLCanvasElement>} */ (root.querySelectorAll("canvas.how-far-key"))) {
    const { network = "", side } = canvas.dataset;
    const mark = side ? markOfSide(/** @type {Side} */ (side), state.palette) : marks[network];
    const { context, width, height } = fitCanvas(canvas);
    if (mark) drawMark(context, mark, state.palette, { x: width / 2, y: height / 2 });
  }
}

/** @param {HTMLCanvasElement} canvas @param {State} state */
function showSlider(canvas, state) {
  const { followed, viewpoint } = state;
  const [low, high] = rangeNow(state);
  const amount = viewpoint[followed];
  canvas.ariaValueMin = String(Math.min(low, amount));
  canvas.ariaValueMax = String(Math.max(high, amount));
  canvas.ariaValueNow = String(amount);
  canvas.ariaValueText = canvas.id === "how-far-own" ? hereTold(state) : amountText(followed, amount);
}

/** @param {Record<string, string>} data */
const keyFor = (data) => {
  const key = element("canvas", { className: "how-far-key", "aria-hidden": "true" });
  Object.assign(key.dataset, data);
  return key;
};

/** A row for each network, with what was measured nearest to where the digit is. @param {Placed<State>} context */
function table({ root, store }) {
  const [nearest, rows, networksPlace, measured, missing, axis, keys] = [
    "nearest",
    "rows",
    "networks",
    "measured",
    "missing",
    "axis",
    "keys",
  ].map((end) => partIn(root, `how-far-${end}`, HTMLElement));
  store.watch(
    (state) => [...networksHangOn(state), state.viewpoint[state.followed]],
    (state) => {
      const amount = state.viewpoint[state.followed];
      const networks = networksNow(state);
      const point = nearestPoint(networks[0]?.points ?? [], amount);
      nearest.textContent = point ? words.columnText(state.followed, point.amount, amount) : "";
      rows.replaceChildren(...networks.map((network) => rowOf(network, amount)));
    },
  );
  store.watch(
    (state) => [state.models, state.trace?.model, state.followed],
    (state) => {
      const isMissing = state.models.length > 0 && state.trace !== null && !studiedCards(state).length;
      for (const part of [networksPlace, measured]) part.hidden = isMissing;
      missing.hidden = !isMissing;
      missing.textContent = isMissing ? words.UNMEASURED : "";
      axis.textContent = `${words.AXIS_TEXT[state.followed]}.`;
    },
  );
  store.watch(
    (state) => [viewedClass(state), state.models, state.trace],
    (state) => {
      const label = viewedClass(state);
      const called = label === null ? "…" : className(state, label);
      keys.replaceChildren(
        element("span", {}, keyFor({ side: "capsule" }), ` length of capsule ${called}`),
        ", ",
        element("span", {}, keyFor({ side: "cnn" }), ` the CNN’s probability of ${called};`),
      );
    },
  );
}

/** @param {ReturnType<typeof networksNow>[number]} network @param {number} amount */
function rowOf({ name, title, digits, points }, amount) {
  const point = nearestPoint(points, amount);
  const cells = (point ? [point, point.sureWrong] : []).map((share) => {
    const [text, interval] = shareParts(share);
    return element("td", {}, `${text} `, element("span", { className: "interval", textContent: interval }));
  });
  const of = element("span", { className: "of", textContent: `${title}; ${words.digitsText(digits)}` });
  return element("tr", {}, element("th", { scope: "row" }, keyFor({ network: name }), ` ${name}`, of), ...cells);
}

/** @param {State} state */
function hereTold(state) {
  const label = viewedClass(state);
  if (label === null) return "";
  return words.hereText({
    name: state.followed,
    amount: state.viewpoint[state.followed],
    range: rangeNow(state),
    called: className(state, label),
    length: scoreNow(state, "capsule"),
    probability: scoreNow(state, "cnn"),
  });
}

/** Where the digit on the page is, and from where to where it is read. @param {Placed<State>} context */
function here({ root, store }) {
  const [now, digit] = ["here", "digit"].map((end) => partIn(root, `how-far-${end}`, HTMLElement));
  store.watch(ownHangsOn, (state) => (now.textContent = hereTold(state)));
  store.watch(
    (state) => [...reachHangsOn(state), state.studies, state.reaches],
    (state) => {
      const parts = SIDES.flatMap((side) => {
        const reach = reachOf(state, side);
        if (!reach || reach.isBehind) return [];
        const { amounts, label, name } = reach.of;
        const isRead = reach.labels.map((read) => read === label);
        return words.ownText(side, readRange(amounts, isRead, REST[name]), { name, called: className(state, label) });
      });
      digit.textContent = words.ownTold(parts);
    },
  );
}

/** @typedef {ReturnType<typeof networksNow>[number] & {network: string, limits: ReturnType<typeof limitsOf>}} Found */

/** What follows from the numbers. @param {Placed<State>} context */
function findings({ root, store }) {
  const [list, sure] = ["told", "sure"].map((end) => partIn(root, `how-far-${end}`, HTMLElement));
  store.watch(networksHangOn, (state) => {
    const { followed: name } = state;
    const networks = networksNow(state).map((network) => ({
      ...network,
      network: network.name,
      limits: limitsOf(network.points, REST[name]),
    }));
    const texts = [
      ...networks.map(({ network, limits, digits }) => words.limitText(network, limits, { name, digits })),
      ...(haveReadTheSame(networks) ? comparisons(networks, state) : [words.NOT_COMPARED]),
      words.sureWrongText(networks, name),
    ].filter(Boolean);
    list.replaceChildren(...texts.map((textContent) => element("li", { textContent })));
    sure.textContent = words.sureMeaning(
      networks.map(({ network, hasCapsules, sureAbove }) => ({ network, hasCapsules, above: sureAbove })),
    );
  });
}

/** Later test digits are of other hands. @param {Found[]} networks */
const haveReadTheSame = (networks) => new Set(networks.map(({ digits }) => digits)).size <= 1;

/** @param {Found[]} networks @param {State} state @returns {string[]} */
function comparisons(networks, state) {
  const { followed: name } = state;
  const [capsule, cnn] = SIDES.map((side) => networks.find((network) => network.side === side));
  const furthest = words.furthestText(networks, { name, ends: rangeNow(state) });
  if (!capsule || !cnn) return [furthest];
  const contest = contestOf(capsule.points, cnn.points, REST[name]);
  return [furthest, words.contestText({ capsule: capsule.name, cnn: cnn.name }, contest)];
}
