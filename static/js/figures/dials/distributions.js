/** Behind each dial, where the digits of its class lie: painted for a digit, not for a turn. */
/** @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/digit/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawDistributions } from "../../charts/distributions.js";
import { dialRanges, dimensionsOf } from "../../state/digit/dimensions.js";
import { foundPose, shownClass } from "../../state/trace/choosing.js";
import { canvasIn, drawOn, thumbOf } from "../../widgets/dom.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountDistributions(root, context) {
  const canvas = canvasIn(root, "distributions");
  drawOn(
    context,
    canvas,
    (state) => [
      state.trace,
      shownClass(state),
      dimensionsOf(state),
      ...dialRanges(state).flatMap(({ low, high }) => [low, high]),
    ],
    (state) => {
      const { context: painter, width, height } = fitCanvas(canvas);
      const found = foundPose(state);
      if (!found) return;
      drawDistributions(
        painter,
        { ranges: dialRanges(state), found, measured: dimensionsOf(state) },
        { width, height, thumb: thumbOf(canvas), palette: state.palette },
      );
    },
  );
}
