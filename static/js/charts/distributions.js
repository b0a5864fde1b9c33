/** Behind the dials: how the digits of a class are spread over each number. */
/** @import { Dimensions } from "../capsules/types.js" @import { Palette } from "../shell/theme.js" */
import { lengthOf, maximum } from "../shell/math.js";
import { MOST_LENGTH, PAPER_REACH } from "../capsules/reach.js";
import { css } from "./canvas.js";

/** A row's upper part is its name, and its slider stands so much lower than the middle of the rest: as in dials.css. */
const NAME_SHARE = 0.57;
const LOWERED = 1.5;
/** How far a mark goes below the slider's line. */
const BELOW = 4;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ranges: {low: number, high: number}[], found: Float32Array, measured: Dimensions | null}} data `ranges` are
 *   (D), from the found number
 * @param {{width: number, height: number, thumb: number, palette: Palette}} look `thumb` is the width of a slider's
 */
export function drawDistributions(context, { ranges, found, measured }, { width, height, thumb, palette }) {
  const rowHeight = height / (ranges.length + 1);
  ranges.forEach(({ low, high }, d) => {
    const x = (/** @type {number} */ offset) => thumb / 2 + ((offset - low) / (high - low)) * (width - thumb);
    const box = boxOf(d, rowHeight);
    if (measured) {
      drawHistogram(context, measured.dimensions[d].histogram, (number) => x(number - found[d]), {
        ...box,
        width,
        palette,
      });
    }
    drawMarks(
      context,
      [-PAPER_REACH, PAPER_REACH].filter((offset) => offset >= low && offset <= high).map(x),
      box,
      css(palette.muted, 0.6),
    );
    drawMarks(context, [x(0)], box, css(palette.ink), 1.5);
  });
  const x = (/** @type {number} */ length) =>
    thumb / 2 + (Math.min(length, MOST_LENGTH) / MOST_LENGTH) * (width - thumb);
  const box = boxOf(ranges.length, rowHeight);
  if (measured) drawBand(context, { ...measured.length, reach: measured.reach }, x, box, palette);
  drawMarks(context, [x(lengthOf(found, 0, found.length))], box, css(palette.ink), 1.5);
}

/** Stronger by night, where a thin blue is hardly seen. @param {Palette} palette */
const fillOf = ({ negative, surface }) => css(negative, surface[0] < 128 ? 0.6 : 0.36);

/** From the top of a dial's slider to its line. @param {number} row @param {number} rowHeight */
function boxOf(row, rowHeight) {
  const top = (row + NAME_SHARE) * rowHeight;
  return { top, bottom: top + ((1 - NAME_SHARE) * rowHeight) / 2 + LOWERED };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{low: number, high: number, counts: number[]}} histogram
 * @param {(number: number) => number} x of a number of the pose
 * @param {{top: number, bottom: number, width: number, palette: Palette}} look
 */
function drawHistogram(context, { low, high, counts }, x, { top, bottom, width, palette }) {
  const most = maximum(counts) || 1;
  const bin = (high - low) / counts.length;
  context.fillStyle = fillOf(palette);
  counts.forEach((count, k) => {
    const left = Math.max(x(low + k * bin), 0);
    const right = Math.min(x(low + (k + 1) * bin), width);
    const tall = (count / most) * (bottom - top);
    if (right > left) context.fillRect(left, bottom - tall, right - left, tall);
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{mean: number, deviation: number, reach: number}} spread `reach` in standard deviations
 * @param {(value: number) => number} x
 * @param {{top: number, bottom: number}} box
 * @param {Palette} palette
 */
function drawBand(context, { mean, deviation, reach }, x, { top, bottom }, palette) {
  context.fillStyle = fillOf(palette);
  const left = x(Math.max(0, mean - reach * deviation));
  context.fillRect(left, (top + bottom) / 2, x(mean + reach * deviation) - left, (bottom - top) / 2);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number[]} places
 * @param {{top: number, bottom: number}} box
 * @param {string} colour
 * @param {number} [width]
 */
function drawMarks(context, places, { top, bottom }, colour, width = 1) {
  context.fillStyle = colour;
  for (const x of places) context.fillRect(x - width / 2, top, width, bottom - top + BELOW);
}
