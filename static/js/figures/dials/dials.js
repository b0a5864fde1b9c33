/** A dial for each dimension of the pose, and one for its length. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/digit/subject.js" */
import { LENGTH_HINT, dimensionText, hintText, reachText, reachTitle } from "../../words/dials.js";
import { isSlight } from "../../words/naming.js";
import { dialledPose, isDialled } from "../../state/digit/dials.js";
import { dialName, dialRanges, dimensionsOf, isUnmeasured } from "../../state/digit/dimensions.js";
import { shownClass } from "../../state/trace/choosing.js";
import { className, geometryNow } from "../../state/trace/network.js";
import { isBeforeEnd } from "../../state/trace/playhead.js";
import { makeDial, nameDial, showDial } from "./dial.js";
import { buttonIn, partIn } from "../../widgets/dom.js";
import { makeLengthDial, showLength } from "./lengthdial.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountDials(root, context) {
  const placed = { ...context, root };
  const { store, actions } = context;
  const list = partIn(root, "dials", HTMLElement);
  /** @type {ReturnType<typeof makeDial>[]} */
  let dials = [];
  const length = makeLengthDial(actions);
  const count = (/** @type {State} */ state) => geometryNow(state)?.poseDim ?? 0;
  store.watch(
    (state) => [count(state)],
    (state) => {
      dials = Array.from({ length: count(state) }, (_, dimension) => makeDial(dimension, context));
      list.replaceChildren(...dials.map(({ row }) => row), length.row);
      list.style.gridTemplateRows = `repeat(${dials.length + 1}, 1fr)`; // as far as the dials go, so does their canvas
    },
  );
  const [reset, undo] = [buttonIn(root, "reset-dials"), buttonIn(root, "undo-dials")];
  const title = partIn(root, "dials-class", HTMLElement);
  reset.addEventListener("click", () => actions.resetDials());
  undo.addEventListener("click", () => actions.undoDials());

  store.watch(
    (state) => [
      state.trace,
      count(state),
      state.offsets,
      state.poseLength,
      shownClass(state),
      dimensionsOf(state),
      state.dialReach,
    ],
    (state) => {
      const pose = dialledPose(state);
      const ranges = dialRanges(state);
      title.textContent = shownName(state) ?? "…";
      reset.disabled = !isDialled(state);
      dials.forEach((dial, d) => showDial(dial, { offset: state.offsets[d] ?? 0, number: pose?.[d], ...ranges[d] }));
      showLength(length, pose, state.poseLength !== null);
    },
  );
  store.watch(
    (state) => [count(state), dimensionsOf(state), state.dialNames, shownClass(state)],
    (state) => {
      dials.forEach((dial, d) => {
        nameDial(dial, d, dialName(state, d), describe(state, d));
        const measured = dimensionsOf(state)?.dimensions[d];
        dial.row.classList.toggle("slight", measured !== undefined && isSlight(measured));
      });
    },
  );
  store.watch(
    ({ dialHistory }) => [dialHistory],
    ({ dialHistory }) => (undo.disabled = !dialHistory.length),
  );
  reach(placed);
  hint(placed);
}

/** What the shown class is called; null where none is shown. @param {State} state */
function shownName(state) {
  const label = shownClass(state);
  return label === null ? null : className(state, label);
}

/** How far the dials go. Pressing the button changes it. @param {Placed<State, Actions>} context */
function reach({ root, store, actions }) {
  const button = buttonIn(root, "dial-reach");
  button.addEventListener("click", () => actions.setDialReach(store.get().dialReach === "class" ? "wide" : "class"));
  store.watch(
    (state) => [
      state.dialReach,
      shownClass(state),
      isUnmeasured(state),
      state.trace,
      isBeforeEnd(state),
      dimensionsOf(state),
    ],
    (state) => {
      const unmeasured = isUnmeasured(state);
      const ofClass = state.dialReach === "class" && !unmeasured;
      button.disabled = unmeasured || !state.trace;
      const name = shownName(state) ?? "digit";
      const { reach: end = null, swept = null } = dimensionsOf(state) ?? {};
      const shown = { name, ofClass, reach: end, swept, isUnmeasured: unmeasured };
      button.textContent = reachText({ ...shown, isBeforeEnd: isBeforeEnd(state) });
      button.title = reachTitle(shown);
    },
  );
}

/**
 * What is known of the dial under the pointer or the focus, below the dials.
 * @param {Placed<State, Actions>} context
 */
function hint({ root, store }) {
  const [list, line, button] = [
    partIn(root, "dials", HTMLElement),
    partIn(root, "dial-hint", HTMLElement),
    buttonIn(root, "dial-reach"),
  ];
  /** @param {EventTarget | null} target */
  function show(target) {
    const row = target instanceof Element ? target.closest("li.dial") : null;
    const text = row instanceof HTMLElement ? hintOf(store.get(), Number(row.dataset.dimension)) : "";
    line.textContent = text;
    line.hidden = !text;
    button.classList.toggle("covered", Boolean(text));
  }
  /** @type {EventTarget | null} */
  let asked = null;
  /** @param {EventTarget | null} target */
  const ask = (target) => show((asked = target));
  list.addEventListener("pointerover", ({ target }) => ask(target));
  list.addEventListener("pointerleave", () => ask(document.activeElement));
  list.addEventListener("focusin", ({ target }) => ask(target));
  list.addEventListener("focusout", ({ relatedTarget }) => ask(relatedTarget));
  store.watch(
    (state) => [dimensionsOf(state), state.dialNames, shownClass(state)],
    () => show(asked),
  );
}

/** @param {State} state @param {number} dimension NaN for the dial of the length */
function hintOf(state, dimension) {
  if (Number.isNaN(dimension)) return LENGTH_HINT;
  const measured = dimensionsOf(state)?.dimensions[dimension];
  return measured ? hintText(dimension, measured) : describe(state, dimension);
}

/** @param {State} state @param {number} dimension */
const describe = (state, dimension) =>
  dimensionText(dimension, dialName(state, dimension), dimensionsOf(state)?.dimensions[dimension]);
