/** The maps of Conv1. @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/trace/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawMosaic, paintMaps } from "../../charts/mosaic.js";
import { clamp } from "../../shell/math.js";
import { geometryNow } from "../../state/trace/network.js";
import { cellAt, fitGrid } from "../../charts/grid.js";
import { arrowOf, canvasIn, drawOn } from "../../widgets/dom.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountConv1(root, context) {
  const { store, actions } = context;
  const canvas = canvasIn(root, "conv1");
  /**
   * @type {{trace: import("../../capsules/types.js").Trace, palette: import("../../shell/theme.js").Palette, sheet:
   *   OffscreenCanvas} | undefined}
   */
  let maps;
  const count = () => geometryNow(store.get())?.maps ?? 0;
  const grid = () => fitGrid(count(), canvas.clientWidth, canvas.clientHeight);

  drawOn(
    context,
    canvas,
    ({ trace, hoveredMap }) => [trace, hoveredMap],
    ({ trace, hoveredMap, palette }) => {
      const { context: painter } = fitCanvas(canvas);
      if (!trace) return;
      if (maps?.trace !== trace || maps.palette !== palette) {
        maps = { trace, palette, sheet: paintMaps(trace, palette) };
      }
      drawMosaic(trace.geometry, painter, maps.sheet, grid(), palette, hoveredMap);
    },
  );
  /** @param {MouseEvent} event */
  const pointAt = ({ offsetX, offsetY }) => actions.hoverMap(cellAt(grid(), count(), offsetX, offsetY));
  canvas.addEventListener("pointermove", pointAt);
  canvas.addEventListener("click", pointAt); // a finger hovers over nothing
  canvas.addEventListener("pointerleave", () => actions.hoverMap(null));
  canvas.addEventListener(
    "focus",
    () => canvas.matches(":focus-visible") && actions.hoverMap(store.get().hoveredMap ?? 0),
  );
  canvas.addEventListener("blur", () => actions.hoverMap(null));
  canvas.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    if (!arrow) return;
    event.preventDefault();
    const next = (store.get().hoveredMap ?? 0) + arrow[0] + arrow[1] * grid().columns;
    actions.hoverMap(clamp(next, 0, count() - 1));
  });
}
