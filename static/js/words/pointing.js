/** Words for what is asked by pointing: a finger points at nothing without touching it. */

/**
 * @param {string} forPointer
 * @param {string} forTouch
 */
export const byHand = (forPointer, forTouch) =>
  "matchMedia" in globalThis && matchMedia("(pointer: coarse)").matches ? forTouch : forPointer;
