/** What the network sees and what it reads. @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State, Traced } from "../../state/trace/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawOwned, drawPatch, drawPicture } from "../../charts/picture.js";
import { isPhoto } from "../../capsules/crop.js";
import { lengthAt } from "../../capsules/contributions.js";
import { CLEAR_LENGTH } from "../../capsules/limits.js";
import { lengthEquation } from "../../shell/format.js";
import { receptiveField } from "../../capsules/geometry.js";
import { isAsTrained } from "../../state/trace/network.js";
import { isBeforeEnd } from "../../state/trace/playhead.js";
import { lookedAtCapsules, lookedAtType, ownedClass, ownershipNow, pointedAt } from "../../state/trace/pointing.js";
import { canvasIn, drawOn, partIn } from "../../widgets/dom.js";
import { goToFigure } from "../../shell/goto.js";
import { doubtTexts } from "../../words/doubts.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountSees(root, context) {
  const placed = { ...context, root };
  const canvas = canvasIn(root, "sees");
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
      const { geometry, image } = trace;
      if (label === null) drawPicture(geometry, painter, image, palette, box);
      else drawOwned(geometry, painter, image, ownershipNow(/** @type {Traced} */ (state), label), palette, box);
      if (lookedAtType(state) !== null) return; // a type sees everything
      for (const capsule of lookedAtCapsules(state) ?? []) {
        drawPatch(geometry, painter, receptiveField(geometry, capsule), palette, size);
      }
    },
  );
  verdict(placed);
  doubts(placed);
}

/** Doubts that the answer itself does not show, in the place of the picture's caption. */
const NEAR_THE_ANSWER = ["no_clear_digit", "fits_badly"];

/** @param {Placed<State, Actions>} context */
function doubts({ root, store }) {
  const [told, size] = ["doubts", "sees-size"].map((id) => partIn(root, id, HTMLElement));
  store.watch(
    ({ trace, parts }) => [trace, parts.drawing],
    ({ trace, parts }) => {
      const others = (trace?.doubts ?? []).filter((doubt) => !NEAR_THE_ANSWER.includes(doubt));
      told.textContent = doubtTexts(others, isPhoto(parts.drawing)).join(" ");
      size.hidden = told.textContent !== "";
    },
  );
}

/** @param {Placed<State, Actions>} context */
function verdict({ root, store }) {
  const [says, answer, certainty, fit] = ["says", "answer", "certainty", "fit"].map((id) =>
    partIn(root, id, HTMLElement),
  );
  fit.addEventListener("click", () => goToFigure("masks"));
  store.watch(
    (state) => [state.trace],
    ({ trace }) => (fit.hidden = !trace?.doubts.includes("fits_badly")),
  );
  store.watch(
    (state) => [state.trace, state.status, state.models, isBeforeEnd(state)],
    (state) => {
      const { trace, status } = state;
      const length = trace && lengthAt(trace, trace.label, trace.iterations);
      const isShort =
        length !== null && length < CLEAR_LENGTH && trace !== null && isAsTrained({ trace, models: state.models });
      const doubtful = isShort || trace?.doubts.includes("no_clear_digit") === true;
      answer.textContent = trace ? trace.classNames[trace.label] : "–";
      answer.classList.toggle("doubtful", doubtful);
      says.textContent = doubtful ? "no clear digit:" : isBeforeEnd(state) ? "it will read" : "it reads";
      certainty.textContent = length === null ? (status === "loading" ? "reading …" : "") : lengthEquation(length);
      says.title = isBeforeEnd(state) ? "After the last iteration" : "";
    },
    { turn: "first" },
  );
}
