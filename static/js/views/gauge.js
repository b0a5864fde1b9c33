/** How well the winning class explains the drawing, beside the test digits. @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawGauge } from "../draw/gauge.js";
import { fixed } from "../lib/format.js";
import { fitText } from "../lib/gauge.js";
import { fitOf, wasMeasured } from "../state/selectors.js";
import { byId, canvasById, drawOn } from "./dom.js";

/** @param {Context} context */
export function gaugeView(context) {
  const canvas = canvasById("gauge");
  const [verdict, figure, trust] = ["gauge-verdict", "gauge-figure", "gauge-trust"].map((id) => byId(id, HTMLElement));
  drawOn(context, figure, (state) => [state.trace, state.gauge, state.models], (state) => {
    const fit = fitOf(state);
    canvas.hidden = !fit && state.trace !== null;
    verdict.textContent = fit && state.trace ? `As a ${state.trace.label} it ${fitText(fit.rank)}.` : absence(state);
    trust.textContent = fit ? trustText(state.gauge?.auc ?? {}) : "";
    const { context: painter, width, height } = fitCanvas(canvas);
    if (!fit) return;
    drawGauge(painter, fit, { width, height, palette: state.palette });
    canvas.ariaLabel = `Error ${fixed(fit.error, 1)}; the median of the test digits is ${fixed(fit.quantiles[50], 1)}, the 99th percentile ${fixed(fit.quantiles[99], 1)}`;
  });
}

/** One of each kind of drawings that are no digits. @type {Record<string, string>} */
const ONE_OF = { letters: "letter", doodles: "doodle", noise: "picture of noise" };

/** How far the error can be trusted to tell what is no digit. @param {Record<string, number>} auc */
function trustText({ all: _, ...kinds }) {
  const [first, ...others] = Object.entries(kinds).map(([kind, share]) => ({ one: ONE_OF[kind] ?? kind, part: `in ${percent(share)} %` }));
  if (!first) return "";
  const rest = others.map(({ one, part }) => `, a ${one} ${part}`).join("");
  return `How far to trust it: given one test digit and one ${first.one}, the ${first.one} has the larger error ${first.part} of pairs${rest}.`;
}

/** Never all of them, where it is nearly all. @param {number} share */
const percent = (share) => (share < 1 && share >= 0.9995 ? "> 99.9" : fixed(100 * share, 1));

/** @param {import("../types.js").State} state */
function absence(state) {
  const { trace, gauge } = state;
  if (!trace) return "";
  if (wasMeasured(state, "gauge") === false) return "For this network the errors of the test digits have not been measured.";
  if (gauge?.model !== trace.model) return "The errors of the test digits are awaited.";
  if (trace.interventions) return "The errors of the test digits were measured with the untouched routing.";
  return `The errors of the test digits were measured with the iterations that the network was trained with, not with ${trace.iterations}.`;
}
