/**
 * One digit seen from elsewhere: what is done to the upright picture, the one that the network sees. It is not centred
 * again. The numbers, their order and their ranges are those of model/data/viewpoints.py.
 */
import { fixed, signed } from "../shell/format.js";
import { clamp } from "../shell/math.js";

/**
 * @typedef {"thickness" | "scale" | "stretch" | "shear" | "rotation" | "right" | "down"} Name of a transformation
 *
 * @typedef {object} Transformation one number of a viewpoint
 * @property {Name} name
 * @property {string} title as the page calls it
 * @property {number} low
 * @property {number} high
 * @property {number} rest what changes nothing
 * @property {number} step the page turns it by so much
 *
 * @typedef {Readonly<Record<Name, number> & {pieces: Pieces}>} Viewpoint
 * @typedef {readonly [right: number, down: number]} Place in pixels, seen from the middle of the picture
 * @typedef {readonly [readonly [number, number], readonly [number, number]]} Matrix of places, row by row
 */

/** Which parts of the picture change places, in the end. The first one is none. */
export const PIECES = /** @type {const} */ (["whole", "top-bottom", "left-right", "quarters", "strips"]);

/** @typedef {typeof PIECES[number]} Pieces */

/** In the order in which they are done. @type {Readonly<Record<Name, Readonly<Transformation>>>} */
export const TRANSFORMATIONS = {
  thickness: { name: "thickness", title: "Thickness", low: -1, high: 1.5, rest: 0, step: 0.05 },
  scale: { name: "scale", title: "Size", low: 0.5, high: 1.5, rest: 1, step: 0.01 },
  stretch: { name: "stretch", title: "Stretch", low: 0.6, high: 1.6, rest: 1, step: 0.01 },
  shear: { name: "shear", title: "Lean", low: -1, high: 1, rest: 0, step: 0.01 },
  rotation: { name: "rotation", title: "Rotation", low: -90, high: 90, rest: 0, step: 1 },
  right: { name: "right", title: "Right", low: -10, high: 10, rest: 0, step: 0.25 },
  down: { name: "down", title: "Down", low: -10, high: 10, rest: 0, step: 0.25 },
};

export const NAMES = /** @type {readonly Name[]} */ (Object.keys(TRANSFORMATIONS));

/** The upright picture. @type {Viewpoint} */
export const REST = Object.freeze({
  thickness: 0,
  scale: 1,
  stretch: 1,
  shear: 0,
  rotation: 0,
  right: 0,
  down: 0,
  pieces: "whole",
});

/** Whether two viewpoints show the same. @param {Viewpoint} a @param {Viewpoint} b */
export const isSameView = (a, b) => a.pieces === b.pieces && NAMES.every((name) => a[name] === b[name]);

/** What is not at rest, in the order in which it is done. @param {Viewpoint} viewpoint */
export const movedNames = (viewpoint) => NAMES.filter((name) => viewpoint[name] !== REST[name]);

/** Whether nothing is done to the picture. @param {Viewpoint} viewpoint */
export const isUpright = (viewpoint) => isSameView(viewpoint, REST);

/**
 * An amount brought into its range, and to the nearest step from rest; the ends of the range stay.
 * @param {Name} name
 * @param {number} amount
 */
export function settledAmount(name, amount) {
  const { low, high, rest, step } = TRANSFORMATIONS[name];
  const steps = Math.round((clamp(amount, low, high) - rest) / step);
  return clamp(Number((rest + steps * step).toFixed(3)), low, high);
}

/**
 * What takes a place of the upright picture to where its ink goes: rotation, shear, stretch and scale, the last one
 * first. The shift comes afterwards and is not in it.
 * @param {Viewpoint} viewpoint
 * @returns {Matrix}
 */
export function matrixOf({ rotation, shear, stretch, scale }) {
  const angle = (rotation * Math.PI) / 180;
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const [wide, high] = [scale * Math.sqrt(stretch), scale / Math.sqrt(stretch)];
  return [
    [cos * wide, (sin - cos * shear) * high],
    [-sin * wide, (cos + sin * shear) * high],
  ];
}

/**
 * Where the ink at a place of the upright picture goes.
 * @param {Viewpoint} viewpoint
 * @param {Place} place
 * @returns {Place}
 */
export function movedPlace(viewpoint, [right, down]) {
  const [[a, b], [c, d]] = matrixOf(viewpoint);
  return [a * right + b * down + viewpoint.right, c * right + d * down + viewpoint.down];
}

/** How an amount is written beside its name. @param {Name} name @param {number} amount */
export function amountText(name, amount) {
  switch (name) {
    case "rotation":
      return `${signed(amount, Number.isInteger(amount) ? 0 : 1)}°`;
    case "scale":
      return `× ${fixed(amount)}`;
    case "stretch":
      return `${fixed(amount)} : 1`;
    case "shear":
      return signed(amount);
    default:
      return `${signed(amount)} px`;
  }
}

/**
 * The place whose ink goes to a given place.
 * @param {Viewpoint} viewpoint
 * @param {Place} place
 * @returns {Place}
 */
export function placeBefore(viewpoint, [right, down]) {
  const [[a, b], [c, d]] = matrixOf(viewpoint);
  const area = a * d - b * c; // it is scale², and never 0
  const [x, y] = [right - viewpoint.right, down - viewpoint.down];
  return [(d * x - b * y) / area, (a * y - c * x) / area];
}

/** No handle is brought so near to the middle that the digit would vanish. */
const LEAST_FACTOR = 0.05;

/**
 * The size and the stretch with which a place of the upright picture comes to a given place; all else stays.
 * @param {Viewpoint} viewpoint
 * @param {Place} corner of the upright picture, right of the middle and below it
 * @param {Place} target where it is to be
 * @returns {Pick<Viewpoint, "scale" | "stretch">}
 */
export function sizeReaching(viewpoint, corner, target) {
  const [x, y] = placeBefore({ ...viewpoint, scale: 1, stretch: 1 }, target);
  const [wide, high] = [x / corner[0], y / corner[1]].map((factor) => Math.max(LEAST_FACTOR, factor));
  return { scale: Math.sqrt(wide * high), stretch: wide / high };
}

/** Where a hand that holds the digit above its middle is: degrees, anticlockwise. @param {Place} place from there */
export const angleAt = ([right, down]) => (Math.atan2(-right, -down) * 180) / Math.PI;

/**
 * The same direction, by whole turns as near as can be to another.
 * @param {number} angle degrees
 * @param {number} to degrees
 */
export const nearestTurn = (angle, to) => angle + 360 * Math.round((to - angle) / 360);

/**
 * How far numbers moved: a pose, or what a CNN's answer is made of.
 * @param {ArrayLike<number>} now
 * @param {ArrayLike<number>} before as many
 * @returns {{moved: number, angle: number}} `moved` in parts of how long they were together, `angle` in degrees; both
 *   0 where they were all 0
 */
export function displacement(now, before) {
  let [dot, a, b, far] = [0, 0, 0, 0];
  for (let k = 0; k < now.length; k++) {
    dot += now[k] * before[k];
    a += now[k] ** 2;
    b += before[k] ** 2;
    far += (now[k] - before[k]) ** 2;
  }
  if (!a || !b) return { moved: b ? Math.sqrt(far / b) : 0, angle: 0 };
  return {
    moved: Math.sqrt(far / b),
    angle: (Math.acos(clamp(dot / Math.sqrt(a * b), -1, 1)) * 180) / Math.PI,
  };
}
