/** One class capsule: its length, its pose and what is drawn of it, upright and from the present viewpoint. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { BothSeen, Seen } from "../../state/view/viewed.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { displacement } from "../../capsules/viewpoint.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawChanges } from "../../charts/change.js";
import { drawPicture } from "../../charts/picture.js";
import { lengthEquation, narrowLength } from "../../shell/format.js";
import { className } from "../../state/trace/network.js";
import { bothSeen, viewedClass } from "../../state/view/viewed.js";
import { answerOf, poseText } from "../../words/viewpoint.js";
import { canvasIn, drawOn, partIn, speaker } from "../../widgets/dom.js";
import { twoBars } from "../../widgets/two-bars.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountViewCapsule(root, context) {
  const placed = { ...context, root };
  lengths(placed);
  pose(placed);
  pictures(placed);
}

/** What the newest answer hangs on. @param {State} state */
const seenNow = (state) => [
  state.viewed.capsule,
  state.uprightSeen.capsule,
  state.viewpoint,
  state.trace,
  viewedClass(state),
];

/** @param {Placed<State, Actions>} context */
function lengths({ root, store }) {
  const [called, of, says] = ["capsule-class", "capsule-of", "capsule-says"].map((id) => partIn(root, id, HTMLElement));
  const show = twoBars(partIn(root, "capsule-lengths", HTMLElement), narrowLength);
  store.watch(
    seenNow,
    (state) => {
      const both = bothSeen(state, "capsule");
      const label = viewedClass(state);
      called.textContent = label === null ? "…" : className(state, label);
      root.classList.toggle("behind", both?.isBehind === true);
      const followed = both?.now.of.label ?? null;
      show(
        both && followed !== null ? { upright: both.upright.scores[followed], now: both.now.scores[followed] } : null,
      );
      of.textContent = of.title = both ? answerOf(both.now.of.viewpoint) : "";
      says.textContent = both
        ? `It reads ${className(state, both.now.label)}, ${lengthEquation(both.now.scores[both.now.label])}`
        : "";
      says.classList.toggle("another", both !== null && both.now.label !== followed);
    },
    { turn: "first" },
  );
}

/**
 * The pose of the class that an answer follows.
 * @param {Seen} seen
 * @returns {Float32Array} (D)
 */
function poseOf({ of: { label, trace }, poses }) {
  const { poseDim } = trace.geometry;
  return /** @type {Float32Array} */ (poses).subarray((label ?? 0) * poseDim, ((label ?? 0) + 1) * poseDim);
}

/** How the pose changed. @param {BothSeen} both */
function changeOf({ now, upright }) {
  const label = now.of.label ?? 0;
  const change = displacement(poseOf(now), poseOf(upright));
  return poseText({ ...change, length: now.scores[label], uprightLength: upright.scores[label] });
}

/** @param {Placed<State, Actions>} context */
function pose(context) {
  const canvas = canvasIn(context.root, "pose-change");
  const told = partIn(context.root, "pose-told", HTMLElement);
  const say = speaker(canvas);
  drawOn(context, canvas, seenNow, (state) => {
    const { context: painter, width, height } = fitCanvas(canvas);
    const both = bothSeen(state, "capsule");
    told.textContent = both ? changeOf(both) : "";
    say(both ? `The numbers of the pose. ${changeOf(both)}` : null);
    if (!both) return;
    drawChanges(painter, poseOf(both.now), poseOf(both.upright), { width, height, palette: state.palette });
  });
}

/** @param {Placed<State, Actions>} context */
function pictures(context) {
  /** @type {[string, (both: BothSeen) => Float32Array | undefined][]} */
  const all = [
    ["drawn-upright", ({ upright }) => upright.reconstruction],
    ["drawn-now", ({ now }) => now.reconstruction],
    ["sees-now", ({ now }) => now.image],
  ];
  for (const [id, pictureOf] of all) {
    const canvas = canvasIn(context.root, id);
    drawOn(context, canvas, seenNow, (state) => {
      const { context: painter, width: size } = fitCanvas(canvas);
      const both = bothSeen(state, "capsule");
      const shown = both && pictureOf(both);
      if (shown) drawPicture(both.now.of.trace.geometry, painter, shown, state.palette, { left: 0, top: 0, size });
    });
  }
}
