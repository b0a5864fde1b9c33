/** What is written on the canvases: it grows with what is written on the page. */

/** The page's measures are those of a root of so many pixels. */
const ROOT = 16;

let scale = 1;

/** Take the size of the page's type, which is that of the window. */
export function readType() {
  scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / ROOT;
}

/** @param {number} size in pixels of a page of ordinary size */
export const scaled = (size) => size * scale;

/** A font, as a context wants it. @param {number} size as for `scaled` @param {string} [weight] */
export const typeface = (size, weight = "normal") => `${weight} ${scaled(size)}px system-ui, sans-serif`;
