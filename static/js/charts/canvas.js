/** @import { Rgb } from "../shell/theme.js" */

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
