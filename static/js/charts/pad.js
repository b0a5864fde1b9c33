/** @import { Palette } from "../shell/theme.js" @import { Stroke } from "../capsules/types.js" */
import { inkStrokes } from "../capsules/strokes.js";
import { css } from "./canvas.js";
import { mix } from "./colour.js";
import { paintTint } from "./pixels.js";
/** @import { Geometry } from "../capsules/geometry.js" */

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
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {Stroke[]} strokes
 * @param {Float32Array} owned (H, W) in [0, 1], on the picture that the network saw
 * @param {import("../capsules/placing.js").Place} place where that picture lies on the pad
 * @param {{side: number, penWidth: number, palette: Palette}} look
 */
export function drawOwnedStrokes(geometry, context, strokes, owned, place, { side, penWidth, palette }) {
  const pixels = Math.ceil(side * Math.max(FINEST, devicePixelRatio));
  // On a canvas of its own: what is saved as SVG knows no other way to tint the ink alone.
  const canvas = new OffscreenCanvas(pixels, pixels);
  const tinted = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  tinted.strokeStyle = css(mix(palette.surface, palette.ink, FAINT));
  inkStrokes(tinted, strokes, pixels, penWidth);
  tinted.globalCompositeOperation = "source-atop";
  tinted.drawImage(
    paintTint(geometry.width, geometry.height, owned, palette.accent),
    place.left * pixels,
    place.top * pixels,
    place.width * pixels,
    place.height * pixels,
  );
  context.imageSmoothingEnabled = true;
  context.drawImage(canvas, 0, 0, side, side);
}

/**
 * The pen of the keyboard: a ring where it stands, filled while it is down.
 * @param {CanvasRenderingContext2D} context
 * @param {import("../capsules/types.js").Point} point
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
