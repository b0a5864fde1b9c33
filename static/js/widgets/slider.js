/** A slider that answers the hand at once. */
import { sliderValue } from "./slider-reports.js";
import { thumbOf } from "./dom.js";

/** A mouse may report a thousand times a second; nobody needs more answers than this allows. */
const LEAST_MS = 4;

/**
 * Tell each value that a slider is brought to: with each report of the mouse or pen that drags it, not only once a
 * frame as `input` does, when it is too late for what has to be asked to come into that frame. Browsers tell of the
 * reports (`pointerrawupdate`; Safari does not) on https and localhost alone. Elsewhere, and under a finger, whose
 * touch may yet become a scroll, it is once a frame.
 * @param {HTMLInputElement} input of type range
 * @param {(value: number) => void} turn
 */
export function followHand(input, turn) {
  input.addEventListener("input", () => turn(input.valueAsNumber));
  input.addEventListener("pointerdown", (event) => {
    const starts = event.pointerType !== "touch" && event.button === 0 && !event.ctrlKey; // with Ctrl, a menu on a Mac
    if (starts && !input.disabled) followDrag(input, event.pointerId, turn);
  });
}

/** @param {HTMLInputElement} input @param {number} pointerId @param {(value: number) => void} turn */
function followDrag(input, pointerId, turn) {
  const drag = new AbortController();
  const { signal } = drag;
  const valueAt = placing(input);
  let [last, toldAt] = [input.valueAsNumber, 0];

  /** @param {PointerEvent} event */
  function follow(event) {
    if (event.pointerId !== pointerId) return;
    // the end was not told: by another button, or a menu
    if (!(event.buttons & 1) || input.disabled) return drag.abort();
    const value = valueAt(event.clientX);
    if (value === last || event.timeStamp - toldAt < LEAST_MS) return;
    [last, toldAt] = [value, event.timeStamp];
    turn(value);
  }

  // The hand may leave the slider: it is the window that knows how the drag goes on.
  window.addEventListener("pointerrawupdate", (event) => follow(/** @type {PointerEvent} */ (event)), { signal });
  for (const end of /** @type {const} */ (["pointerup", "pointercancel"])) {
    window.addEventListener(end, (event) => event.pointerId === pointerId && drag.abort(), { signal });
  }
}

/**
 * What value stands at which x in the window, in CSS pixels, as the slider lies now.
 * @param {HTMLInputElement} input
 */
function placing(input) {
  const { left, width } = input.getBoundingClientRect();
  const thumb = thumbOf(input);
  const [min, max, step] = [input.min, input.max, input.step].map(Number);
  return (/** @type {number} */ x) => sliderValue({ min, max, step }, (x - left - thumb / 2) / (width - thumb));
}
