/** How much ink lies where on the pad. It is reckoned: some browsers change what is read back from a canvas. */
/** @import { Point, Stroke } from "./types.js" */
import { clamp } from "../shell/math.js";
import { traceStroke } from "./strokes.js";

/** Side of the picture in which the ink is weighed: as fine as the picture that the network sees is, and more. */
const WEIGHED = 112;
/** Straight pieces of one curve. */
const PIECES = 4;

/**
 * @param {Stroke[]} strokes
 * @param {number} penWidth in parts of the pad's side
 * @returns {Float32Array} a square picture in [0, 1]
 */
export function inkOf(strokes, penWidth) {
  const ink = new Float32Array(WEIGHED * WEIGHED);
  for (const stroke of strokes) {
    const points = straightened(stroke);
    for (let k = 1; k < points.length; k++) inkLine(ink, points[k - 1], points[k], (penWidth * WEIGHED) / 2);
  }
  return ink;
}

/** The points of a stroke's path, joined by straight lines. @param {Stroke} stroke @returns {Point[]} */
function straightened(stroke) {
  /** @type {Point[]} */
  const points = [];
  traceStroke(
    {
      moveTo: (x, y) => points.push([x, y]),
      lineTo: (x, y) => points.push([x, y]),
      quadraticCurveTo(handleX, handleY, x, y) {
        const [fromX, fromY] = points[points.length - 1];
        for (let k = 1; k <= PIECES; k++) {
          const [t, s] = [k / PIECES, 1 - k / PIECES];
          points.push([
            s * s * fromX + 2 * s * t * handleX + t * t * x,
            s * s * fromY + 2 * s * t * handleY + t * t * y,
          ]);
        }
      },
    },
    stroke,
    WEIGHED,
  );
  return points;
}

/**
 * A line with round ends. Where there is more ink already that stays.
 * @param {Float32Array} ink
 * @param {Point} from in pixels
 * @param {Point} to
 * @param {number} radius of the pen, in pixels
 */
function inkLine(ink, [ax, ay], [bx, by], radius) {
  const edge = (/** @type {number} */ place) => clamp(Math.round(place), 0, WEIGHED);
  const [left, right] = [edge(Math.min(ax, bx) - radius - 1), edge(Math.max(ax, bx) + radius + 1)];
  const [top, bottom] = [edge(Math.min(ay, by) - radius - 1), edge(Math.max(ay, by) + radius + 1)];
  const [dx, dy] = [bx - ax, by - ay];
  const square = dx * dx + dy * dy || 1;
  for (let row = top; row < bottom; row++) {
    for (let column = left; column < right; column++) {
      const [x, y] = [column + 0.5 - ax, row + 0.5 - ay];
      const along = clamp((x * dx + y * dy) / square, 0, 1);
      const covered = clamp(radius + 0.5 - Math.hypot(x - along * dx, y - along * dy), 0, 1);
      const place = row * WEIGHED + column;
      if (covered > ink[place]) ink[place] = covered;
    }
  }
}
