/** Procedure 1 beside the numbers that it computes. @import { Context } from "./dom.js" @import { Traced } from "../types.js" */
import { contributions } from "../lib/contributions.js";
import { fixed, lengthEquation } from "../lib/format.js";
import { firstLogits } from "../lib/interventions.js";
import { argmax } from "../lib/math.js";
import { litIteration, litLine, procedureNumbers, sumText } from "../lib/procedure.js";
import { lookedAtCapsule, shownClass } from "../state/selectors.js";
import { byId, whenVisible } from "./dom.js";

/** @param {Context} context */
export function procedureView({ store }) {
  const section = byId("procedure", HTMLElement);
  const pair = byId("procedure-pair", HTMLElement);
  const lines = [...section.querySelectorAll("li")];
  const numbers = lines.map((line) => /** @type {HTMLElement} */ (line.querySelector(".numbers")));
  const visible = whenVisible(section, () => show(store.get()));

  /** @param {import("../types.js").State} state */
  function show(state) {
    if (!visible()) return;
    const { trace, playhead } = state;
    const label = shownClass(state);
    const lit = trace && litLine(playhead, trace.iterations);
    lines.forEach((line, k) => line.classList.toggle("lit", k + 1 === lit));
    if (!trace || label === null) {
      pair.textContent = "one pair of capsules";
      for (const number of numbers) number.textContent = "";
      return;
    }
    const capsule = lookedAtCapsule(state) ?? argmax(contributions(trace, label, trace.iterations));
    pair.textContent = `primary capsule i = ${capsule + 1} and the class capsule j = ${label}`;
    texts(/** @type {Traced} */ (state), capsule, label).forEach((text, k) => (numbers[k].textContent = text));
  }

  store.watch((state) => [state.trace, state.playhead, shownClass(state), lookedAtCapsule(state)], show);
}

/**
 * One text for each of the lines 1 to 8.
 * @param {Traced} state
 * @param {number} capsule
 * @param {number} label
 */
function texts({ trace, playhead }, capsule, label) {
  const iteration = litIteration(playhead, trace.iterations);
  const { logits, coupling, sumLength, length, agreement } = procedureNumbers(trace, capsule, label, iteration);
  return [
    `r = ${trace.iterations}`,
    firstText(trace, capsule, label),
    `iteration ${iteration} of ${trace.iterations}`,
    couplingText(trace, capsule, label, logits, coupling),
    `‖s‖ = ${fixed(sumLength)}`,
    `‖v‖ = ${fixed(sumLength)}² / (1 + ${fixed(sumLength)}²) ${lengthEquation(length).replace("‖v‖ ", "")}`,
    sumText(logits[label], agreement),
    `the longest is ${trace.label}`,
  ];
}

/** What line 2 gives the pair to begin with. @param {import("../types.js").Trace} trace @param {number} capsule @param {number} label */
function firstText({ interventions }, capsule, label) {
  if (!interventions?.logits.length) return "b = 0 for all 11,520 pairs";
  const b = firstLogits(interventions, capsule)[label];
  return b === 0 ? "b = 0 for this pair; others are set by hand" : `b = ${fixed(b, 1)} for this pair, set by hand instead`;
}

/**
 * @param {import("../types.js").Trace} trace
 * @param {number} capsule
 * @param {number} label
 * @param {Float32Array} logits
 * @param {number} coupling
 */
function couplingText({ interventions }, capsule, label, logits, coupling) {
  const fixedHere = interventions?.couplings.filter((pair) => pair.capsule === capsule) ?? [];
  const c = fixed(coupling, 3);
  if (fixedHere.some((pair) => pair.label === label)) return `c = ${c} is fixed by hand`;
  const softmax = interventions?.uniform ? "the same for every class" : `softmax(${Array.from(logits, (b) => fixed(b)).join(", ")})`;
  const left = 1 - fixedHere.reduce((sum, pair) => sum + pair.coupling, 0);
  return fixedHere.length ? `${softmax}, of the ${fixed(left)} that fixed couplings leave: c = ${c}` : `${softmax} gives c = ${c}`;
}
