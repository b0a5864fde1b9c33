/** Behind each dial, where the digits of its class lie: painted for a digit, not for a turn. @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawDistributions } from "../draw/distributions.js";
import { dialRanges, dimensionsOf } from "../state/dimensions.js";
import { foundPose, shownClass } from "../state/selectors.js";
import { canvasById, drawOn, thumbOf } from "./dom.js";

/** @param {Context} context */
export function distributionsView(context) {
  const canvas = canvasById("distributions");
  drawOn(
    context,
    canvas,
    (state) => [state.trace, shownClass(state), dimensionsOf(state), ...dialRanges(state).flatMap(({ low, high }) => [low, high])],
    (state) => {
      const { context: painter, width, height } = fitCanvas(canvas);
      const found = foundPose(state);
      if (!found) return;
      drawDistributions(painter, { ranges: dialRanges(state), found, measured: dimensionsOf(state) }, { width, height, thumb: thumbOf(canvas), palette: state.palette });
    },
  );
}
