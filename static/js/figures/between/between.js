/** The way from one pose to another, and the mean of several. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Walk } from "../../state/digit/kept.js" */
/** @import { BetweenActions } from "../../state/digit/between.js" */
/** @import { Actions, State } from "../../state/digit/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawPicture } from "../../charts/picture.js";
import { drawPoseWalk, drawWalk } from "../../charts/between.js";
import { lengthOf } from "../../shell/math.js";
import { STEPS, angleBetween, mostChanged } from "../../capsules/poses.js";
import { numbersText } from "../../words/spoken.js";
import { originOfWalk, stepOf, walkNow } from "../../state/digit/kept.js";
import { className, geometryNow } from "../../state/trace/network.js";
import { buttonIn, canvasIn, drawOn, inputIn, partIn, speaker } from "../../widgets/dom.js";
import {
  DIALLED,
  NO_A,
  OWN_CLASSES,
  apartText,
  meanImageSaid,
  meanPoseSaid,
  meanPoseText,
  placeText,
  rowText,
  sameClassText,
  walkAsText,
} from "../../words/between.js";
import { mountKept } from "./kept.js";
import { whenSettled } from "../../widgets/settled.js";
import { mountShelf } from "./shelf.js";

/** Every fourth pose of the walk stands in the row. */
const EVERY = 4;

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export async function mountBetween(root, context) {
  const placed = { ...context, root };
  const { store } = context;
  const actions = await context.actions.walking();
  const section = partIn(root, "between", HTMLElement);
  whenSettled(
    store,
    section,
    (state) => [...Object.values(originOfWalk(state)), state.source.kind, state.shelfPage],
    actions.needWalk,
    { signal: context.signal },
  );
  mountKept(root, context, actions);
  mountShelf(root, context, actions);
  note(placed, actions);
  pictures(placed, actions);
  means(placed);
}

/**
 * What keeps the two apart, and the way out of it.
 * @param {Placed<State, Actions>} context
 * @param {BetweenActions} actions
 */
function note({ root, store }, actions) {
  const [text, button] = [partIn(root, "between-note", HTMLElement), buttonIn(root, "walk-as")];
  button.addEventListener("click", () => {
    const { walkAs } = store.get();
    const walk = walkNow(store.get());
    actions.walkAsClass(walkAs === null && walk ? walk.label : null);
  });
  store.watch(
    (state) => [walkNow(state), state.walkTrouble, state.walkAs, state.ends, state.trace],
    (state) => {
      const { walkAs } = state;
      const walk = walkNow(state);
      text.textContent = noteOf(state);
      // one is awaited: until it comes nothing moves, and the button keeps the keyboard
      if (!walk && state.walk) return;
      partIn(root, "walk", HTMLElement).classList.toggle("wayless", walk?.poses.length === 0);
      button.hidden = !walk || (walkAs === null && !otherClass(walk));
      button.textContent = walkAs === null && walk ? sameClassText(className(state, walk.label)) : OWN_CLASSES;
    },
  );
}

/** What B is read as, where it is not the class of the walk. @param {Walk} walk */
function otherClass({ looks, label, of }) {
  const other = looks[of.ends[1]];
  return other && other.label !== label ? other : null;
}

/** @param {State} state */
function noteOf(state) {
  const { walkTrouble, walkAs, ends, trace } = state;
  const walk = walkNow(state);
  if (walkTrouble) return walkTrouble;
  if (!trace && ends.includes(0)) return NO_A;
  if (!walk) return "";
  const other = otherClass(walk);
  if (other && walkAs === null) {
    const [read, own] = [other.label, walk.label].map((label) => className(state, label));
    return apartText({ read, own, dimensions: other.geometry.poseDim, length: lengthIn(other, walk.label) });
  }
  return walkAs === null ? "" : walkAsText(className(state, walkAs), lengthsOf(walk, ends));
}

/** @param {import("../../capsules/types.js").Look} look @param {number} label */
const lengthIn = ({ class_capsules: capsules, geometry: { poseDim } }, label) =>
  lengthOf(capsules, label * poseDim, poseDim);

/** @param {Walk} walk @param {readonly [number, number]} ends */
function lengthsOf({ looks, label }, ends) {
  const [a, b] = ends.map((end) => looks[end]);
  return a && b ? { a: lengthIn(a, label), b: lengthIn(b, label) } : null;
}

/** @param {Placed<State, Actions>} context @param {BetweenActions} actions */
function pictures(context, actions) {
  row(context, actions);
  numbers(context);
  place(context, actions);
}

/**
 * Every few pictures of the way, side by side.
 * @param {Placed<State, Actions>} context
 * @param {BetweenActions} actions
 */
function row(context, actions) {
  const { root } = context;
  const canvas = canvasIn(root, "walk-pictures");
  const say = speaker(canvas);
  canvas.addEventListener("click", ({ offsetX }) =>
    actions.walkTo(Math.floor((offsetX / canvas.clientWidth) * (STEPS / EVERY + 1)) / (STEPS / EVERY)),
  );
  drawOn(
    context,
    canvas,
    (state) => [walkNow(state)],
    (state) => {
      const [walk, geometry] = [walkNow(state), geometryNow(state)];
      const { context: painter, width, height } = fitCanvas(canvas);
      if (!walk?.pictures || !geometry) return say(null);
      drawWalk(geometry, painter, walk.pictures, EVERY, { width, height, palette: state.palette });
      const name = className(state, walk.label);
      say(rowText(STEPS / EVERY + 1, name));
    },
  );
}

/** The dimensions of the pose on the way. @param {Placed<State, Actions>} context */
function numbers(context) {
  const { root } = context;
  const canvas = canvasIn(root, "walk-numbers");
  const say = speaker(canvas);
  drawOn(
    context,
    canvas,
    (state) => [walkNow(state), state.walked],
    (state) => {
      const { walked, palette } = state;
      const walk = walkNow(state);
      const { context: painter, width, height } = fitCanvas(canvas);
      if (!walk?.poses.length) return say(null);
      const [from, to] = [walk.poses[0], walk.poses[STEPS]];
      drawPoseWalk(painter, walk.poses, mostChanged(from, to), { width, height, palette, walked });
      say(`The ${from.length} dimensions of the pose: A ${numbersText(from)}; B ${numbersText(to)}`);
    },
  );
}

/**
 * Where the walk stands, and its picture there, large.
 * @param {Placed<State, Actions>} context
 * @param {BetweenActions} actions
 */
function place(context, actions) {
  const { root } = context;
  const [canvas, slider, mark] = [
    canvasIn(root, "walk-picture"),
    inputIn(root, "walk-place"),
    partIn(root, "walk-mark", HTMLElement),
  ];
  const [caption, dialled] = ["walk-caption", "walk-dialled"].map((id) => partIn(root, id, HTMLElement));
  const dial = buttonIn(root, "walk-dial");
  const say = speaker(canvas);
  slider.addEventListener("input", () => actions.walkTo(slider.valueAsNumber));
  dial.addEventListener("click", () => {
    actions.dialWalk();
    dialled.textContent = DIALLED;
  });
  drawOn(
    context,
    canvas,
    (state) => [walkNow(state), state.walked],
    (state) => {
      const { walked, palette } = state;
      const [walk, geometry] = [walkNow(state), geometryNow(state)];
      const { context: painter, width: size } = fitCanvas(canvas);
      slider.value = String(walked);
      mark.style.left = `${(100 * walked * (STEPS / EVERY)) / (STEPS / EVERY + 1)}%`;
      // While a walk is awaited the controls stay, and with them the keyboard's place.
      if (walk || !state.walk) for (const needing of [slider, dial]) needing.disabled = !walk?.poses.length;
      mark.hidden = !walk?.pictures?.length;
      dialled.textContent = "";
      if (!walk?.pictures?.length || !geometry) {
        [caption.textContent, slider.ariaValueText] = ["", null];
        return say(null);
      }
      const [step, { pixels }] = [stepOf(walked), geometry];
      const picture = walk.pictures.subarray(step * pixels, (step + 1) * pixels);
      drawPicture(geometry, painter, picture, palette, { left: 0, top: 0, size });
      const text = placeOf(walk, step);
      [caption.textContent, slider.ariaValueText] = [text, text];
      say(`The reconstruction: ${text}`);
    },
  );
}

/** @param {Walk} walk @param {number} step */
function placeOf({ poses }, step) {
  return placeText({
    share: Math.round((100 * step) / STEPS),
    length: lengthOf(poses[step], 0, poses[step].length),
    angle: angleBetween(poses[0], poses[STEPS]),
  });
}

/** @param {Placed<State, Actions>} context */
function means(context) {
  const { root } = context;
  const [pose, image] = ["mean-pose", "mean-image"].map((id) => canvasIn(root, id));
  const caption = partIn(root, "mean-pose-caption", HTMLElement);
  const [called, sayPose, sayImage] = [caption.textContent, speaker(pose), speaker(image)];
  drawOn(
    context,
    pose,
    (state) => [walkNow(state)],
    (state) => {
      const [walk, geometry] = [walkNow(state), geometryNow(state)];
      const fitted = [fitCanvas(pose), fitCanvas(image)];
      const mean = walk?.mean;
      if (!walk || !mean || !geometry) {
        caption.textContent = called;
        sayPose(null);
        return sayImage(null);
      }
      [mean.picture, mean.image].forEach((picture, k) =>
        drawPicture(geometry, fitted[k].context, picture, state.palette, { left: 0, top: 0, size: fitted[k].width }),
      );
      caption.textContent = meanPoseText(mean.count);
      sayPose(meanPoseSaid(mean.count, className(state, walk.label)));
      sayImage(meanImageSaid(mean.count));
    },
  );
}
