/** What is written on the canvases: it grows with what is written on the page. */

/** The page's measures are those of a root of so many pixels. */
const ROOT = 16;

let scale = 1;

/** Take the size of the page's type, which is that of the window. */
function readType() {
  scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / ROOT;
}

/** To be called before whatever draws: its own listener for a new size then comes before theirs. */
export function followType() {
  readType();
  addEventListener("resize", readType);
}

/** @param {number} size in pixels of a page of ordinary size */
export const scaled = (size) => size * scale;

/** The size of all that is written on canvases, and the least that the page shows anywhere. */
const SIZE = 13;

/** The font of the canvases, as a context wants it. @param {string} [weight] */
export const typeface = (weight = "normal") => `${weight} ${scaled(SIZE)}px system-ui, sans-serif`;

/**
 * Margins of a chart that grow with its type.
 * @template {Record<string, number>} M
 * @param {M} margins in pixels of a page of ordinary size
 */
export const scaledAll = (margins) =>
  /** @type {M} */ (Object.fromEntries(Object.entries(margins).map(([side, size]) => [side, scaled(size)])));
