/** What the decoder draws, beside the input. @import { State } from "../types.js" @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawDifference, drawOutline, drawPicture } from "../draw/picture.js";
import { outlineOf } from "../layout/outline.js";
import { IMAGE, POSE_DIM } from "../lib/network.js";
import { fixed } from "../lib/format.js";
import { lengthOf, squaredError } from "../lib/math.js";
import { emergenceOf, isRouted, reconstructionNow } from "../state/emergence.js";
import { dialledPose, foundReconstruction, isDialled, iterationOf, passageOf, shownClass } from "../state/selectors.js";
import { buttonById, byId, canvasById, drawOn } from "./dom.js";

/** The decoder draws all shorter poses nearly alike. */
const FAINT = 0.1;

/** @param {Context} context */
export function reconstructionView(context) {
  const [reconstruction, original, difference] = ["reconstruction", "original", "difference"].map(canvasById);
  const caption = byId("difference-caption", HTMLElement);

  const drawn = (/** @type {State} */ state) => [state.reconstruction, emergenceOf(state), emergenceOf(state) && state.playhead];
  drawOn(context, reconstruction, drawn, (state) => {
    const { context: painter, width: size } = fitCanvas(reconstruction);
    const now = reconstructionNow(state);
    if (now) drawPicture(painter, now, state.palette, { left: 0, top: 0, size });
  });
  drawOn(context, original, (state) => [comparedWith(state)], (state) => {
    const { context: painter, width: size } = fitCanvas(original);
    const compared = comparedWith(state);
    if (compared) drawPicture(painter, compared, state.palette, { left: 0, top: 0, size });
  });
  drawOn(context, difference, (state) => [...drawn(state), comparedWith(state)], (state) => {
    const { context: painter, width: size } = fitCanvas(difference);
    const [now, compared] = [reconstructionNow(state), comparedWith(state)];
    if (!now || !compared) return void (caption.textContent = "difference");
    drawDifference(painter, now, compared, state.palette, { left: 0, top: 0, size });
    caption.textContent = `diff., Σ² ${fixed(squaredError(now, compared), 1)}`;
  });
  context.store.watch(
    (state) => [state.trace, shownClass(state), isRouted(state)],
    () => context.actions.needEmergence(),
  );
  captions(context);
  comparison(context, original);
  ghost(context);
}

/** A capsule that is hardly there has hardly a pose: what is drawn of it says nothing of the input. @param {Context} context */
function captions({ store, actions }) {
  const [caption, lengthen] = [byId("reconstruction-caption", HTMLElement), buttonById("lengthen")];
  lengthen.addEventListener("click", () => actions.lengthenPose());
  store.watch((state) => [state.trace, state.offsets, state.poseLength, shownClass(state), whenText(state)], (state) => {
    const pose = dialledPose(state);
    const when = whenText(state);
    const isFaint = !when && pose !== null && lengthOf(pose, 0, POSE_DIM) < FAINT;
    lengthen.hidden = !isFaint;
    caption.textContent = when || (isFaint ? "v ≈ 0" : "reconstruction");
    if (when) caption.title = "Drawn from the class capsule as it is there. The dials turn that of the last iteration.";
    else caption.title = isFaint ? "This capsule is nearly zero: the decoder draws its default, whatever the input." : "";
  });
}

/** Where in the routing the picture belongs, while that is not its end. @param {State} state */
function whenText(state) {
  if (!emergenceOf(state)) return "";
  const passage = passageOf(state);
  return passage ? `iteration ${passage[0]} → ${passage[1]}` : `iteration ${iterationOf(state)}`;
}

/** What the reconstruction is held against. @param {State} state */
const comparedWith = (state) => (state.compareWith === "found" ? foundReconstruction(state) : (state.trace?.image ?? null));

/** @param {Context} context @param {HTMLCanvasElement} original */
function comparison({ store, actions }, original) {
  const button = buttonById("compare");
  button.addEventListener("click", () => actions.setCompareWith(store.get().compareWith === "input" ? "found" : "input"));
  store.watch(
    ({ compareWith }) => [compareWith],
    ({ compareWith }) => {
      button.textContent = compareWith === "input" ? "input ⇄" : "as found ⇄";
      original.ariaLabel = compareWith === "input" ? "The input, for comparison" : "The reconstruction as it was found, for comparison";
    },
  );
}

/** The outline has a canvas of its own: what turns below it does not paint it again. @param {Context} context */
function ghost(context) {
  const { store, actions } = context;
  const [canvas, button] = [canvasById("ghost"), buttonById("ghost-switch")];
  button.addEventListener("click", () => actions.setGhost(!store.get().ghost));
  drawOn(context, canvas, (state) => [foundReconstruction(state)], (state) => {
    const { context: painter, width: size } = fitCanvas(canvas);
    const found = foundReconstruction(state);
    if (found) drawOutline(painter, outlineOf(found, IMAGE), state.palette, size);
  });
  store.watch(
    (state) => [state.ghost, isDialled(state), shownClass(state)],
    (state) => {
      button.ariaPressed = String(state.ghost);
      canvas.classList.toggle("shown", state.ghost && isDialled(state));
    },
  );
}
