/** What the actions of the subjects need of the world: the server, the clock, pictures. */
import * as client from "../../api/client.js";
import { openDials } from "../../api/dials.js";
import { drawingOf, pngOfPicture } from "../../api/drawing.js";

/** Whether the system asks for no motion that is not needed. */
export const still = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

export const SERVICES = {
  ...client,
  drawingOf,
  pngOfPicture,
  openDials,
  clock: { requestFrame: (/** @type {(now: number) => void} */ tick) => requestAnimationFrame(tick), still },
  /**
   * Only the figure that shows them needs this.
   * @param {Parameters<typeof import("../../api/iterations.js").fetchIterations>} asked
   */
  fetchIterations: async (...asked) => (await import("../../api/iterations.js")).fetchIterations(...asked),
};
