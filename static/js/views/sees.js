/** What the network sees and what it reads. @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawOwned, drawPatch, drawPicture } from "../draw/picture.js";
import { fixed } from "../lib/format.js";
import { ownership } from "../lib/ownership.js";
import { CLASSES, receptiveField } from "../lib/network.js";
import { contributions, iterationOf, lookedAtCapsule } from "../state/selectors.js";
import { byId, canvasById, drawOn } from "./dom.js";

/** @param {Context} context */
export function seesView(context) {
  const canvas = canvasById("sees");
  drawOn(
    context,
    canvas,
    (state) => [state.trace, state.hoveredClass, lookedAtCapsule(state), iterationOf(state)],
    (state) => {
      const { context: painter, width: size } = fitCanvas(canvas);
      const { trace, hoveredClass, palette } = state;
      if (!trace) return;
      const box = { left: 0, top: 0, size };
      const capsule = lookedAtCapsule(state);
      if (hoveredClass === null) drawPicture(painter, trace.image, palette, box);
      else drawOwned(painter, trace.image, ownership(contributions(trace, hoveredClass, iterationOf(state))), palette, box);
      if (capsule !== null) drawPatch(painter, receptiveField(capsule), palette, size);
    },
  );
  verdict(context);
}

/** @param {Context} context */
function verdict({ store }) {
  const [answer, certainty] = [byId("answer", HTMLElement), byId("certainty", HTMLElement)];
  store.watch(
    ({ trace, status }) => [trace, status],
    ({ trace, status }) => {
      answer.textContent = trace ? String(trace.label) : "–";
      const length = trace?.lengths[(trace.iterations - 1) * CLASSES + trace.label];
      certainty.textContent = length === undefined ? (status === "loading" ? "reading …" : "") : `‖v‖ = ${fixed(length)}`;
    },
  );
}
