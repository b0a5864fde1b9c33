/** Votes as points on a plane, and the capsule that they make as an arrow. */
/** @import { Palette, Rgb } from "../shell/theme.js" */
/** @import { Geometry } from "../capsules/geometry.js" @import { PlaneLayout } from "./place-plane.js" */
import { fixed } from "../shell/format.js";
import { clamp, lerp } from "../shell/math.js";
import { FEW_CAPSULES } from "../capsules/limits.js";
import { ringsOf } from "./place-plane.js";
import { css } from "./canvas.js";
import { mix } from "./colour.js";
import { paintColours } from "./pixels.js";
import { scaled, typeface } from "../shell/type.js";

/** Opacity comes in this many steps, so that all points of one colour and step are painted as one path. */
const STEPS = 10;
/** How much of its opacity a point keeps while a whole type is looked at; few capsules are ringed instead. */
const ASIDE = 0.3;
const HEAD = 9;

/** @param {number} strength of a coupling coefficient, in [-1, 1]: 0 at the even coupling */
export const opacityOf = (strength) => lerp(0.06, 0.94, ((strength + 1) / 2) ** 1.5);

/** In CSS pixels. @param {number} strength in [-1, 1] */
const sizeOf = (strength) => lerp(0.9, 4, (strength + 1) / 2);

/**
 * @typedef {object} PlaneColours
 * @property {Rgb[]} colours one for each group
 * @property {number} columns of the legend
 * @property {(capsule: number) => number} groupOf
 *
 * By type, a ramp; by position, blue at the left and orange at the right, the more ink the lower.
 * @param {Geometry} geometry
 * @param {"position" | "type"} by
 * @param {Palette} palette
 * @returns {PlaneColours}
 */
export function planeColours({ types, rows, columns, perType }, by, { negative, positive, muted, ink }) {
  if (by === "position") {
    const [right, down] = [Math.max(1, columns - 1), Math.max(1, rows - 1)];
    const colours = Array.from({ length: perType }, (_, k) =>
      mix(mix(negative, positive, (k % columns) / right), ink, (0.5 * Math.floor(k / columns)) / down),
    );
    return { colours, columns, groupOf: (capsule) => capsule % perType };
  }
  const colours = Array.from({ length: types }, (_, type) => {
    const t = (2 * type) / Math.max(1, types - 1);
    return t < 1 ? mix(negative, muted, t) : mix(muted, positive, t - 1);
  });
  return { colours, columns: types, groupOf: (capsule) => Math.floor(capsule / perType) };
}

/**
 * What the colours stand for: the positions of the grid, or the types.
 * @param {CanvasRenderingContext2D} context
 * @param {PlaneColours} colours
 * @param {number} width
 * @param {number} height
 */
export function drawPlaneLegend(context, { colours, columns }, width, height) {
  context.imageSmoothingEnabled = false;
  context.drawImage(paintColours(columns, colours.length / columns, colours), 0, 0, width, height);
}

/**
 * What the two colours of `drawSupportPoints` stand for.
 * @param {CanvasRenderingContext2D} context
 * @param {Palette} palette
 * @param {number} width
 * @param {number} height
 */
export function drawSupportLegend(context, { positive, negative }, width, height) {
  [positive, negative].forEach((colour, k) => {
    context.fillStyle = css(colour, 0.6);
    context.beginPath();
    context.arc(width * (0.25 + 0.5 * k), height / 2, Math.min(width / 4, height / 2) - 1, 0, 2 * Math.PI);
    context.fill();
  });
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {PlaneLayout} layout
 * @param {{variance: ArrayLike<number>, distance: "root" | "linear", palette: Palette}} look
 */
export function drawPlaneAxes(context, { at, middle, radius, reach }, { variance, distance, palette }) {
  const [low, high] = [middle - radius, middle + radius];
  context.lineWidth = 1;
  context.strokeStyle = css(palette.line);
  context.beginPath();
  context.moveTo(low, middle);
  context.lineTo(high, middle);
  context.moveTo(middle, low);
  context.lineTo(middle, high);
  for (const ring of ringsOf(reach, distance)) addRing(context, middle, at(ring, 0)[0] - middle);
  context.stroke();
  context.strokeStyle = css(palette.muted);
  context.beginPath();
  addRing(context, middle, at(1, 0)[0] - middle);
  context.stroke();
  context.font = typeface();
  context.fillStyle = css(palette.muted);
  context.textBaseline = "top";
  context.textAlign = "center";
  for (const ring of [...ringsOf(reach, distance), 1]) {
    const x = at(ring, 0)[0];
    if (x - middle > 20) context.fillText(String(ring), x, middle + 3);
  }
  context.textAlign = "right";
  context.fillText(`axis 1: ${percent(variance[0])}`, high + 14, middle + 18);
  context.textAlign = "left";
  context.textBaseline = "top";
  context.fillText(`axis 2: ${percent(variance[1])}`, middle + 5, low - 12);
}

/** @param {number} share */
const percent = (share) => `${fixed(100 * share, 1)} %`;

/** @param {CanvasRenderingContext2D} context @param {number} middle @param {number} radius */
function addRing(context, middle, radius) {
  context.moveTo(middle + radius, middle);
  context.arc(middle, middle, radius, 0, 2 * Math.PI);
}

/**
 * The votes: the larger their coupling coefficient, the larger and the more opaque.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} places (P, 2)
 * @param {Float32Array} strengths (P), of the coupling coefficients, in [-1, 1]
 * @param {{colours: PlaneColours, capsules: readonly number[] | null}} look `capsules` are those that are looked at
 */
export function drawVotePoints(context, places, strengths, { colours: { colours, groupOf }, capsules }) {
  /** @type {number[][]} by step and group, so that the strongest come last */
  const buckets = Array.from({ length: (STEPS + 1) * colours.length }, () => []);
  for (let i = 0; i < strengths.length; i++) {
    const step = Math.round(clamp(opacityOf(strengths[i]), 0, 1) * STEPS);
    buckets[step * colours.length + groupOf(i)].push(i);
  }
  const aside = capsules && capsules.length > FEW_CAPSULES ? ASIDE : 1;
  buckets.forEach((bucket, k) => {
    if (!bucket.length) return;
    const opacity = Math.max(0.5, Math.floor(k / colours.length)) / STEPS;
    context.fillStyle = css(colours[k % colours.length], opacity * aside);
    context.beginPath();
    for (const i of bucket) addPoint(context, places, i, sizeOf(strengths[i]));
    context.fill();
  });
  for (const i of capsules ?? []) {
    context.fillStyle = css(colours[groupOf(i)]);
    context.beginPath();
    addPoint(context, places, i, sizeOf(strengths[i]) + 0.5);
    context.fill();
  }
}

/** The radius of the vote that supports or opposes most, in CSS pixels. */
const LARGEST = 15;
/** A vote with less than this part of the largest term recedes. */
const RECEDES = 0.01;

/**
 * The votes by what they do: orange supports, blue opposes, and a point's area is how much. All others recede.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} places (P, 2)
 * @param {Float32Array} terms (P), what each adds to the length of the sum
 * @param {{palette: Palette, most: number, capsules: readonly number[] | null}} look `most` is the largest term of all
 */
export function drawSupportPoints(context, places, terms, { palette, most, capsules }) {
  const aside = capsules && capsules.length > FEW_CAPSULES ? ASIDE : 1;
  context.fillStyle = css(palette.muted, 0.2 * aside);
  context.beginPath();
  for (let i = 0; i < terms.length; i++) {
    if (Math.abs(terms[i]) < RECEDES * most) addPoint(context, places, i, 1);
  }
  context.fill();
  const order = Array.from(terms.keys()).filter((i) => Math.abs(terms[i]) >= RECEDES * most);
  order.sort((a, b) => Math.abs(terms[b]) - Math.abs(terms[a])); // the small ones over the large ones
  for (const i of order) {
    context.fillStyle = css(terms[i] < 0 ? palette.negative : palette.positive, 0.6 * aside);
    context.beginPath();
    addPoint(context, places, i, Math.max(1.25, LARGEST * Math.sqrt(Math.abs(terms[i]) / most)));
    context.fill();
  }
}

/** @param {CanvasRenderingContext2D} context @param {Float32Array} places @param {number} i @param {number} radius */
function addPoint(context, places, i, radius) {
  const [x, y] = [places[2 * i], places[2 * i + 1]];
  context.moveTo(x + radius, y);
  context.arc(x, y, radius, 0, 2 * Math.PI);
}

/**
 * Rings around the few votes that are looked at.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} places (P, 2)
 * @param {readonly number[]} capsules
 * @param {Palette} palette
 */
export function drawPointFocus(context, places, capsules, palette) {
  if (capsules.length > FEW_CAPSULES) return;
  for (const [colour, width] of /** @type {const} */ ([
    [palette.surface, 4],
    [palette.accent, 2],
  ])) {
    context.beginPath();
    for (const i of capsules) addPoint(context, places, i, 8);
    context.lineWidth = width;
    context.strokeStyle = css(colour);
    context.stroke();
  }
}

/**
 * The class capsule as an arrow from zero, and the sum that was squashed to it as a dotted line, to the rim at most.
 * @param {CanvasRenderingContext2D} context
 * @param {PlaneLayout} layout
 * @param {{capsule: ArrayLike<number>, sum: ArrayLike<number>}} vectors
 * @param {{palette: Palette, colour: Rgb}} look
 */
export function drawPlaneArrow(context, { at, middle, reach }, { capsule, sum }, { palette, colour }) {
  const length = Math.hypot(sum[0], sum[1]);
  const within = Math.min(1, reach / (length || 1));
  const [tip, end] = [at(capsule[0], capsule[1]), at(sum[0] * within, sum[1] * within)];
  context.lineCap = "round";
  for (const [line, width] of /** @type {const} */ ([
    [palette.surface, 5],
    [colour, 1.5],
  ])) {
    context.lineWidth = width;
    context.strokeStyle = css(line, 0.8);
    context.setLineDash(width < 5 ? [2, 5] : []);
    strokeLine(context, middle, end);
  }
  context.setLineDash([]);
  for (const [line, width] of /** @type {const} */ ([
    [palette.surface, 7],
    [colour, 3],
  ])) {
    context.lineWidth = width;
    context.strokeStyle = css(line);
    strokeLine(context, middle, tip);
    strokeHead(context, middle, tip);
  }
  context.font = `italic bold ${scaled(15)}px serif`;
  context.textAlign = "center";
  context.textBaseline = "middle";
  name(context, within < 1 ? "s …" : "s", beyond(middle, end, within < 1 ? 4 : 12), { palette, colour });
  if (Math.hypot(end[0] - tip[0], end[1] - tip[1]) > 30) {
    name(context, "v", beyond(middle, tip, 14), { palette, colour });
  }
}

/** @param {CanvasRenderingContext2D} context @param {number} middle @param {[number, number]} to */
function strokeLine(context, middle, [x, y]) {
  context.beginPath();
  context.moveTo(middle, middle);
  context.lineTo(x, y);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {number} middle @param {[number, number]} tip */
function strokeHead(context, middle, [x, y]) {
  const angle = Math.atan2(y - middle, x - middle);
  const size = Math.min(HEAD, Math.hypot(x - middle, y - middle));
  context.beginPath();
  for (const side of [-1, 1]) {
    context.moveTo(x, y);
    context.lineTo(x - size * Math.cos(angle + side * 0.5), y - size * Math.sin(angle + side * 0.5));
  }
  context.stroke();
}

/**
 * A little further from the middle than a place is.
 * @param {number} middle
 * @param {[number, number]} place
 * @param {number} by
 * @returns {[number, number]}
 */
function beyond(middle, [x, y], by) {
  const length = Math.hypot(x - middle, y - middle) || 1;
  return [x + ((x - middle) / length) * by, y + ((y - middle) / length) * by];
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {string} text
 * @param {[number, number]} place
 * @param {{palette: Palette, colour: Rgb}} look
 */
function name(context, text, [x, y], { palette, colour }) {
  context.lineWidth = 4;
  context.strokeStyle = css(palette.surface);
  context.strokeText(text, x, y);
  context.fillStyle = css(colour);
  context.fillText(text, x, y);
}
