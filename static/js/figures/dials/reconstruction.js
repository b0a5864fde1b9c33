/** What the decoder draws, beside the input. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State, Traced } from "../../state/digit/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawDifference, drawOutline, drawPicture } from "../../charts/picture.js";
import { outlineOf } from "../../charts/outline.js";
import { fixed } from "../../shell/format.js";
import { lengthOf, maximum, squaredError } from "../../shell/math.js";
import {
  followsRouting,
  iterationReconstructions,
  foundReconstruction,
  reconstructionNow,
  showsIteration,
} from "../../state/digit/decoding.js";
import { dialledPose, isDialled } from "../../state/digit/dials.js";
import { foundPose, shownClass } from "../../state/trace/choosing.js";
import { isBeforeEnd, iterationOf, lengthsNow, passageOf } from "../../state/trace/playhead.js";
import { buttonIn, canvasIn, drawOn, inputIn, partIn } from "../../widgets/dom.js";

/** The decoder draws all shorter poses nearly alike. */
const FAINT = 0.1;

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountReconstruction(root, context) {
  const placed = { ...context, root };
  const { store, actions } = context;
  const [reconstruction, original, difference] = ["reconstruction", "original", "difference"].map((id) =>
    canvasIn(root, id),
  );
  const caption = partIn(root, "difference-caption", HTMLElement);
  /** @param {State} state */
  const drawn = (state) => [
    state.trace,
    state.reconstruction,
    ...(showsIteration(state) ? [iterationReconstructions(state), state.playhead] : [null, null]),
  ];

  drawOn(placed, reconstruction, drawn, (state) => {
    const now = reconstructionNow(state);
    if (!now && state.trace) return; // it comes in a moment: until then what is there stays, rather than flickers
    const { context: painter, width: size } = fitCanvas(reconstruction);
    if (now && state.trace) drawPicture(state.trace.geometry, painter, now, state.palette, { left: 0, top: 0, size });
  });
  drawOn(
    context,
    original,
    (state) => [comparedWith(state)],
    (state) => {
      const { context: painter, width: size } = fitCanvas(original);
      const compared = comparedWith(state);
      if (!compared || !state.trace) return;
      drawPicture(state.trace.geometry, painter, compared, state.palette, { left: 0, top: 0, size });
    },
  );
  drawOn(
    context,
    difference,
    (state) => [...drawn(state), comparedWith(state)],
    (state) => {
      const [now, compared] = [reconstructionNow(state), comparedWith(state)];
      if (!now && state.trace) return;
      const { context: painter, width: size } = fitCanvas(difference);
      if (!now || !compared || !state.trace) return void (caption.textContent = "difference");
      drawDifference(state.trace.geometry, painter, now, compared, state.palette, { left: 0, top: 0, size });
      caption.textContent = `diff., Σ² ${fixed(squaredError(now, compared), 1)}`;
    },
  );
  store.watch(
    (state) => [state.trace, shownClass(state), followsRouting(state), iterationOf(state)],
    () => actions.needIterationReconstructions(),
  );
  captions(placed, reconstruction);
  comparison(placed, original);
  ghost(placed);
}

/**
 * Of which iteration the picture is; and where a capsule is hardly there, that its picture says nothing of the input.
 * @param {Placed<State, Actions>} context
 * @param {HTMLCanvasElement} picture
 */
function captions({ root, store, actions }, picture) {
  const [caption, faint, lengthen] = [
    partIn(root, "reconstruction-caption", HTMLElement),
    partIn(root, "faint", HTMLElement),
    buttonIn(root, "lengthen"),
  ];
  lengthen.addEventListener("click", () => {
    actions.lengthenPose();
    inputIn(root, "dial-length").focus(); // the button has done its work and goes
  });
  store.watch(
    (state) => [whenText(state), isFaint(state), canLengthen(state)],
    (state) => {
      const when = whenText(state);
      faint.hidden = !isFaint(state);
      caption.hidden = isFaint(state);
      lengthen.hidden = !canLengthen(state);
      caption.textContent = when || "reconstruction";
      caption.title =
        when && "Drawn from the class capsule at this iteration. The dials change the pose after the last iteration.";
      picture.ariaLabel = `The reconstruction from the pose${when && `, ${when}`}${isFaint(state) ? ": the capsule is almost zero, so the picture says little about the drawing" : ""}`;
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
  if (showsIteration(state)) {
    return lengthsNow(/** @type {Traced} */ (state))[label] < FAINT;
  }
  const pose = dialledPose(state);
  return pose !== null && lengthOf(pose, 0, pose.length) < FAINT;
}

/** Whether it has a direction, and another capsule is long enough to show what that means. @param {State} state */
function canLengthen(state) {
  const { trace } = state;
  const pose = foundPose(state);
  return (
    isFaint(state) &&
    trace !== null &&
    pose !== null &&
    pose.some((number) => number !== 0) &&
    maximum(trace.lengths.subarray(-trace.geometry.classes)) >= FAINT
  );
}

/** What the reconstruction is compared with. @param {State} state */
const comparedWith = (state) =>
  state.compareWith === "found" ? foundReconstruction(state) : (state.trace?.image ?? null);

/** @param {Placed<State, Actions>} context @param {HTMLCanvasElement} original */
function comparison({ root, store, actions }, original) {
  const button = buttonIn(root, "compare");
  button.addEventListener("click", () =>
    actions.setCompareWith(store.get().compareWith === "input" ? "found" : "input"),
  );
  store.watch(
    ({ compareWith }) => [compareWith],
    ({ compareWith }) => {
      button.textContent = compareWith === "input" ? "input ⇄" : "original ⇄";
      button.title =
        compareWith === "input"
          ? "This is the input. Press to compare with the original reconstruction"
          : "This is the original reconstruction. Press to compare with the input";
      original.ariaLabel =
        compareWith === "input" ? "The input, for comparison" : "The original reconstruction, for comparison";
    },
  );
}

/**
 * The outline has a canvas of its own: what turns below it does not paint it again.
 * @param {Placed<State, Actions>} context
 */
function ghost(context) {
  const { root, store, actions } = context;
  const [canvas, button] = [canvasIn(root, "ghost"), buttonIn(root, "ghost-switch")];
  button.addEventListener("click", () => actions.setGhost(!store.get().ghost));
  drawOn(
    context,
    canvas,
    (state) => [foundReconstruction(state)],
    (state) => {
      const { context: painter, width: size } = fitCanvas(canvas);
      const found = foundReconstruction(state);
      if (!found || !state.trace) return;
      const { geometry } = state.trace;
      drawOutline(geometry, painter, outlineOf(geometry, found), state.palette, size);
    },
  );
  store.watch(
    (state) => [state.ghost, isDialled(state), shownClass(state)],
    (state) => {
      button.ariaPressed = String(state.ghost);
      canvas.classList.toggle("shown", state.ghost && isDialled(state));
    },
  );
}
