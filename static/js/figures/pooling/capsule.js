/** The same done to the primary capsules: their lengths, the class capsule and its picture, before and after. */
/** @import { Placed } from "../../widgets/dom.js" @import { ScatteredSeen } from "../../state/view/pooling.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { displacement } from "../../capsules/viewpoint.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawChanges, drawMaps } from "../../charts/change.js";
import { drawPicture } from "../../charts/picture.js";
import { argmax } from "../../shell/math.js";
import { geometryNow } from "../../state/trace/network.js";
import { bothMapsOf, bothOf, scatteredNow } from "../../state/view/pooling.js";
import { capsuleText } from "../../words/pooling.js";
import { canvasIn, drawWhileSeen, partIn, speaker } from "../../widgets/dom.js";

/** What the figure hangs on. @param {State} state */
const shownNow = (state) => [state.scattered.capsule, state.trace, state.viewpoint, state.scatterSeed];

/** @param {Placed<State, Actions>} context */
export function mountCapsule(context) {
  told(context);
  primary(context);
  pose(context);
  pictures(context);
}

/**
 * The class that is read before, and its capsule before and after.
 * @param {ScatteredSeen} found
 */
function followed(found) {
  const scores = bothOf(found, "scores");
  const { poseDim } = found.of.trace.geometry;
  const label = argmax(scores[0]);
  const [before, after] = bothOf(found, "poses").map((all) => all.subarray(label * poseDim, (label + 1) * poseDim));
  return { label, scores, before, after };
}

/** @param {Placed<State, Actions>} context */
function told({ root, store }) {
  const [line] = partIn(root, "pooling-capsule-told", HTMLElement).children;
  const [place, step] = ["pooling-capsule", "pooling-step"].map((id) => partIn(root, id, HTMLElement));
  const called = /** @type {HTMLElement} */ (root.querySelector(".pooling-class"));
  store.watch(
    (state) => [geometryNow(state)],
    (state) => (step.textContent = String(geometryNow(state)?.stride ?? "…")),
  );
  store.watch(shownNow, (state) => {
    const now = scatteredNow(state, "capsule");
    place.classList.toggle("behind", now?.isBehind === true);
    line.textContent = now ? textOf(now.found) : "";
    if (now) called.textContent = nameIn(now.found, followed(now.found).label);
  });
}

/** @param {ScatteredSeen} found @param {number} label */
const nameIn = (found, label) => found.of.trace.classNames[label] ?? String(label);

/** @param {ScatteredSeen} found */
function textOf(found) {
  const { label, scores, before, after } = followed(found);
  return capsuleText({
    read: [nameIn(found, label), nameIn(found, argmax(scores[1]))],
    lengths: [scores[0][label], scores[1][label]],
    ...displacement(after, before),
  });
}

/** @param {Placed<State, Actions>} context */
function primary(context) {
  for (const when of /** @type {const} */ (["before", "after"])) {
    const canvas = canvasIn(context.root, `pooling-primary-${when}`);
    drawWhileSeen(context, canvas, shownNow, (state) => {
      const { context: painter, width, height } = fitCanvas(canvas);
      const found = scatteredNow(state, "capsule")?.found;
      if (!found) return;
      drawMaps(painter, bothMapsOf(found, "lengths_of_primary")[when], { width, height, palette: state.palette });
    });
  }
}

/** @param {Placed<State, Actions>} context */
function pose(context) {
  const canvas = canvasIn(context.root, "pooling-pose");
  const say = speaker(canvas);
  drawWhileSeen(context, canvas, shownNow, (state) => {
    const { context: painter, width, height } = fitCanvas(canvas);
    const found = scatteredNow(state, "capsule")?.found;
    say(found ? `The pose. ${textOf(found)}` : null);
    if (!found) return;
    const { before, after } = followed(found);
    drawChanges(painter, after, before, { width, height, palette: state.palette });
  });
}

/** @param {Placed<State, Actions>} context */
function pictures(context) {
  ["before", "after"].forEach((when, k) => {
    const canvas = canvasIn(context.root, `pooling-drew-${when}`);
    drawWhileSeen(context, canvas, shownNow, (state) => {
      const { context: painter, width: size } = fitCanvas(canvas);
      const found = scatteredNow(state, "capsule")?.found;
      if (!found) return;
      const box = { left: 0, top: 0, size };
      drawPicture(found.of.trace.geometry, painter, bothOf(found, "reconstruction")[k], state.palette, box);
    });
  });
}
