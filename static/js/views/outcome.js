/** The tampered routing beside the untouched one. @import { Context } from "./dom.js" @import { State, Trace } from "../types.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawPositionChanges, drawTypeChanges } from "../draw/tamper.js";
import { byPosition, contributions, lengthAt } from "../lib/contributions.js";
import { meanByType } from "../lib/coupling.js";
import { difference, reachOfChange } from "../lib/difference.js";
import { lengthText, narrowLength, signed } from "../lib/format.js";
import { NO_INTERVENTIONS, inWords } from "../lib/interventions.js";
import { CLASSES, GRID, PRIMARY, TYPES } from "../lib/network.js";
import { atPlayhead, iterationOf, passageOf, placeText, shownClass } from "../state/selectors.js";
import { byId, canvasById, drawWhileSeen, element } from "./dom.js";

/** Smaller changes than these do not get the strongest colour. */
const LEAST_COUPLING = 0.01;
const LEAST_LENGTH = 0.02;

/** @param {Context} context */
export function outcomeView(context) {
  verdict(context);
  pairs(context);
  maps(context);
}

/** The answers before and after in a sentence. @param {Context} context */
function verdict({ store }) {
  const outcome = byId("outcome", HTMLElement);
  store.watch(
    ({ trace, untouched }) => [trace, untouched],
    ({ trace, untouched }) => {
      outcome.textContent = !trace ? "There is no digit yet." : untouched ? outcomeText(trace, untouched) : "Nothing is changed: this is the untouched routing.";
    },
  );
}

/** @param {Trace} trace @param {Trace} untouched */
function outcomeText(trace, untouched) {
  const length = (/** @type {Trace} */ of, /** @type {number} */ label) => lengthText(lengthAt(of, label, of.iterations));
  const [was, is] = [untouched.label, trace.label];
  const own = `the capsule of ${was} is ${length(trace, was)} long, untouched ${length(untouched, was)}`;
  const other = was === is ? "" : `, and that of ${is} is ${length(trace, is)}, untouched ${length(untouched, is)}`;
  const answer = was === is ? `the answer stays ${was}` : `the answer was ${was} and is ${is}`;
  return `Tampered with (${inWords(trace.interventions ?? NO_INTERVENTIONS)}), ${answer}: ${own}${other}.`;
}

/** @param {Context} context */
function pairs({ store }) {
  const rows = Array.from({ length: CLASSES }, (_, label) => {
    const [was, is] = [element("i", { className: "was" }), element("i", { className: "is" })];
    const numbers = ["was-number", "is-number", "change-number"].map((className) => element("span", { className }));
    const row = element("li", { "data-label": label }, element("b", { textContent: String(label) }), element("span", { className: "bars" }, was, is), ...numbers);
    return { row, was, is, numbers };
  });
  byId("pairs", HTMLElement).append(...rows.map(({ row }) => row));
  const when = byId("pairs-when", HTMLElement);
  // Text, which those who hear the page may read wherever it is scrolled to.
  store.watch(
    (state) => [state.trace, state.untouched, state.playhead, shownClass(state)],
    (state) => {
      const { trace, untouched, playhead } = state;
      const after = trace && atPlayhead(trace.lengths, playhead, CLASSES);
      const before = untouched ? atPlayhead(untouched.lengths, playhead, CLASSES) : after;
      when.textContent = trace ? placeWords(state) : "";
      rows.forEach(({ row, was, is, numbers }, label) => {
        const [old, now] = [before?.[label] ?? 0, after?.[label] ?? 0];
        was.style.width = `${100 * old}%`;
        is.style.width = `${100 * now}%`;
        [narrowLength(old), narrowLength(now), signed(now - old)].forEach((text, k) => (numbers[k].textContent = trace ? text : ""));
        row.ariaLabel = trace ? `Class ${label}: untouched ${lengthText(old)}, now ${lengthText(now)}` : `Class ${label}`;
        row.classList.toggle("shown", label === shownClass(state));
      });
    },
  );
}

/** @param {State} state */
const placeWords = (state) => (passageOf(state) ? placeText(state) : `in ${placeText(state)}`);

/** @param {Context} context */
function maps(context) {
  const [types, positions] = [canvasById("change-types"), canvasById("change-positions")];
  const [typesScale, positionsScale, className] = ["change-types-scale", "change-positions-scale", "change-class"].map((id) => byId(id, HTMLElement));
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
    const means = [trace, untouched].map((of) => meanByType(atPlayhead(of.coupling_coefficients, playhead, PRIMARY * CLASSES)));
    const byType = difference(means[0], means[1]);
    const typesReach = reachOfChange(byType, LEAST_COUPLING);
    drawTypeChanges(left.context, byType, { ...left, palette, reach: typesReach });
    const given = [trace, untouched].map((of) => byPosition(contributions(of, label, Math.min(iterationOf(state), of.iterations))));
    const atPositions = difference(given[0], given[1]);
    const positionsReach = reachOfChange(atPositions, LEAST_LENGTH);
    drawPositionChanges(right.context, atPositions, trace.image, { size: right.width, palette, reach: positionsReach });
    className.textContent = String(label);
    typesScale.textContent = scaleText(typesReach, 3);
    positionsScale.textContent = scaleText(positionsReach);
    types.ariaLabel = typesText(byType);
    positions.ariaLabel = positionsText(atPositions, label);
  }
  drawWhileSeen(context, byId("comparison", HTMLElement), (state) => [state.trace, state.untouched, state.playhead, shownClass(state)], draw);
}

/** @param {number} reach @param {number} [digits] */
const scaleText = (reach, digits) => `from ${signed(-reach, digits)} through 0 to ${signed(reach, digits)}`;

/** @param {Float32Array} changes (32, C) */
function typesText(changes) {
  const k = largest(changes);
  return `Change of the mean coupling, ${TYPES} types by ${CLASSES} classes. ${isNothing(changes[k]) ? "None changes." : `The largest: type ${Math.floor(k / CLASSES) + 1} to class ${k % CLASSES}, ${signed(changes[k], 3)}.`}`;
}

/** @param {Float32Array} changes (36) @param {number} label */
function positionsText(changes, label) {
  const k = largest(changes);
  const sum = changes.reduce((total, change) => total + change, 0);
  return `Change of what the positions of the grid give to the length of the weighted sum of votes for ${label}: ${signed(sum)} in all.${isNothing(changes[k]) ? "" : ` The largest: row ${Math.floor(k / GRID) + 1}, column ${(k % GRID) + 1}, ${signed(changes[k], 3)}.`}`;
}

/** Whether a change is none as it is written, with three decimals. @param {number} change */
const isNothing = (change) => Math.abs(change) < 0.0005;

/** @param {Float32Array} changes */
const largest = (changes) => changes.reduce((most, change, k) => (Math.abs(change) > Math.abs(changes[most]) ? k : most), 0);
