/**
 * Matrices of values as pictures, a pixel for each value, on canvases of their own. Plain loops over tables of colours:
 * a picture of the page has a thousand pixels, the maps of Conv1 a hundred thousand.
 */
/** @import { Palette, Rgb } from "../shell/theme.js" */
import { LAST, inkRamp, rampOf, signedRamps } from "./colour.js";

/**
 * An empty picture, and its pixels.
 * @param {number} width
 * @param {number} height
 */
function sheetOf(width, height) {
  const canvas = new OffscreenCanvas(width, height);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  const image = context.createImageData(width, height);
  return { canvas, context, image, pixels: new Uint32Array(image.data.buffer) };
}

/** @param {ReturnType<typeof sheetOf>} sheet @returns {OffscreenCanvas} */
function finish({ canvas, context, image }) {
  context.putImageData(image, 0, 0);
  return canvas;
}

/**
 * From the surface, where a value is 0, to the ink, where it is 1.
 * @param {number} width
 * @param {number} height
 * @param {ArrayLike<number>} values (height, width), clamped to [0, 1]
 * @param {Palette} palette
 */
export function paintShades(width, height, values, palette) {
  const sheet = sheetOf(width, height);
  const { pixels } = sheet;
  const table = inkRamp(palette).pixels;
  for (let k = 0; k < pixels.length; k++) {
    const value = values[k];
    pixels[k] = table[value >= 1 ? LAST : value > 0 ? (value * LAST + 0.5) | 0 : 0];
  }
  return finish(sheet);
}

/**
 * Bytes, each looked up in a table: of the 256 values that a byte has, each has a colour.
 * @param {number} width
 * @param {number} height
 * @param {Uint8Array} bytes (height, width)
 * @param {Uint32Array} table (256)
 */
export function paintBytes(width, height, bytes, table) {
  const sheet = sheetOf(width, height);
  const { pixels } = sheet;
  for (let k = 0; k < pixels.length; k++) pixels[k] = table[bytes[k]];
  return finish(sheet);
}

/**
 * Blue below zero, orange above.
 * @param {number} width
 * @param {number} height
 * @param {ArrayLike<number>} values (height, width)
 * @param {number} reach of the value where the colour is strongest
 * @param {Palette} palette
 */
export function paintSigned(width, height, values, reach, palette) {
  const sheet = sheetOf(width, height);
  const { pixels } = sheet;
  const { up, down } = signedRamps(palette);
  const [above, below, scale] = [up.pixels, down.pixels, LAST / reach];
  for (let k = 0; k < pixels.length; k++) {
    const place = values[k] * scale;
    if (place < 0) pixels[k] = below[place <= -LAST ? LAST : (0.5 - place) | 0];
    else pixels[k] = above[place >= LAST ? LAST : (place + 0.5) | 0];
  }
  return finish(sheet);
}

/** @param {number} width @param {number} height @param {Rgb[]} colours (height, width) */
export function paintColours(width, height, colours) {
  const sheet = sheetOf(width, height);
  colours.forEach((colour, k) => sheet.image.data.set([...colour, 255], 4 * k));
  return finish(sheet);
}

/**
 * Each pixel of a colour of its own.
 * @param {number} width
 * @param {number} height
 * @param {(k: number) => Rgb} colourOf
 */
export function paintEach(width, height, colourOf) {
  const sheet = sheetOf(width, height);
  const { data } = sheet.image;
  for (let k = 0; k < width * height; k++) {
    const colour = colourOf(k);
    for (let c = 0; c < 3; c++) data[4 * k + c] = colour[c];
    data[4 * k + 3] = LAST;
  }
  return finish(sheet);
}

/** How much of the ink's colour is left where nothing is owned. */
const FAINT = 0.35;
/** How much ink shows where all is owned and nothing was drawn. */
const OWNED_INK = 0.25;

/**
 * A picture whose ink has the accent's colour where `owned` is large.
 * @param {number} width
 * @param {number} height
 * @param {ArrayLike<number>} values (height, width) in [0, 1]
 * @param {ArrayLike<number>} owned (height, width) in [0, 1]
 * @param {Palette} palette
 */
export function paintOwned(width, height, values, owned, { surface, ink, accent }) {
  const sheet = sheetOf(width, height);
  const { data } = sheet.image;
  for (let k = 0; k < width * height; k++) {
    const own = owned[k];
    const covered = Math.max(values[k], OWNED_INK * own);
    for (let c = 0; c < 3; c++) {
      const faint = surface[c] + (ink[c] - surface[c]) * FAINT;
      const colour = faint + (accent[c] - faint) * own;
      data[4 * k + c] = surface[c] + (colour - surface[c]) * covered;
    }
    data[4 * k + 3] = 255;
  }
  return finish(sheet);
}

/**
 * One colour, as opaque as each value is.
 * @param {number} width
 * @param {number} height
 * @param {ArrayLike<number>} values (height, width) in [0, 1]
 * @param {Rgb} colour
 */
export function paintTint(width, height, values, [red, green, blue]) {
  const sheet = sheetOf(width, height);
  const { data } = sheet.image;
  for (let k = 0; k < width * height; k++) {
    data[4 * k] = red;
    data[4 * k + 1] = green;
    data[4 * k + 2] = blue;
    data[4 * k + 3] = LAST * values[k];
  }
  return finish(sheet);
}

/**
 * A table for `paintBytes`: bytes as responses, the square root of which is shown. It lifts the weak ones, which are
 * most.
 * @param {number} most the largest byte
 * @param {Palette} palette
 * @returns {Uint32Array} (256)
 */
export function rootTable(most, { surface, ink }) {
  const { pixels } = rampOf(surface, ink);
  const table = new Uint32Array(LAST + 1);
  for (let byte = 0; byte <= LAST; byte++) {
    table[byte] = pixels[Math.round(LAST * Math.min(1, Math.sqrt(byte / (most || 1))))];
  }
  return table;
}
