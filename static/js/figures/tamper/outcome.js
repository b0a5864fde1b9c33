/** The edited routing beside the unedited one. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Trace } from "../../capsules/types.js" */
/** @import { Actions, State } from "../../state/trace/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawPositionChanges, drawTypeChanges } from "../../charts/tamper.js";
import { byPosition, contributions, lengthAt } from "../../capsules/contributions.js";
import { meanByType } from "../../capsules/coupling.js";
import { difference, reachOfChange } from "../../capsules/difference.js";
import { narrowLength, signed } from "../../shell/format.js";
import { NO_INTERVENTIONS } from "../../capsules/interventions.js";
import { capsuleAddress } from "../../capsules/geometry.js";
import { shownClass } from "../../state/trace/choosing.js";
import { classNamesNow } from "../../state/trace/network.js";
import { couplingsNow, iterationOf, lengthsNow, whenText } from "../../state/trace/playhead.js";
import {
  NO_DRAWING,
  NO_EDITS,
  changeScaleText,
  editsText,
  outcomeText,
  pairText,
  positionChangesText,
  typeChangesText,
} from "../../words/tamper.js";
import { canvasIn, drawWhileSeen, element, partIn } from "../../widgets/dom.js";

/** Smaller changes than these do not get the strongest colour. */
const LEAST_COUPLING = 0.01;
const LEAST_LENGTH = 0.02;

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountOutcome(root, context) {
  const placed = { ...context, root };
  verdict(placed);
  pairs(placed);
  maps(placed);
}

/** The answers before and after in a sentence. @param {Placed<State, Actions>} context */
function verdict({ root, store }) {
  const outcome = partIn(root, "outcome", HTMLElement);
  store.watch(
    ({ trace, untouched }) => [trace, untouched],
    ({ trace, untouched }) => {
      outcome.textContent = !trace ? NO_DRAWING : untouched ? outcomeOf(trace, untouched) : NO_EDITS;
    },
  );
}

/** @param {Trace} trace @param {Trace} untouched */
function outcomeOf(trace, untouched) {
  const lengths = (/** @type {number} */ label) => ({
    name: trace.classNames[label],
    edited: lengthAt(trace, label, trace.iterations),
    unedited: lengthAt(untouched, label, untouched.iterations),
  });
  const edits = editsText(trace, trace.interventions ?? NO_INTERVENTIONS);
  return outcomeText(edits, lengths(untouched.label), lengths(trace.label));
}

/** @param {Placed<State, Actions>} context */
function pairs({ root, store }) {
  const [list, when] = [partIn(root, "pairs", HTMLElement), partIn(root, "pairs-when", HTMLElement)];
  /** @type {Pair[]} */
  let rows = [];
  store.watch(
    (state) => [classNamesNow(state)],
    (state) => {
      rows = classNamesNow(state).map(makePair);
      list.replaceChildren(...rows.map(({ row }) => row));
    },
  );
  // Text, which those who hear the page may read wherever it is scrolled to.
  store.watch(
    (state) => [classNamesNow(state), state.trace, state.untouched, state.playhead, shownClass(state)],
    (state) => {
      when.textContent = state.trace ? whenText(state) : "";
      tellPairs(rows, state);
    },
  );
}

/**
 * @typedef {ReturnType<typeof makePair>} Pair the lengths of one class, unedited and edited
 * @param {string} name
 * @param {number} label
 */
function makePair(name, label) {
  const [was, is] = [element("i", { className: "was" }), element("i", { className: "is" })];
  const numbers = ["was-number", "is-number", "change-number"].map((className) => element("span", { className }));
  const row = element(
    "li",
    { "data-label": label },
    element("b", { textContent: name }),
    element("span", { className: "bars" }, was, is),
    ...numbers,
  );
  return { name, row, was, is, numbers };
}

/** @param {Pair[]} rows @param {State} state */
function tellPairs(rows, state) {
  const { trace, untouched, playhead } = state;
  const after = trace && lengthsNow({ trace, playhead });
  const before = untouched ? lengthsNow({ trace: untouched, playhead }) : after;
  rows.forEach(({ name, row, was, is, numbers }, label) => {
    const [old, now] = [before?.[label] ?? 0, after?.[label] ?? 0];
    was.style.width = `${100 * old}%`;
    is.style.width = `${100 * now}%`;
    [narrowLength(old), narrowLength(now), signed(now - old)].forEach(
      (text, k) => (numbers[k].textContent = trace ? text : ""),
    );
    row.ariaLabel = trace ? pairText({ name, unedited: old, edited: now }) : `Class ${name}`;
    row.classList.toggle("shown", label === shownClass(state));
  });
}

/** @param {Placed<State, Actions>} context */
function maps(context) {
  const { root } = context;
  const [types, positions] = [canvasIn(root, "change-types"), canvasIn(root, "change-positions")];
  const [typesScale, positionsScale, className] = ["change-types-scale", "change-positions-scale", "change-class"].map(
    (id) => partIn(root, id, HTMLElement),
  );
  const whens = ["change-types-when", "change-positions-when"].map((id) => partIn(root, id, HTMLElement));
  const called = [types.ariaLabel, positions.ariaLabel];

  /** @param {State} state */
  function draw(state) {
    const [left, right] = [fitCanvas(types), fitCanvas(positions)];
    const label = shownClass(state);
    const { trace, palette, playhead } = state;
    if (!trace || label === null) {
      for (const text of [typesScale, positionsScale]) text.textContent = "";
      [types.ariaLabel, positions.ariaLabel] = called;
      return;
    }
    const untouched = state.untouched ?? trace;
    const { geometry } = trace;
    const means = [trace, untouched].map((of) => meanByType(geometry, couplingsNow({ trace: of, playhead })));
    const byType = difference(means[0], means[1]);
    const typesReach = reachOfChange(byType, LEAST_COUPLING);
    drawTypeChanges(geometry, left.context, byType, { ...left, palette, reach: typesReach });
    const given = [trace, untouched].map((of) =>
      byPosition(geometry, contributions(of, label, Math.min(iterationOf(state), of.iterations))),
    );
    const atPositions = difference(given[0], given[1]);
    const positionsReach = reachOfChange(atPositions, LEAST_LENGTH);
    const look = { size: right.width, palette, reach: positionsReach };
    drawPositionChanges(geometry, right.context, atPositions, trace.image, look);
    className.textContent = trace.classNames[label];
    typesScale.textContent = changeScaleText(typesReach, 3);
    positionsScale.textContent = changeScaleText(positionsReach);
    for (const text of whens) text.textContent = whenText(state);
    types.ariaLabel = typesText(trace, byType, whenText(state));
    positions.ariaLabel = positionsText(
      trace,
      atPositions,
      label,
      `at iteration ${iterationOf(state)} of ${trace.iterations}`,
    );
  }
  drawWhileSeen(
    context,
    partIn(root, "comparison", HTMLElement),
    (state) => [state.trace, state.untouched, state.playhead, shownClass(state)],
    draw,
  );
}

/** @param {Trace} trace @param {Float32Array} changes (types, C) @param {string} when */
function typesText({ geometry, classNames }, changes, when) {
  const [k, { classes }] = [largest(changes), geometry];
  const most = { type: Math.floor(k / classes), name: classNames[k % classes], change: changes[k] };
  return typeChangesText(geometry, most, when);
}

/** @param {Trace} trace @param {Float32Array} changes (positions) @param {number} label @param {string} when */
function positionsText({ geometry, classNames }, changes, label, when) {
  const k = largest(changes);
  const sum = changes.reduce((total, change) => total + change, 0);
  return positionChangesText(classNames[label], sum, { ...capsuleAddress(geometry, k), change: changes[k] }, when);
}

/** @param {Float32Array} changes */
const largest = (changes) =>
  changes.reduce((most, change, k) => (Math.abs(change) > Math.abs(changes[most]) ? k : most), 0);
