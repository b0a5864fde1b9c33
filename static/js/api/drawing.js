/** What is looked at, as the body of a request. @import { Stroke } from "../capsules/types.js" */
/** @import { Drawing, SentLayer } from "./client.js" @import { Geometry } from "../capsules/geometry.js" */
/** @import { Photo } from "../capsules/crop.js" @import { Offset } from "../capsules/overlap.js" */
import { canvasTellsTheTruth } from "../shell/canvas-truth.js";
import { fetchDigit } from "./client.js";
import { pngOfInk } from "./png.js";

/** Longest side of a picture that is sent; the server takes up to 1024. */
const LARGEST_SIDE = 1024;
/** A PNG of more bytes is made anew; the server takes up to 4 MiB. */
const MOST_BYTES = 3 * 2 ** 20;
/** The server takes no more points of one stroke. */
const MOST_POINTS = 4096;

/** A picture that cannot be sent. Its message is for people. */
export class PictureError extends Error {}

const IS_SVG = "An SVG cannot be read here. Save it as a PNG or JPEG and open that.";
const IS_CHANGED =
  "This browser changes pictures before a page can read them. Let this page read canvases, or open a PNG with sides " +
  `of at most ${LARGEST_SIDE} pixels.`;

/**
 * @typedef {{kind: "empty"}
 *   | {kind: "strokes", strokes: Stroke[]}
 *   | {kind: "digit", index: number}
 *   | {kind: "pixels", pixels: Uint8Array, width?: number, photo?: Photo}} Source what is looked at; pixels are 0 to
 *   255, row by row, those of a square where no width is given; `photo` is the picture that they were found in
 *
 * @typedef {{source: Source, offset: Offset}} Layer one digit, and where it lies in a picture of two
 * @typedef {{kind: "pair", layers: readonly [Layer, Layer]}} Pair two digits over each other
 */

/**
 * Strokes go as strokes and the server inks them: some browsers change what is read back from a canvas.
 * @param {Geometry} geometry of the network that is to see it
 * @param {Source | Pair} source
 * @param {number} penWidth in parts of the pad's side
 * @returns {Promise<Drawing>}
 */
export async function drawingOf(geometry, source, penWidth) {
  switch (source.kind) {
    case "pair":
      return { layers: await Promise.all(source.layers.map((layer) => sentLayer(layer, penWidth))) };
    case "strokes":
      return { strokes: source.strokes.flatMap(sentStrokes), pen_width: penWidth };
    case "digit":
      return fitting(geometry, (await fetchDigit(source.index)).pixels);
    case "pixels":
      return source.photo ?? fitting(geometry, toRows(source.pixels, source.width ?? Math.sqrt(source.pixels.length)));
    case "empty":
      throw new RangeError("there is nothing to send");
  }
}

/**
 * A layer as it is sent: the server makes strokes fit, and lays both layers over each other.
 * @param {Layer} layer
 * @param {number} penWidth in parts of the pad's side
 * @returns {Promise<SentLayer>}
 */
async function sentLayer({ source, offset }, penWidth) {
  if (source.kind === "empty") return { offset };
  if (source.kind === "strokes") return { strokes: source.strokes.flatMap(sentStrokes), pen_width: penWidth, offset };
  return { pixels: await rowsOf(source), offset };
}

/** The pixels of a layer that is dragged are made once. @type {WeakMap<Source, Promise<number[][]>>} */
const rows = new WeakMap();

/** @param {Extract<Source, {kind: "digit" | "pixels"}>} source @returns {Promise<number[][]>} in [0, 1] */
function rowsOf(source) {
  const made = rows.get(source) ?? makeRows(source);
  rows.set(source, made);
  made.catch(() => rows.delete(source)); // it is asked again
  return made;
}

/** @param {Extract<Source, {kind: "digit" | "pixels"}>} source */
async function makeRows(source) {
  if (source.kind === "digit") return (await fetchDigit(source.index)).pixels;
  return toRows(source.pixels, source.width ?? Math.sqrt(source.pixels.length));
}

/**
 * A stroke as it is sent, in four decimals; a very long one in pieces, each of which begins where the last one ends.
 * @param {Stroke} stroke
 * @returns {Stroke[]}
 */
function sentStrokes(stroke) {
  const points = stroke.map(([x, y]) => /** @type {[number, number]} */ ([sent(x), sent(y)]));
  const pieces = [points.slice(0, MOST_POINTS)];
  for (let end = MOST_POINTS; end < points.length; end += MOST_POINTS - 1) {
    pieces.push(points.slice(end - 1, end - 1 + MOST_POINTS));
  }
  return pieces;
}

/** @param {number} part of the pad's side */
const sent = (part) => Math.round(part * 1e4) / 1e4;

/** @param {Uint8Array} pixels (H, W), flat, 0 to 255 @param {number} width @returns {number[][]} (H, W) in [0, 1] */
export const toRows = (pixels, width) =>
  Array.from({ length: pixels.length / width }, (_, row) =>
    Array.from(pixels.subarray(row * width, (row + 1) * width), (value) => value / 255),
  );

/**
 * A picture of the network's own size goes as it is; any other goes as a drawing, which the server makes fit.
 * @param {Geometry} geometry
 * @param {number[][]} rows in [0, 1]
 * @returns {Drawing}
 */
function fitting({ height, width }, rows) {
  return rows.length === height && rows[0].length === width ? rows : pngOfInk(rows);
}

/**
 * Any picture that the browser can read, as a PNG small enough for the server. One that is such a PNG goes as it is.
 * @param {Blob} file
 * @returns {Promise<Blob>}
 * @throws {PictureError} where it can be told why there is none
 * @throws {DOMException} where it is no picture
 */
export async function pngOfPicture(file) {
  if (file.type === "image/svg+xml") throw new PictureError(IS_SVG);
  if (await isSmallPng(file)) return file;
  const picture = await createImageBitmap(file);
  if (!canvasTellsTheTruth()) throw new PictureError(IS_CHANGED);
  const scale = Math.min(1, LARGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = new OffscreenCanvas(Math.max(1, picture.width * scale), Math.max(1, picture.height * scale));
  const context = contextOf(canvas);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return canvas.convertToBlob({ type: "image/png" });
}

/** Whether the server takes a file as it is: its first chunk tells its sides. @param {Blob} file */
async function isSmallPng(file) {
  const head = new DataView(await file.slice(0, 24).arrayBuffer());
  const isPng = head.byteLength === 24 && head.getUint32(0) === 0x89504e47 && head.getUint32(12) === 0x49484452;
  return isPng && file.size <= MOST_BYTES && Math.max(head.getUint32(16), head.getUint32(20)) <= LARGEST_SIDE;
}

/** @param {OffscreenCanvas} canvas */
const contextOf = (canvas) => /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
