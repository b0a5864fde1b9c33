/** A slider that answers the hand at once. */

/**
 * @typedef {object} Track where the thumb of a slider can stand, in CSS pixels of the window
 * @property {number} left of its middle at the least value
 * @property {number} width from there to its middle at the largest
 */

/**
 * Tell each value that a mouse or a pen drags a slider to. A browser says so once a frame, when it is too late for what
 * has to be asked to come into that frame; the pointer itself moves up to a thousand times a second. Where a browser does
 * not tell that (Safari), and to a finger, whose touch may yet become a scroll, the slider answers once a frame.
 * @param {HTMLInputElement} input of type range
 * @param {(value: number) => void} turn told a value again where it moved within a step
 */
export function followHand(input, turn) {
  input.addEventListener("input", () => turn(input.valueAsNumber));
  input.addEventListener("pointerdown", ({ pointerType, button }) => {
    if (pointerType === "touch" || button !== 0 || input.disabled) return;
    const track = trackOf(input);
    const drag = new AbortController();
    const { signal } = drag;
    // The hand may leave the slider: it is the window that knows how the drag goes on.
    window.addEventListener("pointerrawupdate", (event) => turn(valueAt(input, track, /** @type {PointerEvent} */ (event).clientX)), { signal });
    for (const end of ["pointerup", "pointercancel", "blur"]) window.addEventListener(end, () => drag.abort(), { signal });
  });
}

/** @param {HTMLInputElement} input whose style says how wide its `--thumb` is @returns {Track} */
export function trackOf(input) {
  const { left, width } = input.getBoundingClientRect();
  const thumb = Number.parseFloat(getComputedStyle(input).getPropertyValue("--thumb"));
  return { left: left + thumb / 2, width: width - thumb };
}

/**
 * The value that a slider has when its thumb is dragged to x: as browsers place it, on a whole step.
 * @param {Pick<HTMLInputElement, "min" | "max" | "step">} input
 * @param {Track} track
 * @param {number} x in CSS pixels of the window
 */
export function valueAt(input, { left, width }, x) {
  const [min, max, step] = [input.min, input.max, input.step].map(Number);
  const share = Math.min(1, Math.max(0, (x - left) / width));
  return Number((min + Math.round((share * (max - min)) / step) * step).toFixed(6));
}
