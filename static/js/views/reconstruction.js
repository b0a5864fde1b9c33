/** What the decoder draws, beside the input. @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawDifference, drawPicture } from "../draw/picture.js";
import { fixed } from "../lib/format.js";
import { squaredError } from "../lib/math.js";
import { byId, canvasById, drawOn } from "./dom.js";

/** @param {Context} context */
export function reconstructionView(context) {
  const [reconstruction, original, difference] = ["reconstruction", "original", "difference"].map(canvasById);
  const caption = byId("difference-caption", HTMLElement);

  drawOn(context, reconstruction, (state) => [state.reconstruction], ({ reconstruction: drawn, palette }) => {
    const { context: painter, width: size } = fitCanvas(reconstruction);
    if (drawn) drawPicture(painter, drawn, palette, { left: 0, top: 0, size });
  });
  drawOn(context, original, (state) => [state.trace], ({ trace, palette }) => {
    const { context: painter, width: size } = fitCanvas(original);
    if (trace) drawPicture(painter, trace.image, palette, { left: 0, top: 0, size });
  });
  drawOn(context, difference, (state) => [state.reconstruction, state.trace], ({ reconstruction: drawn, trace, palette }) => {
    const { context: painter, width: size } = fitCanvas(difference);
    if (!drawn || !trace) return void (caption.textContent = "difference");
    drawDifference(painter, drawn, trace.image, palette, { left: 0, top: 0, size });
    caption.textContent = `difference, Σ² = ${fixed(squaredError(drawn, trace.image), 1)}`;
  });
}
