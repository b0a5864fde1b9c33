/** What the decoder draws, beside the input. @import { State } from "../types.js" @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawDifference, drawOutline, drawPicture } from "../draw/picture.js";
import { outlineOf } from "../layout/outline.js";
import { fixed } from "../lib/format.js";
import { lengthOf, maximum, squaredError } from "../lib/math.js";
import { CLASSES, IMAGE, POSE_DIM } from "../lib/network.js";
import { followsRouting, reconstructionNow, showsIteration } from "../state/reconstructing.js";
import {
  dialledPose, foundPose, foundReconstruction, isBeforeEnd, isDialled, iterationOf, lengthsNow, passageOf, shownClass,
} from "../state/selectors.js";
import { buttonById, byId, canvasById, drawOn, inputById } from "./dom.js";

/** The decoder draws all shorter poses nearly alike. */
const FAINT = 0.1;

/** @param {Context} context */
export function reconstructionView(context) {
  const { store, actions } = context;
  const [reconstruction, original, difference] = ["reconstruction", "original", "difference"].map(canvasById);
  const caption = byId("difference-caption", HTMLElement);
  /** @param {State} state */
  const drawn = (state) => [state.trace, state.reconstruction, ...(showsIteration(state) ? [state.iterationReconstructions, state.playhead] : [null, null])];

  drawOn(context, reconstruction, drawn, (state) => {
    const now = reconstructionNow(state);
    if (!now && state.trace) return; // it comes in a moment: until then what is there stays, rather than flickers
    const { context: painter, width: size } = fitCanvas(reconstruction);
    if (now) drawPicture(painter, now, state.palette, { left: 0, top: 0, size });
  });
  drawOn(context, original, (state) => [comparedWith(state)], (state) => {
    const { context: painter, width: size } = fitCanvas(original);
    const compared = comparedWith(state);
    if (compared) drawPicture(painter, compared, state.palette, { left: 0, top: 0, size });
  });
  drawOn(context, difference, (state) => [...drawn(state), comparedWith(state)], (state) => {
    const [now, compared] = [reconstructionNow(state), comparedWith(state)];
    if (!now && state.trace) return;
    const { context: painter, width: size } = fitCanvas(difference);
    if (!now || !compared) return void (caption.textContent = "difference");
    drawDifference(painter, now, compared, state.palette, { left: 0, top: 0, size });
    caption.textContent = `diff., Σ² ${fixed(squaredError(now, compared), 1)}`;
  });
  store.watch(
    (state) => [state.trace, shownClass(state), followsRouting(state), iterationOf(state)],
    () => actions.needIterationReconstructions(),
  );
  captions(context, reconstruction);
  comparison(context, original);
  ghost(context);
}

/**
 * Of which iteration the picture is; and where a capsule is hardly there, that its picture says nothing of the input.
 * @param {Context} context
 * @param {HTMLCanvasElement} picture
 */
function captions({ store, actions }, picture) {
  const [caption, faint, lengthen] = [byId("reconstruction-caption", HTMLElement), byId("faint", HTMLElement), buttonById("lengthen")];
  lengthen.addEventListener("click", () => {
    actions.lengthenPose();
    inputById("dial-length").focus(); // the button has done its work and goes
  });
  store.watch(
    (state) => [whenText(state), isFaint(state), canLengthen(state)],
    (state) => {
      const when = whenText(state);
      faint.hidden = !isFaint(state);
      caption.hidden = isFaint(state);
      lengthen.hidden = !canLengthen(state);
      caption.textContent = when || "reconstruction";
      caption.title = when && "Drawn from the class capsule as it is there. The dials turn that of the last iteration.";
      picture.ariaLabel = `The reconstruction from the pose${when && ` in ${when}`}${isFaint(state) ? ": nearly what the decoder draws from nothing" : ""}`;
    },
  );
}

/** Where in the routing the picture belongs, while that is not its end. @param {State} state */
function whenText(state) {
  if (!showsIteration(state)) return isDialled(state) && isBeforeEnd(state) ? "last iteration" : "";
  const passage = passageOf(state);
  return passage ? `iteration ${passage[0]} → ${passage[1]}` : `iteration ${iterationOf(state)}`;
}

/** Whether what is drawn is hardly there, and so has hardly a pose. @param {State} state */
function isFaint(state) {
  const label = shownClass(state);
  if (!state.trace || label === null) return false;
  if (showsIteration(state)) return lengthsNow(/** @type {import("../types.js").Traced} */ (state))[label] < FAINT;
  const pose = dialledPose(state);
  return pose !== null && lengthOf(pose, 0, POSE_DIM) < FAINT;
}

/** Whether it has a direction, and another capsule is long enough to show what that means. @param {State} state */
function canLengthen(state) {
  const { trace } = state;
  const pose = foundPose(state);
  return isFaint(state) && trace !== null && pose !== null && pose.some((number) => number !== 0) && maximum(trace.lengths.subarray(-CLASSES)) >= FAINT;
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
