/** What the network sees and what it reads. @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawOwned, drawPatch, drawPicture } from "../draw/picture.js";
import { fixed } from "../lib/format.js";
import { isUnlikeAny } from "../lib/gauge.js";
import { ownership } from "../lib/ownership.js";
import { receptiveField } from "../lib/network.js";
import { contributions, fitOf, iterationOf, lengthAt, lookedAtCapsule } from "../state/selectors.js";
import { byId, canvasById, drawOn } from "./dom.js";

/** A shorter winner than this is no answer: the length is the network's own measure of doubt. */
const DOUBT = 0.5;

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
      else drawOwned(painter, trace.image, ownership(contributions(trace, hoveredClass, iterationOf(state)), lengthAt(trace, hoveredClass, iterationOf(state))), palette, box);
      if (capsule !== null) drawPatch(painter, receptiveField(capsule), palette, size);
    },
  );
  verdict(context);
}

/** @param {Context} context */
function verdict({ store }) {
  const [says, answer, certainty, fit] = ["says", "answer", "certainty", "fit"].map((id) => byId(id, HTMLElement));
  fit.addEventListener("click", () => byId("masks", HTMLElement).scrollIntoView());
  store.watch(
    ({ trace, status, gauge, models }) => [trace, status, gauge, models],
    (state) => {
      const { trace, status } = state;
      fit.hidden = !isUnlikeAny(fitOf(state)?.rank ?? 0);
      const length = trace && lengthAt(trace, trace.label, trace.iterations);
      const doubtful = length !== null && length < DOUBT;
      answer.textContent = trace ? String(trace.label) : "–";
      answer.classList.toggle("doubtful", doubtful);
      says.textContent = doubtful ? "no digit clearly, at most" : "it reads";
      certainty.textContent = length === null ? (status === "loading" ? "reading …" : "") : `‖v‖ = ${fixed(length)}`;
    },
  );
}
