/** Pictures brought to another size, with nothing centred or cut. */

/** @typedef {{height: number, width: number}} Sides in pixels */

/**
 * A picture of another size, by averaging areas: each new pixel is the mean of what it covers. Pixels that it covers in
 * part count by the part.
 * @param {Sides} from
 * @param {ArrayLike<number>} picture (height, width) of `from`
 * @param {Sides} to
 * @returns {Float32Array} (height, width) of `to`
 */
export function scaledTo(from, picture, to) {
  const [rows, columns] = [coverage(from.height, to.height), coverage(from.width, to.width)];
  const scaled = new Float32Array(to.height * to.width);
  rows.forEach((across, row) =>
    columns.forEach((along, column) => {
      let mean = 0;
      for (const { place: y, part: high } of across) {
        for (const { place: x, part: wide } of along) mean += high * wide * picture[y * from.width + x];
      }
      scaled[row * to.width + column] = mean;
    }),
  );
  return scaled;
}

/**
 * Which of `from` places along one side each of `to` covers, and what part each is of it: the parts add up to 1.
 * @param {number} from
 * @param {number} to
 */
function coverage(from, to) {
  return Array.from({ length: to }, (_, k) => {
    const [start, end] = [(k * from) / to, ((k + 1) * from) / to];
    const covered = [];
    for (let place = Math.floor(start); place < end; place++) {
      const part = ((Math.min(end, place + 1) - Math.max(start, place)) * to) / from;
      if (part > 0 && place < from) covered.push({ place, part });
    }
    return covered;
  });
}

/**
 * A flat picture as rows of numbers in [0, 1], as it is sent. A mean may be off by a rounding.
 * @param {Float32Array} picture (height, width)
 * @param {Sides} sides
 * @returns {number[][]}
 */
export const rowsOf = (picture, { height, width }) =>
  Array.from({ length: height }, (_, row) =>
    Array.from(picture.subarray(row * width, (row + 1) * width), (value) => Math.min(1, Math.max(0, value))),
  );
