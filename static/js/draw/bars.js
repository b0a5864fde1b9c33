/** Ten lengths as bars. @import { Palette } from "../types.js" */
import { css } from "./canvas.js";
import { typeface } from "./type.js";

const LABELS = 12;

/**
 * A bar for each class on an axis from 0, the bottom, to 1, the top.
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} lengths (C), each in [0, 1)
 * @param {{width: number, height: number, palette: Palette, lit: number}} look
 */
export function drawBars(context, lengths, { width, height, palette, lit }) {
  const cell = width / lengths.length;
  const bottom = height - LABELS;
  context.fillStyle = css(palette.line);
  for (const level of [0, 0.5, 1]) context.fillRect(0, Math.min(bottom, (1 - level) * bottom), width, level ? 0.5 : 1);
  context.font = typeface(9);
  context.textAlign = "center";
  context.textBaseline = "bottom";
  for (let label = 0; label < lengths.length; label++) {
    context.fillStyle = css(label === lit ? palette.accent : palette.muted);
    context.fillRect(label * cell + 1, bottom * (1 - lengths[label]), cell - 2, bottom * lengths[label]);
    context.fillText(String(label), (label + 0.5) * cell, height);
  }
}
