/** Procedure 1 beside the numbers that it computes. */
/** @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State, Traced } from "../../state/trace/subject.js" */
import { contributions } from "../../capsules/contributions.js";
import { fixed, lengthEquation, thousands } from "../../shell/format.js";
import { firstLogits } from "../../capsules/interventions.js";
import { argmax } from "../../shell/math.js";
import { litIteration, litLine, procedureNumbers, sumText } from "../../capsules/procedure.js";
import { shownClass } from "../../state/trace/choosing.js";
import { lookedAtCapsule } from "../../state/trace/pointing.js";
import { partIn, whenVisible } from "../../widgets/dom.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountProcedure(root, { store, signal }) {
  const section = partIn(root, "procedure", HTMLElement);
  const pair = partIn(root, "procedure-pair", HTMLElement);
  const lines = [...section.querySelectorAll("li")];
  const numbers = lines.map((line) => /** @type {HTMLElement} */ (line.querySelector(".numbers")));
  const visible = whenVisible(section, () => show(store.get()), signal);

  /** @param {State} state */
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
    pair.textContent = `primary capsule i = ${capsule + 1} and the class capsule j = ${trace.classNames[label]}`;
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
    `R = ${trace.iterations} iterations`,
    firstText(trace, capsule, label),
    `iteration ${iteration} of ${trace.iterations}`,
    couplingText(trace, capsule, label, logits, coupling),
    `‖s‖ = ${fixed(sumLength)}`,
    `‖v‖ = ${fixed(sumLength)}² / (1 + ${fixed(sumLength)}²) ${lengthEquation(length).replace("‖v‖ ", "")}`,
    sumText(logits[label], agreement),
    `after the last iteration the longest is ${trace.classNames[trace.label]}`,
  ];
}

/**
 * What line 2 gives the pair to begin with.
 * @param {import("../../capsules/types.js").Trace} trace
 * @param {number} capsule
 * @param {number} label
 */
function firstText({ geometry, interventions }, capsule, label) {
  const { primaries, classes } = geometry;
  if (!interventions?.logits.length) return `b = 0 for all ${thousands(primaries * classes)} pairs`;
  const b = firstLogits(geometry, interventions, capsule)[label];
  return b === 0 ? "b = 0 for this pair; you set others" : `b = ${fixed(b, 1)} for this pair: you set it`;
}

/**
 * @param {import("../../capsules/types.js").Trace} trace
 * @param {number} capsule
 * @param {number} label
 * @param {Float32Array} logits
 * @param {number} coupling
 */
function couplingText({ interventions }, capsule, label, logits, coupling) {
  const fixedHere = interventions?.couplings.filter((pair) => pair.capsule === capsule) ?? [];
  const c = fixed(coupling, 3);
  if (fixedHere.some((pair) => pair.label === label)) return `c = ${c}: you fixed it`;
  const softmax = interventions?.uniform
    ? "the same for every class"
    : interventions?.random
      ? "drawn at random"
      : `softmax(${Array.from(logits, (b) => fixed(b)).join(", ")})`;
  const left = 1 - fixedHere.reduce((sum, pair) => sum + pair.coupling, 0);
  return fixedHere.length
    ? `${softmax}, times the ${fixed(left)} that fixed couplings leave: c = ${c}`
    : `${softmax} gives c = ${c}`;
}
