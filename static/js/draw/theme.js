/** The colours of the style sheet, for the canvases. @import { Palette, Rgb } from "../types.js" */

const NAMES = /** @type {const} */ (["surface", "ink", "muted", "line", "accent", "positive", "negative"]);

/** Read the custom properties `--surface`, `--ink`, ... , each written as #rrggbb. @returns {Palette} */
export function readPalette() {
  const style = getComputedStyle(document.documentElement);
  const entries = NAMES.map((name) => [name, parseHex(style.getPropertyValue(`--${name}`).trim())]);
  return Object.fromEntries(entries);
}

/** @param {string} hex @returns {Rgb} */
function parseHex(hex) {
  const value = Number.parseInt(hex.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}
