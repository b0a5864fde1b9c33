/** Shares of digits as dots on a logarithmic scale. @import { Palette } from "../shell/theme.js" */
/** @import { Axis } from "./axis.js" */
import { scaled, typeface } from "../shell/type.js";
import { css } from "./canvas.js";

/** At both ends of the scale, so that a tick's text fits, in pixels of a page of ordinary size. */
const MARGIN = 22;
const RADIUS = 3.5;

/**
 * One row: a dot for each share, and a longer mark for their mean where there are several.
 * @param {CanvasRenderingContext2D} context
 * @param {readonly number[]} shares in per cent
 * @param {{width: number, height: number, palette: Palette, axis: Axis, lit: boolean}} look
 */
export function drawShares(context, shares, { width, height, palette, axis, lit }) {
  const x = across(axis, width);
  context.fillStyle = css(palette.line);
  for (const { value } of axis.ticks) context.fillRect(x(value) - 0.5, 0, 1, height);
  context.fillStyle = css(lit ? palette.accent : palette.ink, shares.length > 1 ? 0.55 : 1);
  for (const share of shares) {
    context.beginPath();
    context.arc(x(share), height / 2, scaled(RADIUS), 0, 2 * Math.PI);
    context.fill();
  }
  if (shares.length < 2) return;
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  context.fillStyle = css(palette.ink);
  context.fillRect(x(mean) - 0.75, height / 2 - scaled(8), 1.5, scaled(16));
}

/**
 * The numbers beneath the rows.
 * @param {CanvasRenderingContext2D} context
 * @param {{width: number, palette: Palette, axis: Axis}} look
 */
export function drawSharesAxis(context, { width, palette, axis }) {
  const x = across(axis, width);
  context.font = typeface();
  context.fillStyle = css(palette.muted);
  context.textAlign = "center";
  context.textBaseline = "top";
  for (const { value, text } of axis.ticks) context.fillText(text, x(value), 2);
}

/** @param {Axis} axis @param {number} width */
const across = (axis, width) => (/** @type {number} */ value) =>
  scaled(MARGIN) + axis.position(value) * (width - 2 * scaled(MARGIN));

/**
 * From 0.1 % to 100 %, and further down where a share needs it.
 * @param {number} least in per cent
 * @returns {Axis}
 */
export function sharesAxis(least) {
  const low = Math.min(-1, Math.floor(Math.log10(Math.max(least, 0.01))));
  const ticks = Array.from({ length: 3 - low }, (_, k) => 10 ** (low + k));
  return {
    position: (share) => (Math.log10(Math.max(share, 10 ** low)) - low) / (2 - low),
    ticks: ticks.map((value) => ({ value, text: `${Number(value.toPrecision(1))} %` })),
  };
}
