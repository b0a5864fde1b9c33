/** The digit from the present viewpoint: a picture with handles, and a slider for each transformation. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { NAMES, TRANSFORMATIONS, amountText, isUpright } from "../../capsules/viewpoint.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawFrame } from "../../charts/frame.js";
import { drawPicture } from "../../charts/picture.js";
import { SIDES, bothSeen } from "../../state/view/viewed.js";
import { className } from "../../state/trace/network.js";
import { PIECES_DONE, bothReadText, viewText } from "../../words/viewpoint.js";
import { buttonIn, canvasIn, drawOn, element, partIn } from "../../widgets/dom.js";
import { followHand } from "../../widgets/slider.js";
import { handlesOn } from "./handles.js";
import { frameOf } from "./holds.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountSeen(root, context) {
  const placed = { ...context, root };
  picture(placed);
  handlesOn(placed);
  sliders(placed);
  answers(placed);
  reset(placed);
}

/**
 * What the networks see now: the newest picture that came from the server. The frame is of the present viewpoint at
 * once.
 * @param {Placed<State, Actions>} context
 */
function picture(context) {
  const canvas = canvasIn(context.root, "turned");
  drawOn(
    context,
    canvas,
    (state) => [state.trace, state.viewpoint, newestOf(state)],
    (state) => {
      const { context: painter, width: size } = fitCanvas(canvas);
      const { trace, viewpoint, palette } = state;
      if (!trace) return;
      const shown = newestOf(state)?.image ?? (isUpright(viewpoint) ? trace.image : null);
      const box = { left: 0, top: 0, size };
      if (shown) drawPicture(trace.geometry, painter, shown, palette, box);
      const frame = frameOf(trace);
      if (frame) drawFrame(trace.geometry, painter, frame, viewpoint, palette, size);
    },
    { turn: "first" },
  );
  context.store.watch(
    ({ viewpoint }) => [viewpoint],
    ({ viewpoint }) => (canvas.ariaLabel = `The digit, ${viewText(viewpoint)}. Arrow keys move it.`),
  );
}

/**
 * The newest answer of either network, that of the present viewpoint first.
 * @param {State} state
 */
function newestOf(state) {
  const both = SIDES.flatMap((side) => bothSeen(state, side) ?? []);
  return (both.find(({ isBehind }) => !isBehind) ?? both[0])?.now ?? null;
}

/** @param {Placed<State, Actions>} context */
function sliders({ root, store, actions }) {
  const list = partIn(root, "amounts", HTMLElement);
  for (const name of NAMES) {
    const { title, low, high, rest, step } = TRANSFORMATIONS[name];
    const input = element("input", { type: "range", id: `amount-${name}`, min: low, max: high, step });
    input.style.setProperty("--rest", String((rest - low) / (high - low)));
    const told = element("output", { id: `told-${name}`, htmlFor: input.id });
    list.append(element("li", {}, element("label", { htmlFor: input.id, textContent: title }), input, told));
    followHand(input, (amount) => actions.turnTo({ [name]: amount }));
    store.watch(
      ({ viewpoint }) => [viewpoint[name]],
      ({ viewpoint }) => {
        input.value = String(viewpoint[name]);
        told.textContent = input.ariaValueText = amountText(name, viewpoint[name]);
        input.classList.toggle("turned", viewpoint[name] !== rest);
      },
      { turn: "first" },
    );
  }
}

/**
 * Where the networks stand further down the page, what they read is told here.
 * @param {Placed<State, Actions>} context
 */
function answers({ root, store }) {
  const line = partIn(root, "both-read", HTMLElement);
  store.watch(
    (state) => [state.viewed, state.uprightSeen, state.viewpoint, state.trace, state.contrast],
    (state) => {
      const [capsule, cnn] = SIDES.map((side) => {
        const both = bothSeen(state, side);
        return both && className(state, both.now.label);
      });
      line.textContent = bothReadText({ capsule, cnn });
    },
  );
}

/** @param {Placed<State, Actions>} context */
function reset({ root, store, actions }) {
  const button = buttonIn(root, "reset-view");
  const pieces = partIn(root, "seen-pieces", HTMLElement);
  button.addEventListener("click", () => actions.resetView());
  store.watch(
    ({ viewpoint }) => [viewpoint],
    ({ viewpoint }) => {
      button.disabled = isUpright(viewpoint);
      pieces.textContent = PIECES_DONE[viewpoint.pieces];
    },
  );
}
