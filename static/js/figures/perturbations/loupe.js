/** A picture of the grid, large, with its difference from the middle column. */
/** @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/digit/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawDifference, drawPicture } from "../../charts/picture.js";
import { fixed, signed } from "../../shell/format.js";
import { squaredError } from "../../shell/math.js";
import { COLUMNS, MIDDLE } from "../../capsules/reach.js";
import { pictureAt } from "../../capsules/perturbations.js";
import { dialName, dimensionsOf } from "../../state/digit/dimensions.js";
import { perturbationsNow, sweepReachOf } from "../../state/digit/perturbations.js";
import { geometryNow } from "../../state/trace/network.js";
import { canvasIn, drawOn, partIn, speaker } from "../../widgets/dom.js";

const NO_PICTURE = "Point at a picture to see it here.";
const NO_DIFFERENCE = "Here stands how it differs from the middle column.";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountLoupe(root, context) {
  const [large, difference] = [canvasIn(root, "loupe-picture"), canvasIn(root, "loupe-difference")];
  const [caption, change] = [partIn(root, "loupe-caption", HTMLElement), partIn(root, "loupe-change", HTMLElement)];
  const [say, sayDifference] = [large, difference].map(speaker);
  const place = partIn(root, "loupe", HTMLElement);
  drawOn(
    context,
    place,
    (state) => [state.hoveredCell, state.chosenDimension, perturbationsNow(state)],
    (state) => {
      const [picture, beside] = [fitCanvas(large), fitCanvas(difference)];
      const [cell, perturbations, geometry] = [shownCell(state), perturbationsNow(state), geometryNow(state)];
      [caption.textContent, change.textContent] = ["", ""];
      place.toggleAttribute("data-picture-skip", !cell); // a saved figure has no empty frames
      for (const silence of [say, sayDifference]) silence(null);
      tellEmpty(large, cell || !perturbations ? "" : NO_PICTURE);
      tellEmpty(difference, cell || !perturbations ? "" : NO_DIFFERENCE);
      if (!cell || !perturbations || !geometry) return;
      const { dimension, column } = cell;
      const [moved, middle] = [column, MIDDLE].map((k) => pictureAt(geometry, perturbations, dimension, k));
      drawPicture(geometry, picture.context, moved, state.palette, { left: 0, top: 0, size: picture.width });
      drawDifference(geometry, beside.context, moved, middle, state.palette, { left: 0, top: 0, size: beside.width });
      caption.textContent = captionOf(state, cell);
      change.textContent = `difference from the middle column, Σ² ${fixed(squaredError(moved, middle), 1)}`;
      say(caption.textContent);
      sayDifference(change.textContent);
    },
  );
}

/** What stands in an empty frame. @param {HTMLCanvasElement} canvas @param {string} text "" where it is not empty */
function tellEmpty(canvas, text) {
  if (canvas.parentElement) canvas.parentElement.dataset.empty = text;
}

/** The picture under the pointer or the focus, else the end of the chosen row. @param {State} state */
const shownCell = ({ hoveredCell, chosenDimension }) =>
  hoveredCell ?? (chosenDimension === null ? null : { dimension: chosenDimension, column: COLUMNS - 1 });

/** @param {State} state @param {{dimension: number, column: number}} cell */
function captionOf(state, { dimension, column }) {
  const offset = perturbationsNow(state)?.offsets[dimension * COLUMNS + column] ?? 0;
  const reach = sweepReachOf(state) === "class" ? dimensionsOf(state)?.reach : undefined;
  const deviations = reach === undefined ? "" : `, ${signed(((column - MIDDLE) / MIDDLE) * reach, 1)}\u00a0σ`;
  return `${dimension + 1} ${dialName(state, dimension)}: ${signed(offset, deviations ? 3 : 2)}${deviations}`;
}
