/** What the squash does to the weighted sums of this routing. @import { Context } from "../../widgets/dom.js" */
/** @import { Trace } from "../../capsules/types.js" */
/** @import { Actions, State } from "../../state/trace/subject.js" */
import { squashed } from "../../capsules/squash.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawSquash } from "../../charts/squash.js";
import { capital, fixed, lengthText } from "../../shell/format.js";
import { shownClass } from "../../state/trace/choosing.js";
import { sumLengths } from "../../state/trace/measures.js";
import { atPlayhead, placeText } from "../../state/trace/playhead.js";
import { canvasIn, drawWhileSeen, partIn, speaker } from "../../widgets/dom.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountSquash(root, context) {
  const canvas = canvasIn(root, "squash-curve");
  const caption = partIn(root, "squash-numbers", HTMLElement);
  const say = speaker(canvas);

  /** @param {State} state */
  function draw(state) {
    const { context: painter, width, height } = fitCanvas(canvas);
    const { trace, palette } = state;
    const label = shownClass(state);
    if (!trace || label === null) {
      caption.textContent = "";
      return say(null);
    }
    const sums = Array.from(atPlayhead(sumLengths(trace), state.playhead, trace.geometry.classes));
    const points = sums.map((length, k) => ({ length, name: trace.classNames[k], lit: k === label }));
    drawSquash(painter, points, { width, height, palette });
    caption.textContent = `${capital(placeText(state))}, ${equation(trace, label, sums[label])}`;
    say(caption.textContent);
  }

  drawWhileSeen(context, canvas, (state) => [state.trace, state.playhead, shownClass(state)], draw);
}

/** @param {Trace} trace @param {number} label @param {number} sum ‖s‖ */
function equation({ classNames }, label, sum) {
  const square = fixed(sum ** 2);
  const length = lengthText(squashed(sum));
  return `class ${classNames[label]}: ‖s‖ = ${fixed(sum)}, ‖v‖ = ${square} / (1 + ${square}) = ${length}`;
}
