/** The pads of the two digits. @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/pair/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawKeyboardPen, drawStrokes } from "../../charts/pad.js";
import { drawPicture } from "../../charts/picture.js";
import { layerAlone } from "../../state/pair/laid.js";
import { layersOf } from "../../state/pair/layers.js";
import { truthOf } from "../../state/pair/truths.js";
import { className } from "../../state/trace/network.js";
import { layerTold } from "../../words/pair.js";
import { buttonIn, canvasIn, drawOn, inputIn, partIn } from "../../widgets/dom.js";
import { keyboardPen } from "../../widgets/keyboard-pen.js";
import { pointerPen } from "../../widgets/pointer-pen.js";
import { whenSettled } from "../../widgets/settled.js";

/** What their ids end with. */
const ENDINGS = /** @type {const} */ (["a", "b"]);

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountLayers(root, context) {
  const { store, actions } = context;
  mountLayer({ ...context, root }, 0);
  mountLayer({ ...context, root }, 1);
  whenSettled(
    store,
    root,
    // With a new trace, too: what did not come for one layer is forgotten then, and told only if it is asked again.
    (state) => [state.trace, ...layersOf(state).map(({ source }) => source)],
    () => actions.needTruths(),
    { signal: context.signal },
  );
  const width = inputIn(root, "pen");
  width.addEventListener("input", () => actions.setPenWidth(width.valueAsNumber));
  store.watch(
    ({ penWidth }) => [penWidth],
    ({ penWidth }) => (width.value = String(penWidth)),
  );
}

/** @param {Placed<State, Actions>} context @param {0 | 1} k */
function mountLayer(context, k) {
  const { root, store, actions } = context;
  const ending = ENDINGS[k];
  const canvas = canvasIn(root, `pad-${ending}`);
  const hint = partIn(root, `hint-${ending}`, HTMLElement);
  hint.textContent = "Draw here"; // now that one can
  const pen = { ...actions.penOf(k), letGo: actions.letGo };
  const keyboard = keyboardPen(canvas, pen, () => draw(store.get()));

  /** @param {State} state */
  function draw(state) {
    const { penWidth, palette, trace } = state;
    const { context: painter, width: side } = fitCanvas(canvas);
    const { source } = layersOf(state)[k];
    if (source.kind === "strokes") drawStrokes(painter, source.strokes, { side, penWidth, palette });
    else if (source.kind !== "empty") {
      const alone = layerAlone(state, k);
      if (trace && alone) drawPicture(trace.geometry, painter, alone, palette, { left: 0, top: 0, size: side });
    }
    if (keyboard.shown) drawKeyboardPen(painter, keyboard.point, { side, penWidth, palette, down: pen.isPenDown() });
    hint.hidden = source.kind !== "empty" || keyboard.shown;
  }

  drawOn(context, canvas, (state) => [layersOf(state)[k].source, state.penWidth, state.trace], draw, { turn: "first" });
  pointerPen(canvas, pen);
  tools(context, k);
}

/** @param {Placed<State, Actions>} context @param {0 | 1} k */
function tools({ root, store, actions }, k) {
  const ending = ENDINGS[k];
  const [undo, clear] = [buttonIn(root, `undo-${ending}`), buttonIn(root, `clear-${ending}`)];
  const told = partIn(root, `truth-${ending}`, HTMLElement);
  undo.addEventListener("click", () => actions.penOf(k).undo());
  clear.addEventListener("click", () => actions.clearLayer(k));
  store.watch(
    (state) => [layersOf(state)[k].source, state.clearedLayers[k], truthOf(state, k), state.models],
    (state) => {
      const { source } = layersOf(state)[k];
      undo.disabled = source.kind !== "strokes" && !state.clearedLayers[k];
      clear.disabled = source.kind === "empty";
      const truth = truthOf(state, k);
      told.textContent = layerTold(source, truth && { ...truth, name: className(state, truth.label) });
    },
  );
}
