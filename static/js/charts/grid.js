/**
 * @typedef {{columns: number, rows: number, cell: number, left: number, top: number}} Grid
 *   square cells of side `cell`, the whole grid placed at (left, top)
 */

/**
 * The arrangement of `count` squares that fills a box with the largest cells.
 * @param {number} count
 * @param {number} width
 * @param {number} height
 * @returns {Grid}
 */
export function fitGrid(count, width, height) {
  let best = { columns: 1, rows: count, cell: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const cell = Math.min(width / columns, height / rows);
    if (cell > best.cell) best = { columns, rows, cell };
  }
  return { ...best, left: 0, top: 0 };
}

/** Which cell a point falls in. @param {Grid} grid @param {number} count @param {number} x @param {number} y */
export function cellAt({ columns, cell, left, top }, count, x, y) {
  const column = Math.floor((x - left) / cell);
  const index = Math.floor((y - top) / cell) * columns + column;
  return column >= 0 && column < columns && index >= 0 && index < count ? index : null;
}
