/** @import { Rgb } from "../types.js" */

/**
 * Give a canvas as many pixels as the screen shows of it, and a context in CSS pixels, cleared.
 * @param {HTMLCanvasElement} canvas
 */
export function fitCanvas(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const scale = devicePixelRatio;
  const [columns, rows] = [Math.round(width * scale), Math.round(height * scale)];
  if (canvas.width !== columns || canvas.height !== rows) [canvas.width, canvas.height] = [columns, rows];
  const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.setTransform(scale, 0, 0, scale, 0, 0);
  context.clearRect(0, 0, width, height);
  return { context, width, height };
}

/** @param {Rgb} colour @param {number} [alpha] */
export const css = ([r, g, b], alpha = 1) => `rgb(${r} ${g} ${b} / ${alpha})`;

/**
 * Paint a matrix of values pixel by pixel on a canvas of its own.
 * @param {number} width
 * @param {number} height
 * @param {(k: number) => Rgb} colourOf the colour of the k-th pixel, row-major
 * @returns {OffscreenCanvas}
 */
export function paintPixels(width, height, colourOf) {
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const picture = context.createImageData(width, height);
  const { data } = picture;
  for (let k = 0; k < width * height; k++) {
    const colour = colourOf(k);
    data[4 * k] = colour[0];
    data[4 * k + 1] = colour[1];
    data[4 * k + 2] = colour[2];
    data[4 * k + 3] = 255;
  }
  context.putImageData(picture, 0, 0);
  return canvas;
}
