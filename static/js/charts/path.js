/** Ways of several digits through one plane. @import { Palette } from "../shell/theme.js" */
/** @import { Place } from "../capsules/paths.js" */
import { scaled, typeface } from "../shell/type.js";
import { css } from "./canvas.js";

/** Room at the edges for what is written there, and the radii of dots, in pixels of a page of ordinary size. */
const [MARGIN, PRESENT, MEASURED, END] = [30, 7, 2.5, 2.5];

/**
 * @typedef {object} Ways in the units of the features; zero is the digit with the transformation at rest
 * @property {readonly (readonly Place[])[]} others (digits, n) ways of other digits
 * @property {readonly Place[]} own (m) this digit's way; empty while it is not known
 * @property {readonly Place[]} straight the two ends of the straight way along the measured mean direction
 * @property {Place | null} present where the digit is now
 *
 * @typedef {object} PathLayout
 * @property {(place: Place) => Place} at in CSS pixels
 * @property {(x: number, y: number) => Place} from CSS pixels
 */

/**
 * All ways fit in, and both axes have one scale. The digit's present place may lie outside; it has no say.
 * @param {{width: number, height: number}} size
 * @param {Pick<Ways, "others" | "own" | "straight">} ways
 * @returns {PathLayout}
 */
export function pathLayout({ width, height }, { others, own, straight }) {
  const all = [...others.flat(), ...own, ...straight, /** @type {Place} */ ([0, 0])];
  const [xs, ys] = [all.map(([x]) => x), all.map(([, y]) => y)];
  const [left, right] = [Math.min(...xs), Math.max(...xs)];
  const [bottom, top] = [Math.min(...ys), Math.max(...ys)];
  const margin = scaled(MARGIN);
  const scale = Math.min((width - 2 * margin) / (right - left || 1), (height - 2 * margin) / (top - bottom || 1));
  const [x0, y0] = [width / 2 - (scale * (left + right)) / 2, height / 2 + (scale * (bottom + top)) / 2];
  return {
    at: ([x, y]) => [x0 + scale * x, y0 - scale * y],
    from: (x, y) => [(x - x0) / scale, (y0 - y) / scale],
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Ways} ways
 * @param {{width: number, height: number, palette: Palette, every: number, ends: readonly [string, string]}} look
 *   every so many places of the own way is a dot; `ends` is written at both ends of it
 */
export function drawPaths(context, ways, { width, height, palette, every, ends }) {
  const { others, own, straight, present } = ways;
  const { at } = pathLayout({ width, height }, ways);
  const [x0, y0] = at([0, 0]);
  context.fillStyle = css(palette.line);
  context.fillRect(0, Math.round(y0), width, 1);
  context.fillRect(Math.round(x0), 0, 1, height);
  context.lineJoin = context.lineCap = "round";
  for (const way of others) {
    trace(context, way.map(at), { colour: css(palette.muted, 0.55), width: 1 });
    dot(context, at(way[way.length - 1]), scaled(END), css(palette.muted, 0.8));
  }
  context.setLineDash([scaled(5), scaled(5)]);
  trace(context, straight.map(at), { colour: css(palette.negative), width: 1.5 });
  context.setLineDash([]);
  if (own.length) {
    trace(context, own.map(at), { colour: css(palette.accent), width: 2.5 });
    own.forEach((place, k) => k % every === 0 && dot(context, at(place), scaled(MEASURED), css(palette.accent)));
    nameEnds(context, own.map(at), { ends, palette, width, height });
  }
  if (present) mark(context, within(at(present), width, height), palette);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Place[]} way in CSS pixels
 * @param {{colour: string, width: number}} look
 */
function trace(context, way, { colour, width }) {
  context.beginPath();
  for (const [x, y] of way) context.lineTo(x, y);
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {Place} place @param {number} radius @param {string} colour */
function dot(context, [x, y], radius, colour) {
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}

/** The present place. @param {CanvasRenderingContext2D} context @param {Place} place @param {Palette} palette */
function mark(context, [x, y], palette) {
  context.beginPath();
  context.arc(x, y, scaled(PRESENT), 0, 2 * Math.PI);
  context.fillStyle = css(palette.surface);
  context.fill();
  context.strokeStyle = css(palette.ink);
  context.lineWidth = 2.5;
  context.stroke();
}

/**
 * What lies outside stands at the edge.
 * @param {Place} place
 * @param {number} width
 * @param {number} height
 * @returns {Place}
 */
function within([x, y], width, height) {
  const room = scaled(PRESENT) + 2;
  return [Math.min(width - room, Math.max(room, x)), Math.min(height - room, Math.max(room, y))];
}

/**
 * Each name stands beyond the end of the way, seen from its middle.
 * @param {CanvasRenderingContext2D} context
 * @param {readonly Place[]} way in CSS pixels
 * @param {{ends: readonly [string, string], palette: Palette, width: number, height: number}} look
 */
function nameEnds(context, way, { ends, palette, width, height }) {
  context.font = typeface();
  context.textBaseline = "middle";
  context.textAlign = "center";
  const [middleX, middleY] = way[(way.length - 1) / 2];
  ends.forEach((text, end) => {
    const [x, y] = way[end * (way.length - 1)];
    const far = Math.hypot(x - middleX, y - middleY) || 1;
    const half = context.measureText(text).width / 2;
    const room = scaled(9);
    const textX = x + ((x - middleX) / far) * (half + room);
    const textY = y + ((y - middleY) / far) * 2 * room;
    const [left, top] = [
      Math.min(width - half - 1, Math.max(half + 1, textX)),
      Math.min(height - room, Math.max(room, textY)),
    ];
    context.lineWidth = 4;
    context.strokeStyle = css(palette.surface);
    context.strokeText(text, left, top);
    context.fillStyle = css(palette.muted);
    context.fillText(text, left, top);
  });
}
