/** Sixteen dials, one for each number of the pose, and one for its length. @import { Context } from "./dom.js" */
import { fixed } from "../lib/format.js";
import { isSlight } from "../lib/naming.js";
import { POSE_DIM } from "../lib/network.js";
import { dialName, dialRanges, dimensionsOf, isUnmeasured } from "../state/dimensions.js";
import { dialledPose, isBeforeEnd, isDialled, shownClass } from "../state/selectors.js";
import { makeDial, nameDial, showDial } from "./dial.js";
import { buttonById, byId } from "./dom.js";
import { makeLengthDial, showLength } from "./lengthdial.js";

/** @param {Context} context */
export function dialsView(context) {
  const { store, actions } = context;
  const dials = Array.from({ length: POSE_DIM }, (_, dimension) => makeDial(dimension, context));
  const length = makeLengthDial(actions);
  byId("dials", HTMLElement).append(...dials.map(({ row }) => row), length.row);
  const [reset, undo] = [buttonById("reset-dials"), buttonById("undo-dials")];
  const title = byId("dials-class", HTMLElement);
  reset.addEventListener("click", () => actions.resetDials());
  undo.addEventListener("click", () => actions.undoDials());

  store.watch(
    (state) => [state.trace, state.offsets, state.poseLength, shownClass(state), dimensionsOf(state), state.dialReach],
    (state) => {
      const pose = dialledPose(state);
      const ranges = dialRanges(state);
      title.textContent = String(shownClass(state) ?? "…");
      reset.disabled = !isDialled(state);
      dials.forEach((dial, d) => showDial(dial, { offset: state.offsets[d], number: pose?.[d], ...ranges[d] }));
      showLength(length, pose, state.poseLength !== null);
    },
  );
  store.watch(
    (state) => [dimensionsOf(state), state.dialNames, shownClass(state)],
    (state) => {
      dials.forEach((dial, d) => {
        nameDial(dial, d, dialName(state, d), describe(state, d));
        const measured = dimensionsOf(state)?.dimensions[d];
        dial.row.classList.toggle("slight", measured !== undefined && isSlight(measured));
      });
    },
  );
  store.watch(({ dialHistory }) => [dialHistory], ({ dialHistory }) => (undo.disabled = !dialHistory.length));
  reach(context);
  hint(context);
}

/** How far the dials go, in words; pressed, the other. @param {Context} context */
function reach({ store, actions }) {
  const button = buttonById("dial-reach");
  button.addEventListener("click", () => actions.setDialReach(store.get().dialReach === "class" ? "wide" : "class"));
  store.watch(
    (state) => [state.dialReach, shownClass(state), isUnmeasured(state), state.trace, isBeforeEnd(state)],
    (state) => {
      const unmeasured = isUnmeasured(state);
      const ofClass = state.dialReach === "class" && !unmeasured;
      button.disabled = unmeasured || !state.trace;
      const when = isBeforeEnd(state) ? "at the end; " : "";
      button.textContent = ofClass ? `${when}range: where ${shownClass(state) ?? "digit"}s lie, ± 2 σ` : `${when}range: ± 0.5 around what was found`;
      if (unmeasured) button.textContent = "range: ± 0.5; for this network no other was measured";
      button.title = ofClass
        ? "Each dial goes over two standard deviations of the training digits of this class to either side of their mean. Press for ± 0.5."
        : "Each dial goes 0.5 to either side; the outer marks are the paper’s ± 0.25. Press for the range of the class.";
    },
  );
}

/** What is known of the dial under the pointer or the focus, below the dials. @param {Context} context */
function hint({ store }) {
  const [list, line, button] = [byId("dials", HTMLElement), byId("dial-hint", HTMLElement), buttonById("dial-reach")];
  /** @param {EventTarget | null} target */
  function show(target) {
    const row = target instanceof Element ? target.closest("li.dial") : null;
    const text = row instanceof HTMLElement ? hintText(store.get(), Number(row.dataset.dimension)) : "";
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
  store.watch((state) => [dimensionsOf(state), state.dialNames, shownClass(state)], () => show(asked));
}

/** As short as three narrow lines have it; the dial itself bears the name. @param {import("../types.js").State} state @param {number} dimension */
function hintText(state, dimension) {
  if (Number.isNaN(dimension)) return "length: keeps the direction; near 0 the decoder draws nearly what it draws from nothing";
  const measured = dimensionsOf(state)?.dimensions[dimension];
  if (!measured) return describe(state, dimension);
  const [first] = measured.detail.replace("above all ", "").split(", and neither"); // why it is mixed the evidence tells
  const detail = first.replace("per standard deviation", "per σ").replace("from one end of the dial to the other", "over the dial");
  return `${dimension + 1}: ${detail}${evidenceText(measured)}`;
}

/** @param {import("../types.js").State} state @param {number} dimension */
function describe(state, dimension) {
  const measured = dimensionsOf(state)?.dimensions[dimension];
  const name = dialName(state, dimension);
  if (!measured) return `number ${dimension + 1}${name ? `, ${name}` : ""}`;
  return `${dimension + 1} ${name}: ${measured.detail}${evidenceText(measured)}`;
}

/** @param {import("../types.js").Dimension} measured */
const evidenceText = (measured) => (measured.strength === null ? "" : ` (|r| = ${fixed(measured.strength)})`) + (isSlight(measured) ? ", hard to see" : "");
