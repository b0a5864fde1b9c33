/** A pose that is pushed as the picture is turned, and that of the turned picture, pushed back; both decoded. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { TurnedBack } from "../../state/view/turn-back.js" */
/** @import { Name } from "../../capsules/viewpoint.js" @import { Seen } from "../../state/view/viewed.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { middleOf } from "../../capsules/paths.js";
import { REST, TRANSFORMATIONS, amountText, isSameView, isUpright, movedNames } from "../../capsules/viewpoint.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawPicture } from "../../charts/picture.js";
import { squaredError } from "../../shell/math.js";
import { className } from "../../state/trace/network.js";
import { areMeasured, directionOf, modelOf } from "../../state/view/directions.js";
import { beyondMeasured, turnedBackNow } from "../../state/view/turn-back.js";
import { viewedClass } from "../../state/view/viewed.js";
import {
  AT_REST,
  IN_PIECES,
  beyondText,
  knobText,
  movedText,
  pushText,
  typicalText,
  undoText,
  unmeasuredText,
} from "../../words/turn-back.js";
import { canvasIn, drawWhileSeen, inputIn, partIn } from "../../widgets/dom.js";
import { followedChoice } from "../../widgets/followed.js";
import { whenSettled } from "../../widgets/settled.js";
import { followHand } from "../../widgets/slider.js";
import { mountRow } from "./row.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountTurnBack(root, context) {
  const { store, actions, signal } = context;
  const placed = { ...context, root };
  const section = partIn(root, "turn-back", HTMLElement);
  whenSettled(store, section, rowHangsOn, actions.needTurnRow, { signal });
  // A hand waits for it: each answer is asked for as soon as it can be.
  whenSettled(store, section, turnHangsOn, actions.needTurnedBack, { settleMs: 0, signal });
  followedChoice(partIn(root, "turn-followed", HTMLElement), "turn-along", context);
  knob(placed);
  words(placed);
  pictures(placed);
  mountRow(placed);
}

/** @param {State} state */
const rowHangsOn = (state) => [
  state.trace,
  state.models,
  state.followed,
  viewedClass(state),
  ...movedNames(state.viewpoint),
];

/** @param {State} state */
const turnHangsOn = (state) => [state.viewed.capsule, state.uprightSeen.capsule, state.directions];

/** @param {Placed<State, Actions>} context */
function knob({ root, store, actions }) {
  const input = inputIn(root, "turn-amount");
  const [name, told, why] = ["turn-name", "turn-told", "turn-why"].map((id) => partIn(root, id, HTMLElement));
  followHand(input, (amount) => actions.turnTo({ [store.get().followed]: amount }));
  store.watch(
    (state) => [state.followed, state.viewpoint, directionOf(state, "capsule"), state.trace, viewedClass(state)],
    (state) => {
      const { followed, viewpoint } = state;
      const measured = directionOf(state, "capsule");
      const { title, low, high, step } = TRANSFORMATIONS[followed];
      const { amounts } = measured ?? { amounts: [low, high] };
      const label = viewedClass(state);
      Object.assign(input, { min: amounts[0], max: amounts[amounts.length - 1], step, disabled: !measured });
      input.value = String(viewpoint[followed]);
      name.textContent = title;
      told.textContent = input.ariaValueText = amountText(followed, viewpoint[followed]);
      why.textContent =
        measured && label !== null
          ? knobText(measured, {
              name: followed,
              called: className(state, label),
              count: measured.direction.length,
            })
          : "";
    },
    { turn: "first" },
  );
}

/** @param {Placed<State, Actions>} context */
function words({ root, store }) {
  const [missing, body, sides, push, undo, beyond, typical] = [
    "turn-missing",
    "turn-body",
    "turn-sides",
    "turn-push-told",
    "turn-undo-told",
    "turn-beyond",
    "turn-typical",
  ].map((id) => partIn(root, id, HTMLElement));
  store.watch(
    (state) => [state.models, state.trace],
    (state) => {
      const isUnmeasured = areMeasured(state, "capsule") === false;
      [missing.hidden, body.hidden] = [!isUnmeasured, isUnmeasured];
      missing.textContent = isUnmeasured ? unmeasuredText(modelOf(state, "capsule") ?? "") : "";
    },
  );
  store.watch(
    (state) => [directionOf(state, "capsule"), state.followed, viewedClass(state)],
    (state) => {
      const [measured, label] = [directionOf(state, "capsule"), viewedClass(state)];
      typical.textContent =
        measured && label !== null
          ? typicalText(measured, { name: state.followed, called: className(state, label) })
          : "";
    },
  );
  store.watch(
    (state) => [turnedBackNow(state), state.viewpoint, state.followed],
    (state) => {
      const turned = turnedBackNow(state);
      const isNow = turned !== null && isSameView(turned.of.both.now.of.viewpoint, state.viewpoint);
      sides.classList.toggle("behind", turned !== null && !isNow);
      beyond.textContent =
        state.viewpoint.pieces !== REST.pieces ? IN_PIECES : turned ? beyondText(beyondMeasured(turned)) : "";
      [push.textContent, undo.textContent] = turned ? toldOf(turned, state.followed) : ["", ""];
    },
  );
}

/** How far the push moved the decoded ink. @param {TurnedBack} turned @param {Name} name the followed change */
function movedBy({ pushed, of: { both } }, name) {
  const { trace, viewpoint } = both.now.of;
  const [now, before] = [pushed, drawnOf(both.upright)].map((image) => middleOf(image, trace.geometry.width));
  return { name, amount: viewpoint[name], moved: /** @type {const} */ ([now[0] - before[0], now[1] - before[1]]) };
}

/**
 * What is told of the push, and of undoing.
 * @param {TurnedBack} turned
 * @param {Name} name the followed change
 */
function toldOf(turned, name) {
  if (isUpright(turned.of.both.now.of.viewpoint)) return [AT_REST, ""];
  const errors = errorsOf(turned);
  return [`${pushText(errors)} ${movedText(movedBy(turned, name))}`, undoText(errors)];
}

/** Sums of squared differences. @param {TurnedBack} turned */
function errorsOf({ pushed, undone, of: { both } }) {
  const [upright, left] = [drawnOf(both.upright), drawnOf(both.now)];
  const { image } = both.now;
  return {
    pushed: squaredError(pushed, image),
    still: squaredError(upright, image),
    own: squaredError(left, image),
    undone: squaredError(undone, upright),
    left: squaredError(left, upright),
  };
}

/** @param {Seen} seen */
const drawnOf = ({ reconstruction }) => /** @type {Float32Array} */ (reconstruction);

/** @type {Record<string, (turned: TurnedBack) => Float32Array>} */
const PICTURES = {
  "turn-pushed": ({ pushed }) => pushed,
  "turn-seen": ({ of }) => of.both.now.image,
  "turn-still": ({ of }) => drawnOf(of.both.upright),
  "turn-undone": ({ undone }) => undone,
  "turn-upright": ({ of }) => drawnOf(of.both.upright),
  "turn-left": ({ of }) => drawnOf(of.both.now),
};

/** @param {Placed<State, Actions>} context */
function pictures(context) {
  for (const [id, pictureOf] of Object.entries(PICTURES)) {
    const canvas = canvasIn(context.root, id);
    drawWhileSeen(
      context,
      canvas,
      (state) => [turnedBackNow(state)],
      (state) => {
        const { context: painter, width: size } = fitCanvas(canvas);
        const turned = turnedBackNow(state);
        if (!turned) return;
        const { geometry } = turned.of.both.now.of.trace;
        drawPicture(geometry, painter, pictureOf(turned), state.palette, { left: 0, top: 0, size });
      },
    );
  }
}
