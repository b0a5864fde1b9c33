/** The test digits and one drawing read with uniform, routed and random couplings. */
/** @import { Context, Placed } from "../../widgets/dom.js" @import { Way } from "../../words/does-routing-matter.js" */
/** @import { Actions, State } from "../../state/digit/subject.js" @import { Axis } from "../../charts/axis.js" */
import { drawBars } from "../../charts/bars.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawShares, drawSharesAxis, sharesAxis } from "../../charts/shares.js";
import { lengthText, thousands } from "../../shell/format.js";
import { argmax } from "../../shell/math.js";
import { readingsNow, routingsNow, shownCouplings } from "../../state/digit/does-routing-matter.js";
import { wasMeasured } from "../../state/trace/network.js";
import {
  answerText,
  errorsText,
  findings,
  soText,
  unmeasuredText,
  wayText,
  waysOf,
} from "../../words/does-routing-matter.js";
import { canvasIn, drawOn, element, partIn } from "../../widgets/dom.js";
import { rove } from "../../widgets/roving.js";
import { whenSettled } from "../../widgets/settled.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountDoesRoutingMatter(root, context) {
  const placed = { ...context, root };
  ask(placed);
  table(placed);
  conclusions(placed);
}

/** @param {Placed<State, Actions>} context */
function ask({ root, store, actions, signal }) {
  whenSettled(
    store,
    partIn(root, "does-routing-matter", HTMLElement),
    ({ trace, models, routings, readings }) => [trace, models, routings, readings],
    async () => (await actions.needRoutings()) || actions.needReadings(),
    { signal },
  );
}

/**
 * @typedef {ReturnType<typeof makeRow>} Row
 * @param {Way} way
 * @param {(way: Way) => void} show
 */
function makeRow(way, show) {
  const [shares, bars] = [
    element("canvas", { className: "shares", role: "img" }),
    element("canvas", { className: "bars", role: "img" }),
  ];
  const answer = element("b", { textContent: "–" });
  const length = element("span", { className: "own-length" });
  const button = element("button", {
    type: "button",
    className: "quiet",
    textContent: "Show",
    "data-picture-skip": "",
    "aria-label": `Show the whole page routed so: ${way.name}`,
    title: "Route the whole page so",
  });
  button.addEventListener("click", () => show(way));
  shares.ariaLabel = wayText(way);
  const row = element(
    "li",
    {},
    element("span", { className: "way", textContent: way.name }),
    shares,
    element("span", { className: "errors", textContent: errorsText(way.errors) }),
    element("span", { className: "length", textContent: lengthText(way.length) }),
    bars,
    answer,
    length,
    button,
  );
  return { way, row, shares, bars, answer, length, button };
}

/** @param {Placed<State, Actions>} context */
function table(context) {
  const { root, store, actions } = context;
  const [place, list] = ["matter-study", "matter-rows"].map((id) => partIn(root, id, HTMLElement));
  const scale = canvasIn(root, "matter-scale");
  /** @type {Row[]} */
  let rows = [];

  rove(list, "button", context.signal);

  /** @param {Way} way */
  function show({ iterations, spread }) {
    if (spread !== undefined) return actions.holdCouplings(shownCouplings(spread));
    if (store.get().interventions.uniform || store.get().interventions.random) actions.holdCouplings(null);
    if (iterations !== undefined) actions.setIterations(iterations);
  }

  store.watch(
    (state) => [routingsNow(state)],
    (state) => {
      const [study, classes] = [routingsNow(state), state.trace?.geometry.classes];
      // Until this network's study is there, no other's stands in its place.
      rows = study && classes !== undefined ? waysOf(study, classes).map((way) => makeRow(way, show)) : [];
      list.replaceChildren(...rows.map(({ row }) => row));
    },
  );
  store.watch(
    (state) => [state.trace, state.iterations, state.interventions, routingsNow(state)],
    (state) => rows.forEach(({ way, button }) => (button.ariaPressed = String(isOn(way, state)))),
  );
  drawOn(
    context,
    place,
    (state) => [routingsNow(state), readingsNow(state)],
    (state) => {
      const { context: painter, width } = fitCanvas(scale);
      if (!rows.length) return;
      const axis = sharesAxis(Math.min(...rows.flatMap(({ way }) => way.errors)));
      drawSharesAxis(painter, { width, palette: state.palette, axis });
      rows.forEach((row) => drawRow(row, state, axis));
    },
  );
}

/** Whether the page is routed so. @param {Way} way @param {State} state */
function isOn({ iterations, spread }, state) {
  const { uniform, random } = state.interventions;
  if (spread === undefined) return !uniform && !random && state.iterations === iterations;
  return random?.spread === spread && random.seed === shownCouplings(spread).seed;
}

/** @param {Row} row @param {State} state @param {Axis} axis */
function drawRow({ way, shares, bars, answer, length }, state, axis) {
  const { palette } = state;
  const [left, right] = [fitCanvas(shares), fitCanvas(bars)];
  const lit = way.iterations === routingsNow(state)?.trained_with;
  drawShares(left.context, way.errors, { ...left, palette, axis, lit });
  const lengths = lengthsOf(way, state);
  const names = state.trace?.classNames ?? [];
  const winner = lengths && argmax(lengths);
  answer.textContent = winner === null ? "–" : names[winner];
  length.textContent = lengths && winner !== null ? lengthText(lengths[winner]) : "";
  bars.ariaLabel = lengths && winner !== null ? answerText(names[winner], lengths[winner]) : "your drawing";
  if (lengths && winner !== null) drawBars(right.context, lengths, { ...right, palette, lit: winner, names });
}

/**
 * The lengths (C) of the drawing in one row, null while they are not known.
 * @param {Way} way
 * @param {State} state
 */
function lengthsOf({ iterations, spread }, state) {
  const readings = readingsNow(state);
  if (!readings) return null;
  const { classes } = readings.of.geometry;
  if (iterations !== undefined) return readings.routed.subarray((iterations - 1) * classes, iterations * classes);
  return spread === undefined ? null : (readings.random.get(spread) ?? null);
}

/** @param {Placed<State, Actions>} context */
function conclusions({ root, store }) {
  const [place, missing, list, so, digits, seeds] = [
    "matter-study",
    "matter-missing",
    "matter-findings",
    "matter-so",
    "matter-digits",
    "matter-seeds",
  ].map((id) => partIn(root, id, HTMLElement));
  store.watch(
    (state) => [state.trace?.model, state.models, routingsNow(state)],
    (state) => {
      const unmeasured = wasMeasured(state, "routings") === false;
      place.hidden = unmeasured; // while nothing is known it keeps its place, so that what stands below does not move
      missing.hidden = !unmeasured;
      missing.textContent = unmeasured && state.trace ? unmeasuredText(state.trace.model) : "";
      const study = routingsNow(state);
      const classes = state.trace?.geometry.classes ?? 0;
      const texts = study ? findings(study, classes) : [];
      so.textContent = study ? soText(study, classes) : "";
      list.replaceChildren(...texts.map((textContent) => element("li", { textContent })));
      digits.textContent = study ? thousands(study.digits) : "";
      seeds.textContent = study ? String(new Set(study.random.map(({ seed }) => seed)).size) : "";
    },
  );
}
