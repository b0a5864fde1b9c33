/** The 256 maps of Conv1. @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawMosaic, paintMaps } from "../draw/mosaic.js";
import { clamp } from "../lib/math.js";
import { CONV1_MAPS } from "../lib/network.js";
import { cellAt, fitGrid } from "../layout/grid.js";
import { arrowOf, canvasById, drawOn } from "./dom.js";

/** @param {Context} context */
export function conv1View(context) {
  const { store, actions } = context;
  const canvas = canvasById("conv1");
  /** @type {{trace: import("../types.js").Trace, palette: import("../types.js").Palette, sheet: OffscreenCanvas} | undefined} */
  let maps;
  const grid = () => fitGrid(CONV1_MAPS, canvas.clientWidth, canvas.clientHeight);

  drawOn(
    context,
    canvas,
    ({ trace, hoveredMap }) => [trace, hoveredMap],
    ({ trace, hoveredMap, palette }) => {
      const { context: painter } = fitCanvas(canvas);
      if (!trace) return;
      if (maps?.trace !== trace || maps.palette !== palette) maps = { trace, palette, sheet: paintMaps(trace.conv1, palette) };
      drawMosaic(painter, maps.sheet, grid(), palette, hoveredMap);
    },
  );
  /** @param {MouseEvent} event */
  const pointAt = ({ offsetX, offsetY }) => actions.hoverMap(cellAt(grid(), CONV1_MAPS, offsetX, offsetY));
  canvas.addEventListener("pointermove", pointAt);
  canvas.addEventListener("click", pointAt); // a finger hovers over nothing
  canvas.addEventListener("pointerleave", () => actions.hoverMap(null));
  canvas.addEventListener("focus", () => canvas.matches(":focus-visible") && actions.hoverMap(store.get().hoveredMap ?? 0));
  canvas.addEventListener("blur", () => actions.hoverMap(null));
  canvas.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    if (!arrow) return;
    event.preventDefault();
    const next = (store.get().hoveredMap ?? 0) + arrow[0] + arrow[1] * grid().columns;
    actions.hoverMap(clamp(next, 0, CONV1_MAPS - 1));
  });
}
