/** Sixteen dials, one for each number of the pose. @import { Context } from "./dom.js" */
import { fixed, signed } from "../lib/format.js";
import { POSE_DIM } from "../lib/network.js";
import { DIAL_REACH } from "../state/initial.js";
import { dialledPose, isDialled, shownClass } from "../state/selectors.js";
import { buttonById, byId, element } from "./dom.js";

/** How far a key turns a dial. @type {Record<string, number | undefined>} */
const STEPS = { ArrowRight: 0.01, ArrowUp: 0.01, ArrowLeft: -0.01, ArrowDown: -0.01, PageUp: 0.1, PageDown: -0.1 };

/** @param {Context} context */
export function dialsView({ store, actions }) {
  const dials = Array.from({ length: POSE_DIM }, (_, dimension) => makeDial(dimension, actions, () => store.get().offsets[dimension]));
  byId("dials", HTMLElement).append(...dials.map(({ row }) => row));
  const reset = buttonById("reset-dials");
  const title = byId("dials-class", HTMLElement);
  reset.addEventListener("click", () => actions.resetDials());

  store.watch(
    (state) => [state.trace, state.offsets, shownClass(state)],
    (state) => {
      const pose = dialledPose(state);
      title.textContent = String(shownClass(state) ?? "…");
      reset.disabled = !isDialled(state);
      dials.forEach((dial, dimension) => {
        const shows = [state.offsets[dimension], pose?.[dimension]];
        if (dial.shows?.every((value, k) => value === shows[k])) return; // one turns, fifteen stand still
        dial.shows = shows;
        showDial(dial, state.offsets[dimension], pose?.[dimension]);
      });
    },
  );
}

/** @param {number} dimension @param {Context["actions"]} actions @param {() => number} offsetOf as the dial stands */
function makeDial(dimension, actions, offsetOf) {
  const id = `dial-${dimension + 1}`;
  const input = element("input", { type: "range", id, min: -DIAL_REACH, max: DIAL_REACH, step: 0.01, value: 0 });
  const value = element("output", { htmlFor: id });
  const reset = element("button", {
    type: "button",
    className: "quiet",
    textContent: "↺",
    title: "As it was found",
    "aria-label": `Reset dimension ${dimension + 1}`,
  });
  const label = element("label", { htmlFor: id, textContent: String(dimension + 1), title: `Dimension ${dimension + 1} of the pose` });
  const row = element("li", { className: "dial" }, label, input, value, reset);
  input.addEventListener("input", () => actions.turnDial(dimension, input.valueAsNumber));
  input.addEventListener("keydown", (event) => {
    const step = STEPS[event.key];
    if (!step) return;
    // The browser would move the handle at once, in a frame of its own that the answer then waits for. Like this the
    // handle, the number and the picture move together, and sooner.
    event.preventDefault();
    actions.turnDial(dimension, Math.round(100 * (offsetOf() + step)) / 100);
  });
  input.addEventListener("dblclick", () => actions.resetDial(dimension));
  reset.addEventListener("click", () => actions.resetDial(dimension));
  return { row, input, value, shows: /** @type {(number | undefined)[] | undefined} */ (undefined) };
}

/**
 * @param {ReturnType<typeof makeDial>} dial
 * @param {number} offset
 * @param {number | undefined} number of the pose as the dial stands
 */
function showDial({ row, input, value }, offset, number) {
  if (input.valueAsNumber !== offset) input.value = String(offset);
  input.disabled = number === undefined;
  input.ariaValueText = number === undefined ? "" : `${fixed(number)}, moved by ${signed(offset)}`;
  input.title = offset ? `moved by ${signed(offset)}` : "";
  value.textContent = number === undefined ? "" : fixed(number);
  row.classList.toggle("turned", offset !== 0);
}
