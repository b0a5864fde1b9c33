/** The colours of the style sheet, for the canvases. @import { Palette, Rgb } from "../types.js" */

const NAMES = /** @type {const} */ (["surface", "ink", "muted", "line", "accent", "positive", "negative"]);

/** The custom properties `--surface`, `--ink`, ... as they stand in the theme that is shown. @returns {Palette} */
export function readPalette() {
  // A property's own text is still `light-dark(…)`: only a colour that uses it is resolved.
  const probe = document.body.appendChild(document.createElement("i"));
  const entries = NAMES.map((name) => {
    probe.style.color = `var(--${name})`;
    return [name, parseRgb(getComputedStyle(probe).color)];
  });
  probe.remove();
  return Object.fromEntries(entries);
}

/** @param {string} colour as browsers write a computed one: rgb(29, 37, 48) @returns {Rgb} */
function parseRgb(colour) {
  const [red, green, blue] = (colour.match(/\d+/g) ?? []).map(Number);
  return [red, green, blue];
}
