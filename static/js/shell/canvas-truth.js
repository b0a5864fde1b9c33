/** Browsers that guard against tracking give back other pixels than were painted. */

/** Side of the picture that a canvas is tried with, and how far its values may be off in the mean. */
const TRIED_SIDE = 16;
const MOST_OFF = 4;

/** Whether a canvas gives back what was painted on it, but for a little: some browsers add noise, or give white. */
export function canvasTellsTheTruth() {
  const canvas = new OffscreenCanvas(TRIED_SIDE, TRIED_SIDE);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const painted = context.createImageData(TRIED_SIDE, TRIED_SIDE);
  painted.data.forEach((_, k, data) => (data[k] = k % 4 === 3 ? 255 : (k * 37) % 256));
  context.putImageData(painted, 0, 0);
  const { data } = context.getImageData(0, 0, TRIED_SIDE, TRIED_SIDE);
  const off = data.reduce((sum, value, k) => sum + Math.abs(value - painted.data[k]), 0);
  return off / data.length <= MOST_OFF;
}
