/** Where a picture crosses a value, as a line: marching squares. */

/**
 * Which sides of a square the line crosses, by which corners are inside: top left 1, top right 2, bottom right 4,
 * bottom left 8.
 */
const CROSSINGS = [
  [],
  [[3, 0]],
  [[0, 1]],
  [[3, 1]],
  [[1, 2]],
  [
    [3, 0],
    [1, 2],
  ],
  [[0, 2]],
  [[3, 2]],
  [[2, 3]],
  [[2, 0]],
  [
    [0, 1],
    [2, 3],
  ],
  [[2, 1]],
  [[1, 3]],
  [[1, 0]],
  [[0, 3]],
  [],
];

/**
 * The line between what is above `level` and what is below, piece by piece. A pixel's value stands at its middle.
 * @param {{width: number, height: number}} size of the picture
 * @param {ArrayLike<number>} values (H, W)
 * @param {number} [level]
 * @returns {Float32Array} x and y of both ends of each piece, in pixels
 */
export function outlineOf({ width, height }, values, level = 0.5) {
  /** @type {number[]} */
  const pieces = [];
  for (let row = 0; row + 1 < height; row++) {
    for (let column = 0; column + 1 < width; column++) {
      const at = row * width + column;
      const corners = [values[at], values[at + 1], values[at + width + 1], values[at + width]];
      let inside = 0;
      for (let k = 0; k < corners.length; k++) if (corners[k] > level) inside |= 1 << k;
      for (const sides of CROSSINGS[inside]) {
        for (const crossed of sides) pieces.push(...crossing(corners, crossed, level, column, row));
      }
    }
  }
  return Float32Array.from(pieces);
}

/**
 * Where the value `level` lies on a side of a square: 0 is the upper one, then clockwise.
 * @param {number[]} corners clockwise from the top left
 * @param {number} side
 * @param {number} level
 * @param {number} column @param {number} row of the top left corner
 */
function crossing(corners, side, level, column, row) {
  const [from, to] = [corners[side], corners[(side + 1) % 4]];
  const t = (level - from) / (to - from);
  const [x, y] = [
    [t, 0],
    [1, t],
    [1 - t, 1],
    [0, 1 - t],
  ][side];
  return [column + 0.5 + x, row + 0.5 + y];
}
