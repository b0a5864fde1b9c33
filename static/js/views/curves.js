/** What routing changes from iteration to iteration, as four plots. @import { Context } from "./dom.js" */
/** @import { Trace } from "../types.js" @import { Axis } from "../draw/axis.js" */
import { decadesAxis, entropyAxis, linearAxis } from "../draw/axis.js";
import { fitCanvas } from "../draw/canvas.js";
import { classCurves, drawCurves } from "../draw/curves.js";
import { couplingEntropy, logitChange, margin } from "../lib/convergence.js";
import { scientific } from "../lib/format.js";
import { maximum } from "../lib/math.js";
import { numbersText } from "../lib/spoken.js";
import { shownClass } from "../state/selectors.js";
import { byId, canvasById, drawWhileSeen } from "./dom.js";

/**
 * @typedef {object} Plot
 * @property {import("../draw/curves.js").Curve[]} curves
 * @property {string} said what it shows, in words and numbers
 * @property {Axis} [axis]
 */

/** @type {[id: string, plotOf: (trace: Trace, label: number) => Plot][]} */
const PLOTS = [
  ["curve-lengths", lengths],
  ["curve-margin", margins],
  ["curve-entropy", entropies],
  ["curve-change", changes],
];

/** @param {Context} context */
export function curvesView(context) {
  const section = byId("curves", HTMLElement);
  const canvases = PLOTS.map(([id]) => canvasById(id));
  const called = canvases.map((canvas) => canvas.ariaLabel);

  /** @param {import("../types.js").State} state */
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
  const curves = classCurves(trace.lengths, trace.iterations, label);
  return { curves, said: `Length of the class capsule of ${label}: ${numbersText(curves[label].values)}` };
}

/** @param {Trace} trace @param {number} label @returns {Plot} */
function margins(trace, label) {
  const values = margin(trace.lengths, label);
  return {
    curves: [{ values, name: String(label), lit: true }],
    axis: values.some((value) => value < 0) ? linearAxis(-1, 1, [-1, 0, 1]) : linearAxis(0, 1, [0, 0.5, 1]),
    said: `Length of the class capsule of ${label} less that of the longest other one: ${numbersText(values)}`,
  };
}

/** @param {Trace} trace @returns {Plot} */
function entropies({ coupling_coefficients: couplings }) {
  const { mean, ...spread } = couplingEntropy(couplings);
  return {
    curves: [{ values: mean, name: "", lit: true, spread }],
    axis: entropyAxis(Math.min(...spread.low)),
    said: `Entropy of the coupling coefficients in bits, mean: ${numbersText(mean)}; most decided capsule: ${numbersText(spread.low)}`,
  };
}

/** @param {Trace} trace @returns {Plot} */
function changes({ agreement }) {
  const values = logitChange(agreement);
  return {
    curves: [{ values, name: "", lit: true }],
    axis: decadesAxis(Math.min(...values), maximum(values)),
    said: `Mean change of the routing logits: ${numbersText(values, scientific)}`,
  };
}
