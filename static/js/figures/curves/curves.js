/** What routing changes from iteration to iteration, as four plots. @import { Context } from "../../widgets/dom.js" */
/** @import { Trace } from "../../capsules/types.js" @import { Axis } from "../../charts/axis.js" */
/** @import { Actions, State } from "../../state/trace/subject.js" */
import { decadesAxis, entropyAxis, linearAxis } from "../../charts/axis.js";
import { fitCanvas } from "../../charts/canvas.js";
import { classCurves, drawCurves } from "../../charts/curves.js";
import { couplingEntropy, lead, logitChange } from "../../capsules/convergence.js";
import { scientific } from "../../shell/format.js";
import { maximum } from "../../shell/math.js";
import { numbersText } from "../../words/spoken.js";
import { shownClass } from "../../state/trace/choosing.js";
import { canvasIn, drawWhileSeen, partIn } from "../../widgets/dom.js";

/**
 * @typedef {object} Plot
 * @property {import("../../charts/curves.js").Curve[]} curves
 * @property {string} said what it shows, in words and numbers
 * @property {Axis} [axis]
 */

/** @type {[id: string, plotOf: (trace: Trace, label: number) => Plot][]} */
const PLOTS = [
  ["curve-lengths", lengths],
  ["curve-margin", leads],
  ["curve-entropy", entropies],
  ["curve-change", changes],
];

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountCurves(root, context) {
  const section = partIn(root, "curves", HTMLElement);
  const canvases = PLOTS.map(([id]) => canvasIn(root, id));
  const called = canvases.map((canvas) => canvas.ariaLabel);

  /** @param {State} state */
  function draw(state) {
    const fitted = canvases.map(fitCanvas); // all of them before a label changes, so that nothing is laid out twice
    const label = shownClass(state);
    if (!state.trace || label === null) {
      canvases.forEach((canvas, k) => (canvas.ariaLabel = called[k]));
      return;
    }
    const { palette, playhead } = state;
    for (const [k, plot] of plotsOf(state.trace, label).entries()) {
      const { context: painter, width, height } = fitted[k];
      drawCurves(painter, plot.curves, { width, height, palette, playhead, axis: plot.axis });
      canvases[k].ariaLabel = plot.said;
    }
  }

  drawWhileSeen(context, section, (state) => [state.trace, state.playhead, shownClass(state)], draw);
}

/** @type {WeakMap<Trace, Map<number, Plot[]>>} while the playhead moves nothing else is computed again */
const made = new WeakMap();

/** @param {Trace} trace @param {number} label */
function plotsOf(trace, label) {
  const byLabel = made.get(trace) ?? new Map();
  made.set(trace, byLabel);
  const plots = byLabel.get(label) ?? PLOTS.map(([, plotOf]) => plotOf(trace, label));
  byLabel.set(label, plots);
  return plots;
}

/** @param {Trace} trace @param {number} label @returns {Plot} */
function lengths(trace, label) {
  const curves = classCurves(trace, trace.lengths, label);
  return {
    curves,
    said: `Length of the class capsule of ${trace.classNames[label]}, by iteration: ${numbersText(curves[label].values)}`,
  };
}

/** @param {Trace} trace @param {number} label @returns {Plot} */
function leads(trace, label) {
  const values = lead(trace.geometry, trace.lengths, label);
  return {
    curves: [{ values, name: trace.classNames[label], lit: true }],
    axis: values.some((value) => value < 0) ? linearAxis(-1, 1, [-1, 0, 1]) : linearAxis(0, 1, [0, 0.5, 1]),
    said: `Lead of the class capsule of ${trace.classNames[label]} over the longest other one, by iteration: ${numbersText(values)}`,
  };
}

/** @param {Trace} trace @returns {Plot} */
function entropies({ geometry, coupling_coefficients: couplings }) {
  const { mean, ...spread } = couplingEntropy(geometry, couplings);
  return {
    curves: [{ values: mean, name: "", lit: true, spread }],
    axis: entropyAxis(geometry, Math.min(...spread.low)),
    said: `Mean entropy of the couplings in bits, by iteration: ${numbersText(mean)}; of the most decided capsule: ${numbersText(spread.low)}`,
  };
}

/** @param {Trace} trace @returns {Plot} */
function changes({ geometry, agreement }) {
  const values = logitChange(geometry, agreement);
  return {
    curves: [{ values, name: "", lit: true }],
    axis: decadesAxis(Math.min(...values), maximum(values)),
    said: `Mean change of the routing logits, by iteration: ${numbersText(values, scientific)}`,
  };
}
