/** @import { Point, Stroke } from "./types.js" */
import { clamp } from "../shell/math.js";

/** Coordinates travel in a link as whole numbers of this many steps: finer than a pixel of any pad. */
const STEPS = 1023;

/** Nearest points of a stroke that are both kept, in parts of the pad's side. */
const MINIMUM_DISTANCE = 1 / 400;

/**
 * The nearest point that a link can hold. A drawing is made of these alone, so that its link is the drawing.
 * @param {Point} point
 * @returns {Point}
 */
export function snap([x, y]) {
  return [Math.round(clamp(x, 0, 1) * STEPS) / STEPS, Math.round(clamp(y, 0, 1) * STEPS) / STEPS];
}

/**
 * Append a point unless it falls on the one before it.
 * @param {Stroke} stroke
 * @param {Point} point
 * @returns {Stroke} the same stroke where the point adds nothing
 */
export function extendStroke(stroke, point) {
  const last = stroke.at(-1);
  if (last && Math.hypot(point[0] - last[0], point[1] - last[1]) < MINIMUM_DISTANCE) return stroke;
  return [...stroke, point];
}

/**
 * The path of a stroke: quadratic curves through the midpoints of its segments, its points as handles.
 * @param {Pick<CanvasRenderingContext2D, "moveTo" | "lineTo" | "quadraticCurveTo">} path
 * @param {Stroke} stroke
 * @param {number} side the pad's side in the path's units
 */
export function traceStroke(path, stroke, side) {
  const [first] = stroke;
  path.moveTo(first[0] * side, first[1] * side);
  for (let k = 1; k < stroke.length - 1; k++) {
    const [x, y] = stroke[k];
    const [nextX, nextY] = stroke[k + 1];
    path.quadraticCurveTo(x * side, y * side, ((x + nextX) / 2) * side, ((y + nextY) / 2) * side);
  }
  const last = stroke[stroke.length - 1];
  // A line to where the pen already is would leave no ink: a dot is a line that is too short to be seen.
  path.lineTo(last[0] * side + (stroke.length === 1 ? 0.01 : 0), last[1] * side);
}

/**
 * Ink strokes with a round pen, in the context's colour, as the server inks them (model/data/strokes.py).
 * @param {CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D} context
 * @param {Stroke[]} strokes
 * @param {number} side the pad's side in the context's units
 * @param {number} penWidth in parts of the side
 */
export function inkStrokes(context, strokes, side, penWidth) {
  context.lineWidth = penWidth * side;
  context.lineCap = context.lineJoin = "round";
  for (const stroke of strokes) {
    context.beginPath();
    traceStroke(context, stroke, side);
    context.stroke();
  }
}

/**
 * Pack strokes for a link: for each stroke its number of points, then the steps between them, as varints.
 * @param {Stroke[]} strokes
 * @returns {Uint8Array}
 */
export function packStrokes(strokes) {
  /** @type {number[]} */
  const bytes = [];
  let [x, y] = [0, 0];
  for (const stroke of strokes) {
    writeVarint(bytes, stroke.length);
    for (const point of stroke) {
      const [nextX, nextY] = point.map((part) => Math.round(clamp(part, 0, 1) * STEPS));
      writeVarint(bytes, zigzag(nextX - x));
      writeVarint(bytes, zigzag(nextY - y));
      [x, y] = [nextX, nextY];
    }
  }
  return Uint8Array.from(bytes);
}

/**
 * @param {Uint8Array} bytes
 * @returns {Stroke[]}
 * @throws {RangeError} where the strokes break off
 */
export function unpackStrokes(bytes) {
  const { strokes, isWhole } = readStrokes(bytes);
  if (!isWhole) throw new RangeError("the strokes break off");
  return strokes;
}

/**
 * The strokes as far as they go: of what was cut off the beginning is kept.
 * @param {Uint8Array} bytes
 * @returns {{strokes: Stroke[], isWhole: boolean}}
 */
export function readStrokes(bytes) {
  const reader = { bytes, position: 0 };
  /** @type {Stroke[]} */
  const strokes = [];
  let [x, y] = [0, 0];
  try {
    while (reader.position < bytes.length) {
      const count = readVarint(reader);
      /** @type {Stroke} */
      const stroke = [];
      for (let k = 0; k < count; k++) {
        x += unzigzag(readVarint(reader));
        y += unzigzag(readVarint(reader));
        if (!k) strokes.push(stroke);
        stroke.push([clamp(x / STEPS, 0, 1), clamp(y / STEPS, 0, 1)]);
      }
    }
    return { strokes, isWhole: true };
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { strokes, isWhole: false };
  }
}

/** @param {number} value */
const zigzag = (value) => (value < 0 ? -2 * value - 1 : 2 * value);
/** @param {number} code */
const unzigzag = (code) => (code % 2 ? -(code + 1) / 2 : code / 2);

/** @param {number[]} bytes @param {number} value */
function writeVarint(bytes, value) {
  while (value > 0x7f) {
    bytes.push((value & 0x7f) | 0x80);
    value >>= 7;
  }
  bytes.push(value);
}

/** A number of more bits than this is none of ours: each byte holds seven. */
const MOST_BITS = 4 * 7;

/** @param {{bytes: Uint8Array, position: number}} reader */
function readVarint(reader) {
  let value = 0;
  for (let shift = 0; shift < MOST_BITS; shift += 7) {
    if (reader.position >= reader.bytes.length) throw new RangeError("the strokes break off");
    const byte = reader.bytes[reader.position++];
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) return value;
  }
  throw new RangeError("a number in the strokes is too large");
}
