/** @import { Palette, Stroke } from "../types.js" */
import { IMAGE } from "../lib/network.js";
import { inkStrokes } from "../lib/strokes.js";
import { css } from "./canvas.js";
import { mix } from "./colour.js";

/** Side of the picture in which the ink is weighed: as fine as the picture that the network sees is, and more. */
const WEIGHED = 112;
/** Pixels of tinted strokes for each CSS pixel, at least: as many as a saved picture has. */
const FINEST = 2;
/** How much of the ink's colour is left where nothing is owned. */
const FAINT = 0.35;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke[]} strokes
 * @param {{side: number, penWidth: number, palette: Palette}} look `penWidth` in parts of the side
 */
export function drawStrokes(context, strokes, { side, penWidth, palette }) {
  context.strokeStyle = css(palette.ink);
  inkStrokes(context, strokes, side, penWidth);
}

/**
 * Strokes that are tinted where `owned` is large.
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke[]} strokes
 * @param {Float32Array} owned (28, 28) in [0, 1], on the picture that the network saw
 * @param {import("../lib/placing.js").Place} place where that picture lies on the pad
 * @param {{side: number, penWidth: number, palette: Palette}} look
 */
export function drawOwnedStrokes(context, strokes, owned, place, { side, penWidth, palette }) {
  const pixels = Math.ceil(side * Math.max(FINEST, devicePixelRatio));
  // On a canvas of its own: what is saved as SVG knows no other way to tint the ink alone.
  const canvas = new OffscreenCanvas(pixels, pixels);
  const tinted = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  tinted.strokeStyle = css(mix(palette.surface, palette.ink, FAINT));
  inkStrokes(tinted, strokes, pixels, penWidth);
  tinted.globalCompositeOperation = "source-atop";
  tinted.drawImage(tintOf(owned, palette), place.left * pixels, place.top * pixels, place.size * pixels, place.size * pixels);
  context.imageSmoothingEnabled = true;
  context.drawImage(canvas, 0, 0, side, side);
}

/** The accent, as opaque as a pixel is owned. @param {Float32Array} owned (28, 28) @param {Palette} palette */
function tintOf(owned, { accent }) {
  const canvas = new OffscreenCanvas(IMAGE, IMAGE);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const tint = context.createImageData(IMAGE, IMAGE);
  owned.forEach((part, k) => tint.data.set([...accent, 255 * part], 4 * k));
  context.putImageData(tint, 0, 0);
  return canvas;
}

/**
 * How much ink lies where on the pad.
 * @param {Stroke[]} strokes
 * @param {number} penWidth in parts of the side
 * @returns {Float32Array} a square picture in [0, 1]
 */
export function inkOf(strokes, penWidth) {
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(WEIGHED, WEIGHED).getContext("2d"));
  inkStrokes(context, strokes, WEIGHED, penWidth);
  const { data } = context.getImageData(0, 0, WEIGHED, WEIGHED);
  return Float32Array.from({ length: WEIGHED * WEIGHED }, (_, k) => data[4 * k + 3] / 255);
}

/**
 * The pen of the keyboard: a ring where it stands, filled while it is down.
 * @param {CanvasRenderingContext2D} context
 * @param {import("../types.js").Point} point
 * @param {{side: number, penWidth: number, palette: Palette, down: boolean}} look
 */
export function drawKeyboardPen(context, [x, y], { side, penWidth, palette, down }) {
  context.beginPath();
  context.arc(x * side, y * side, (penWidth * side) / 2, 0, 2 * Math.PI);
  context.strokeStyle = css(palette.accent);
  context.fillStyle = css(palette.accent, 0.5);
  context.lineWidth = 2;
  if (down) context.fill();
  context.stroke();
}
