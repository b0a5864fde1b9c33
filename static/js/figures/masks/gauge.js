/** How well the winning class explains the drawing, beside the test digits. */
/** @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/trace/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawGauge } from "../../charts/gauge.js";
import { fitOf } from "../../state/trace/gauge.js";
import { trainedIterations, wasMeasured } from "../../state/trace/network.js";
import {
  NOT_ARRIVED,
  NOT_MEASURED,
  ROUTING_EDITED,
  errorText,
  otherIterationsText,
  trustText,
  verdictText,
} from "../../words/fit.js";
import { canvasIn, drawOn, partIn, speaker } from "../../widgets/dom.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountGauge(root, context) {
  const canvas = canvasIn(root, "gauge");
  const [verdict, figure, trust] = ["gauge-verdict", "gauge-figure", "gauge-trust"].map((id) =>
    partIn(root, id, HTMLElement),
  );
  const say = speaker(canvas);
  drawOn(
    context,
    figure,
    (state) => [state.trace, state.gauge, state.models],
    (state) => {
      const fit = fitOf(state);
      canvas.hidden = !fit && state.trace !== null;
      verdict.textContent =
        fit && state.trace ? verdictText(state.trace.classNames[state.trace.label], fit) : absence(state);
      trust.textContent = fit ? trustText(state.gauge?.auc ?? {}, state.gauge?.counts) : "";
      const { context: painter, width, height } = fitCanvas(canvas);
      if (!fit) return say(null);
      drawGauge(painter, fit, { width, height, palette: state.palette });
      const [median, high] = [50, 99].map((percent) => fit.quantiles[percent]);
      say(errorText({ error: fit.error, median, high }));
    },
  );
}

/** @param {State} state */
function absence(state) {
  const { trace, gauge } = state;
  if (!trace) return "";
  if (wasMeasured(state, "gauge") === false) return NOT_MEASURED;
  if (gauge?.model !== trace.model) return NOT_ARRIVED;
  if (trace.interventions) return ROUTING_EDITED;
  return otherIterationsText(trainedIterations({ trace, models: state.models }), trace.iterations);
}
