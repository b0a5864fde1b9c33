/** What the network sees and what it reads. @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawOwned, drawPatch, drawPicture } from "../draw/picture.js";
import { lengthAt } from "../lib/contributions.js";
import { lengthEquation } from "../lib/format.js";
import { fitsBadly } from "../lib/gauge.js";
import { receptiveField } from "../lib/network.js";
import { fitOf, isAsTrained, isBeforeEnd, lookedAtCapsules, lookedAtType, ownedClass, ownershipNow, pointedAt } from "../state/selectors.js";
import { byId, canvasById, drawOn } from "./dom.js";
import { goTo } from "./goto.js";

/** A shorter winner than this is no answer, where the routing is that of training: fewer iterations leave it shorter, and as right. */
const DOUBT = 0.5;

/** @import { Traced } from "../types.js" */

/** @param {Context} context */
export function seesView(context) {
  const canvas = canvasById("sees");
  drawOn(
    context,
    canvas,
    (state) => [state.trace, ownedClass(state), ...pointedAt(state), ownedClass(state) === null || state.playhead],
    (state) => {
      const { context: painter, width: size } = fitCanvas(canvas);
      const { trace, palette } = state;
      const label = ownedClass(state);
      if (!trace) return;
      const box = { left: 0, top: 0, size };
      if (label === null) drawPicture(painter, trace.image, palette, box);
      else drawOwned(painter, trace.image, ownershipNow(/** @type {Traced} */ (state), label), palette, box);
      if (lookedAtType(state) !== null) return; // a type sees everything
      for (const capsule of lookedAtCapsules(state) ?? []) drawPatch(painter, receptiveField(capsule), palette, size);
    },
  );
  verdict(context);
}

/** @param {Context} context */
function verdict({ store }) {
  const [says, answer, certainty, fit] = ["says", "answer", "certainty", "fit"].map((id) => byId(id, HTMLElement));
  fit.addEventListener("click", () => goTo(byId("masks", HTMLElement)));
  store.watch(
    (state) => [state.trace, state.status, state.gauge, state.models, isBeforeEnd(state)],
    (state) => {
      const { trace, status } = state;
      fit.hidden = !fitsBadly(fitOf(state)?.rank ?? 0);
      const length = trace && lengthAt(trace, trace.label, trace.iterations);
      const doubtful = trace !== null && length !== null && length < DOUBT && isAsTrained({ trace, models: state.models });
      answer.textContent = trace ? String(trace.label) : "–";
      answer.classList.toggle("doubtful", doubtful);
      says.textContent = doubtful ? "no clear digit:" : isBeforeEnd(state) ? "it will read" : "it reads";
      certainty.textContent = length === null ? (status === "loading" ? "reading …" : "") : lengthEquation(length);
      says.title = isBeforeEnd(state) ? "At the end of the routing" : "";
    },
  );
}
