/** The way from one pose to another: its pictures, and its numbers. @import { Palette } from "../shell/theme.js" */
import { fixed } from "../shell/format.js";
import { maximum } from "../shell/math.js";
import { css } from "./canvas.js";
import { paintShades } from "./pixels.js";
/** @import { Geometry } from "../capsules/geometry.js" */
import { scaled, scaledAll, typeface } from "../shell/type.js";

/** In pixels of a page of ordinary size. */
const MARGIN = { left: 40, right: 26, top: 9, bottom: 20 };
/** So many numbers are named. */
const NAMED = 3;
/** Names stand at least so far from each other, in pixels. */
const APART = 14;

/**
 * Every so many pictures of the walk, side by side.
 * @param {Geometry} geometry
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} pictures (poses, H, W) in [0, 1]
 * @param {number} every
 * @param {{width: number, height: number, palette: Palette}} look
 */
export function drawWalk(geometry, context, pictures, every, { width, height, palette }) {
  const { pixels } = geometry;
  const count = Math.floor((pictures.length / pixels - 1) / every) + 1;
  const cell = width / count;
  context.imageSmoothingEnabled = true;
  for (let k = 0; k < count; k++) {
    const own = pictures.subarray(k * every * pixels, (k * every + 1) * pixels);
    const picture = paintShades(geometry.width, geometry.height, own, palette);
    context.drawImage(picture, k * cell, 0, cell - 2, height);
  }
}

/**
 * A line for each number of the pose, from A on the left to B on the right.
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array[]} poses
 * @param {number[]} order the dimensions, those that change most first; they are lit and named
 * @param {{width: number, height: number, palette: Palette, walked: number}} look
 */
export function drawPoseWalk(context, poses, order, { width, height, palette, walked }) {
  const margin = scaledAll(MARGIN);
  const reach = Math.ceil(10 * Math.max(...poses.map((pose) => maximum(pose.map(Math.abs))))) / 10;
  const x = (/** @type {number} */ share) => margin.left + share * (width - margin.left - margin.right);
  const y = (/** @type {number} */ value) =>
    margin.top + ((reach - value) / (2 * reach)) * (height - margin.top - margin.bottom);
  drawAxes(context, { x, y, reach, palette, height });
  for (const [place, dimension] of [...order.entries()].reverse()) {
    const lit = place < NAMED;
    context.beginPath();
    poses.forEach((pose, k) => context.lineTo(x(k / (poses.length - 1)), y(pose[dimension])));
    context.strokeStyle = css(lit ? palette.ink : palette.muted, lit ? 1 : 0.5);
    context.lineWidth = lit ? 1.75 : 1;
    context.stroke();
  }
  nameLines(context, poses[poses.length - 1], order.slice(0, NAMED), { x: x(1) + 6, y, palette });
  context.fillStyle = css(palette.accent);
  context.fillRect(x(walked) - 0.75, margin.top, 1.5, height - margin.top - margin.bottom);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{x: (share: number) => number, y: (value: number) => number, reach: number, palette: Palette, height:
 *   number}} look
 */
function drawAxes(context, { x, y, reach, palette, height }) {
  context.font = typeface();
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const value of [reach, 0, -reach]) {
    context.fillStyle = css(palette.muted);
    context.fillText(fixed(value, 1), x(0) - 6, y(value));
    context.fillStyle = css(palette.line);
    context.fillRect(x(0), y(value), x(1) - x(0), 0.75);
  }
  context.fillStyle = css(palette.muted);
  context.textBaseline = "bottom";
  context.textAlign = "center";
  for (const [share, name] of /** @type {const} */ ([
    [0, "A"],
    [1, "B"],
  ])) {
    context.fillText(name, x(share), height);
  }
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Float32Array} pose where the lines end
 * @param {number[]} dimensions
 * @param {{x: number, y: (value: number) => number, palette: Palette}} look
 */
function nameLines(context, pose, dimensions, { x, y, palette }) {
  context.fillStyle = css(palette.ink);
  context.textAlign = "left";
  context.textBaseline = "middle";
  let above = -Infinity;
  for (const dimension of [...dimensions].sort((a, b) => pose[b] - pose[a])) {
    above = Math.max(y(pose[dimension]), above + scaled(APART));
    context.fillText(String(dimension + 1), x, above);
  }
}
