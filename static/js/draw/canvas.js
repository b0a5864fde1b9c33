/** @import { Rgb } from "../types.js" */

/** @type {((canvas: HTMLCanvasElement) => CanvasRenderingContext2D | null) | null} */
let contextFor = null;

/**
 * Have what is painted meanwhile go elsewhere, to be saved: `fitCanvas` gives the context that `choose` names for a
 * canvas, and leaves the canvas on the page as it is.
 * @param {(canvas: HTMLCanvasElement) => CanvasRenderingContext2D | null} choose null: the canvas's own
 * @param {() => void} paint
 */
export function withContexts(choose, paint) {
  contextFor = choose;
  try {
    paint();
  } finally {
    contextFor = null;
  }
}

/** Whether pictures are being painted to be saved: then also those that are not on the screen. */
export const isSaving = () => contextFor !== null;

/**
 * Give a canvas as many pixels as the screen shows of it, and a context in CSS pixels, cleared.
 * @param {HTMLCanvasElement} canvas
 */
export function fitCanvas(canvas) {
  const { clientWidth: width, clientHeight: height } = canvas;
  const elsewhere = contextFor?.(canvas);
  if (elsewhere) return { context: elsewhere, width, height };
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
