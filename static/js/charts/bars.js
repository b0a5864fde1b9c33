/** The lengths of the class capsules as bars. @import { Palette, Rgb } from "../shell/theme.js" */
import { css } from "./canvas.js";
import { scaled, typeface } from "../shell/type.js";

/** Room for the names, in pixels of a page of ordinary size. */
const LABELS = 15;

/**
 * A bar for each class on an axis from 0, the bottom, to 1, the top.
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} lengths (C), each in [0, 1)
 * @param {{width: number, height: number, palette: Palette, lit: number, names: readonly string[],
 *   colours?: Record<number, Rgb>}} look `names` of the classes; those of `colours` have one of their own
 */
export function drawBars(context, lengths, { width, height, palette, lit, names, colours = {} }) {
  const cell = width / lengths.length;
  const bottom = height - scaled(LABELS);
  context.fillStyle = css(palette.line);
  for (const level of [0, 0.5, 1]) context.fillRect(0, Math.min(bottom, (1 - level) * bottom), width, level ? 0.5 : 1);
  context.font = typeface();
  context.textAlign = "center";
  context.textBaseline = "bottom";
  for (let label = 0; label < lengths.length; label++) {
    context.fillStyle = css(colours[label] ?? (label === lit ? palette.accent : palette.muted));
    context.fillRect(label * cell + 1, bottom * (1 - lengths[label]), cell - 2, bottom * lengths[label]);
    context.fillText(names[label], (label + 0.5) * cell, height, cell);
  }
}
