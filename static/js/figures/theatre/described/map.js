/** A map of Conv1. @import { Described } from "./parts.js" */
/** @import { Traced } from "../../../state/trace/subject.js" */
import { fitCanvas } from "../../../charts/canvas.js";
import { drawMap } from "../../../charts/mosaic.js";
import { paintSigned } from "../../../charts/pixels.js";
import { fixed } from "../../../shell/format.js";
import { maximum } from "../../../shell/math.js";
import { kernelsNow } from "../../../state/trace/kernels.js";
import { element } from "../../../widgets/dom.js";
import { mapText } from "../../../words/inspector.js";
import { plot, story } from "./parts.js";

/** @param {Traced} state @param {number} map @returns {Described} */
export function describeMap(state, map) {
  const { trace, palette } = state;
  const { mapHeight, mapWidth } = trace.geometry;
  const size = mapHeight * mapWidth;
  const strongest = trace.conv1Scale * maximum(trace.conv1.subarray(map * size, (map + 1) * size));
  const places = `${mapHeight} × ${mapWidth}`;
  return {
    nodes: [
      story(mapText({ map, places, strongest }), `Map ${map + 1} of Conv1`),
      plot("patch", `${places} responses`, (canvas) => {
        const { context, height } = fitCanvas(canvas);
        drawMap(context, trace, map, palette, height);
      }),
      kernelPlot(state, map),
    ],
  };
}

/**
 * The pattern that it finds: orange where ink makes the response larger, blue where ink makes it smaller.
 * @param {Traced} state
 * @param {number} map
 */
function kernelPlot(state, map) {
  const { kernel } = state.trace.geometry;
  const kernels = kernelsNow(state);
  const own = kernels?.subarray(map * kernel * kernel, (map + 1) * kernel * kernel);
  const reach = own ? maximum(own.map(Math.abs)) || 1 : 1;
  const caption = [
    `its kernel, ${kernel} × ${kernel}`,
    ...(own ? [` ${fixed(-reach)}`, element("span", { className: "scale" }), ` ${fixed(reach)}`] : [" …"]),
  ];
  return plot("kernel", caption, (canvas) => {
    const { context, height: size } = fitCanvas(canvas);
    if (!own) return;
    context.imageSmoothingEnabled = false;
    context.drawImage(paintSigned(kernel, kernel, own, reach, state.palette), 0, 0, size, size);
  });
}
