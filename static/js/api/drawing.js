/** What is looked at, as the body of a request. @import { Source } from "../types.js" */
/** @import { Drawing } from "./client.js" */
import { PAD_PIXELS, inkStrokes } from "../lib/strokes.js";
import { fetchDigit, toRows } from "./client.js";

/** Longest side of a picture that is sent; the server takes up to 1024. */
const LARGEST_SIDE = 1024;

/**
 * @param {Source} source
 * @param {number} penWidth in parts of the pad's side
 * @returns {Promise<Drawing>}
 */
export async function drawingOf(source, penWidth) {
  switch (source.kind) {
    case "strokes":
      return inkOfStrokes(source.strokes, penWidth);
    case "digit":
      return (await fetchDigit(source.index)).pixels;
    case "pixels":
      return toRows(Float32Array.from(source.pixels, (value) => value / 255));
    case "empty":
      throw new RangeError("there is nothing to send");
  }
}

/**
 * Strokes as a picture whose alpha channel is the ink.
 * @param {import("../types.js").Stroke[]} strokes
 * @param {number} penWidth
 */
function inkOfStrokes(strokes, penWidth) {
  const canvas = new OffscreenCanvas(PAD_PIXELS, PAD_PIXELS);
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  inkStrokes(context, strokes, PAD_PIXELS, penWidth);
  return canvas.convertToBlob({ type: "image/png" });
}

/**
 * Any picture that the browser can read, as a PNG small enough for the server.
 * @param {Blob} file
 * @throws {DOMException} where it is no picture
 */
export async function pngOfPicture(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.max(1, picture.width * scale), Math.max(1, picture.height * scale));
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/png" });
}
