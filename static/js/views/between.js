/** The way from one pose to another, and the mean of several. @import { Context } from "./dom.js" */
/** @import { State, Walk } from "../types.js" @import { BetweenActions } from "../state/between.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawPicture } from "../draw/picture.js";
import { drawPoseWalk, drawWalk } from "../draw/walk.js";
import { fixed } from "../lib/format.js";
import { lengthOf } from "../lib/math.js";
import { PIXELS, POSE_DIM } from "../lib/network.js";
import { STEPS, angleBetween, mostChanged } from "../lib/poses.js";
import { numbersText } from "../lib/spoken.js";
import { originOfWalk, stepOf, walkNow } from "../state/kept.js";
import { buttonById, byId, canvasById, drawOn, inputById } from "./dom.js";
import { keptView } from "./kept.js";
import { whenSettled } from "./settled.js";
import { shelfView } from "./shelf.js";

/** Every fourth pose of the walk stands in the row. */
const EVERY = 4;

/** @param {Context} context */
export async function betweenView(context) {
  const { store } = context;
  const actions = await context.actions.walking();
  const section = byId("between", HTMLElement);
  whenSettled(
    store,
    section,
    (state) => [...Object.values(originOfWalk(state)), state.source.kind, state.shelfPage],
    actions.needWalk,
  );
  keptView(context, actions);
  shelfView(context, actions);
  note(context, actions);
  pictures(context, actions);
  means(context);
}

/** What keeps the two apart, and the way out of it. @param {Context} context @param {BetweenActions} actions */
function note({ store }, actions) {
  const [text, button] = [byId("between-note", HTMLElement), buttonById("walk-as")];
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
      if (!walk && state.walk) return; // one is awaited: until it comes nothing moves, and the button keeps the keyboard
      byId("walk", HTMLElement).classList.toggle("wayless", walk?.poses.length === 0);
      button.hidden = !walk || (walkAs === null && !otherClass(walk));
      button.textContent = walkAs === null ? `Take the capsule of ${walk?.label} in both` : "Each drawing its own class again";
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
  if (!trace && ends.includes(0)) return "Draw a digit above, or take a test digit: it is one end of the way.";
  if (!walk) return "";
  const other = otherClass(walk);
  if (other && walkAs === null) {
    return `B is read as a ${other.label}, not as a ${walk.label}. Poses of different classes have nothing in common: each class has sixteen numbers of its own, and a straight line between them would mean nothing. But B has a capsule of ${walk.label} too, ${fixed(lengthIn(other, walk.label))} long.`;
  }
  if (walkAs !== null) return `Every drawing’s capsule of ${walkAs} is taken, whatever it is read as.${shortOnes(walk, ends)}`;
  return "";
}

/** @param {import("../types.js").Look} look @param {number} label */
const lengthIn = ({ class_capsules: capsules }, label) => lengthOf(capsules, label * POSE_DIM, POSE_DIM);

/** @param {Walk} walk @param {[number, number]} ends */
function shortOnes({ looks, label }, ends) {
  const [a, b] = ends.map((end) => looks[end]);
  return a && b ? ` That of A is ${fixed(lengthIn(a, label))} long, that of B ${fixed(lengthIn(b, label))}.` : "";
}

/** @param {Context} context @param {BetweenActions} actions */
function pictures(context, actions) {
  const [row, large, numbers] = ["walk-pictures", "walk-picture", "walk-numbers"].map(canvasById);
  const [place, mark] = [inputById("walk-place"), byId("walk-mark", HTMLElement)];
  const [caption, dialled, dial] = [byId("walk-caption", HTMLElement), byId("walk-dialled", HTMLElement), buttonById("walk-dial")];
  place.addEventListener("input", () => actions.walkTo(place.valueAsNumber));
  row.addEventListener("click", ({ offsetX }) => actions.walkTo(Math.floor((offsetX / row.clientWidth) * (STEPS / EVERY + 1)) / (STEPS / EVERY)));
  dial.addEventListener("click", () => {
    actions.dialWalk();
    dialled.textContent = "The dials above are turned.";
  });

  drawOn(context, row, (state) => [walkNow(state)], (state) => {
    const walk = walkNow(state);
    const { context: painter, width, height } = fitCanvas(row);
    if (!walk?.pictures) return;
    drawWalk(painter, walk.pictures, EVERY, { width, height, palette: state.palette });
    row.ariaLabel = `${STEPS / EVERY + 1} reconstructions of a ${walk.label}, from the pose of A to that of B`;
  });
  drawOn(context, numbers, (state) => [walkNow(state), state.walked], (state) => {
    const { walked, palette } = state;
    const walk = walkNow(state);
    const { context: painter, width, height } = fitCanvas(numbers);
    if (!walk?.poses.length) return;
    const [from, to] = [walk.poses[0], walk.poses[STEPS]];
    drawPoseWalk(painter, walk.poses, mostChanged(from, to), { width, height, palette, walked });
    numbers.ariaLabel = `The sixteen numbers of the pose: A ${numbersText(from)}; B ${numbersText(to)}`;
  });
  drawOn(context, large, (state) => [walkNow(state), state.walked], (state) => {
    const { walked, palette } = state;
    const walk = walkNow(state);
    const { context: painter, width: size } = fitCanvas(large);
    const step = stepOf(walked);
    place.value = String(walked);
    mark.style.left = `${(100 * walked * (STEPS / EVERY)) / (STEPS / EVERY + 1)}%`;
    // While a walk is awaited the controls stay, and with them the keyboard's place.
    if (walk || !state.walk) for (const needing of [place, dial]) needing.disabled = !walk?.poses.length;
    mark.hidden = !walk?.pictures?.length;
    dialled.textContent = "";
    if (!walk?.pictures?.length) return void (caption.textContent = "");
    drawPicture(painter, walk.pictures.subarray(step * PIXELS, (step + 1) * PIXELS), palette, { left: 0, top: 0, size });
    const text = wayText(walk, step);
    [caption.textContent, place.ariaValueText, large.ariaLabel] = [text, text, `The reconstruction: ${text}`];
  });
}

/** @param {Walk} walk @param {number} step */
function wayText({ poses }, step) {
  const angle = angleBetween(poses[0], poses[STEPS]);
  const share = Math.round((100 * step) / STEPS);
  return `${share} % of the way; the pose is ${fixed(lengthOf(poses[step], 0, POSE_DIM))} long, those of A and B are ${fixed(angle, 0)}° apart`;
}

/** @param {Context} context */
function means(context) {
  const [pose, image] = ["mean-pose", "mean-image"].map(canvasById);
  const caption = byId("mean-pose-caption", HTMLElement);
  drawOn(context, pose, (state) => [walkNow(state)], (state) => {
    const walk = walkNow(state);
    const fitted = [fitCanvas(pose), fitCanvas(image)];
    const mean = walk?.mean;
    if (!walk || !mean) return;
    [mean.picture, mean.image].forEach((picture, k) =>
      drawPicture(fitted[k].context, picture, state.palette, { left: 0, top: 0, size: fitted[k].width }),
    );
    caption.textContent = `what the mean pose draws, of ${mean.count}`;
    pose.ariaLabel = `The reconstruction of the mean pose of ${mean.count} drawings of ${walk.label}`;
    image.ariaLabel = `The mean of the same ${mean.count} pictures, pixel by pixel`;
  });
}
