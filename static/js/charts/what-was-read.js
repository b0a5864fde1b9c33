/** A picture, and over it what was taken as ink and what was left out. */
/** @import { Box } from "../capsules/crop.js" @import { PictureReading } from "../capsules/types.js" */
/** @import { Palette, Rgb } from "../shell/theme.js" */
import { css } from "./canvas.js";

/** How strongly the tints cover the picture, of 255. */
const COVER = 225;
/** How much of the picture is taken back, so that the tints stand out. */
const VEIL = 0.45;

/**
 * @param {CanvasRenderingContext2D} context
 * @param {CanvasImageSource} picture
 * @param {PictureReading | null} reading
 * @param {{width: number, height: number, palette: Palette}} look
 */
export function drawReading(context, picture, reading, { width, height, palette }) {
  context.drawImage(picture, 0, 0, width, height);
  if (!reading) return;
  context.fillStyle = css(palette.surface, VEIL);
  context.fillRect(0, 0, width, height);
  const tints = new OffscreenCanvas(reading.width, reading.height);
  const painter = /** @type {OffscreenCanvasRenderingContext2D} */ (tints.getContext("2d"));
  const image = painter.createImageData(reading.width, reading.height);
  image.data.set(tintsOf(reading, palette.accent, palette.negative));
  painter.putImageData(image, 0, 0);
  context.drawImage(tints, ...placeOf(reading.region, width, height));
  const [left, top, wide, tall] = placeOf(reading.box, width, height);
  context.strokeStyle = css(palette.accent);
  context.lineWidth = 1;
  context.setLineDash([5, 4]);
  context.strokeRect(left - 2.5, top - 2.5, wide + 5, tall + 5);
  context.setLineDash([]);
}

/**
 * @param {Pick<PictureReading, "ink" | "leftOut">} reading
 * @param {Rgb} ofInk
 * @param {Rgb} ofLeftOut
 * @returns {Uint8ClampedArray} (H, W, 4)
 */
export function tintsOf({ ink, leftOut }, ofInk, ofLeftOut) {
  const tints = new Uint8ClampedArray(4 * ink.length);
  ink.forEach((value, k) => {
    if (leftOut[k]) tints.set([...ofLeftOut, COVER], 4 * k);
    else if (value) tints.set([...ofInk, (COVER * value) / 255], 4 * k);
  });
  return tints;
}

/**
 * @param {Box} box
 * @param {number} width
 * @param {number} height
 * @returns {[left: number, top: number, width: number, height: number]}
 */
const placeOf = ([top, left, bottom, right], width, height) => [
  left * width,
  top * height,
  (right - left) * width,
  (bottom - top) * height,
];
