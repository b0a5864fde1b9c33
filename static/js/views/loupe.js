/** A picture of the grid, large, with its difference from the middle column. @import { State } from "../types.js" @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawDifference, drawPicture } from "../draw/picture.js";
import { fixed, signed } from "../lib/format.js";
import { squaredError } from "../lib/math.js";
import { COLUMNS, MIDDLE, REACH_DEVIATIONS } from "../lib/reach.js";
import { pictureAt } from "../lib/sweeps.js";
import { dialName, perturbationsNow, sweepReachOf } from "../state/dimensions.js";
import { byId, canvasById, drawOn } from "./dom.js";

/** @param {Context} context */
export function loupeView(context) {
  const [large, difference] = [canvasById("loupe-picture"), canvasById("loupe-difference")];
  const [caption, change] = [byId("loupe-caption", HTMLElement), byId("loupe-change", HTMLElement)];
  drawOn(context, byId("loupe", HTMLElement), (state) => [state.hoveredCell, state.chosenDimension, perturbationsNow(state)], (state) => {
    const [picture, beside] = [fitCanvas(large), fitCanvas(difference)];
    const [cell, perturbations] = [shownCell(state), perturbationsNow(state)];
    if (!cell || !perturbations) return;
    const { dimension, column } = cell;
    const [moved, middle] = [column, MIDDLE].map((k) => pictureAt(perturbations, dimension, k));
    drawPicture(picture.context, moved, state.palette, { left: 0, top: 0, size: picture.width });
    drawDifference(beside.context, moved, middle, state.palette, { left: 0, top: 0, size: beside.width });
    caption.textContent = captionOf(state, cell);
    change.textContent = `difference from the middle, Σ² ${fixed(squaredError(moved, middle), 1)}`;
    large.ariaLabel = caption.textContent;
    difference.ariaLabel = change.textContent;
  });
}

/** The picture under the pointer or the focus, else the end of the chosen row. @param {State} state */
const shownCell = ({ hoveredCell, chosenDimension }) =>
  hoveredCell ?? (chosenDimension === null ? null : { dimension: chosenDimension, column: COLUMNS - 1 });

/** @param {State} state @param {{dimension: number, column: number}} cell */
function captionOf(state, { dimension, column }) {
  const offset = perturbationsNow(state)?.offsets[dimension * COLUMNS + column] ?? 0;
  const deviations = sweepReachOf(state) === "class" ? `, ${signed(((column - MIDDLE) / MIDDLE) * REACH_DEVIATIONS, 1)} σ` : "";
  return `${dimension + 1} ${dialName(state, dimension)}: ${signed(offset, deviations ? 3 : 2)}${deviations}`;
}
