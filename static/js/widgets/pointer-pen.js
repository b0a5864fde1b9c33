/** The pen of a pointer: mouse, finger or pen on the pad. @import { Point } from "../capsules/types.js" */
import { clamp } from "../shell/math.js";

/** After a pen has drawn, what touches the pad for so long is a palm. */
const PALM_MS = 1000;
/** Of `buttons`: the left one, or contact. */
const DRAWS = 1;

/**
 * @typedef {object} PenActions
 * @property {(point: Point) => void} beginStroke
 * @property {(points: Point[]) => void} continueStroke
 * @property {() => void} endStroke
 * @property {() => void} dropStroke
 */

/**
 * One pointer draws at a time. Not each that is set down is told to be lifted: whatever says that it draws no more ends
 * its stroke.
 * @param {HTMLCanvasElement} canvas
 * @param {PenActions} actions
 */
export function pointerPen(canvas, actions) {
  /** @type {{id: number, type: string} | null} the one pointer that draws; a second finger does not */
  let drawing = null;
  let penAt = -Infinity;

  /** @param {PointerEvent} event @returns {Point} */
  function pointOf(event) {
    const box = canvas.getBoundingClientRect();
    return [clamp((event.clientX - box.left) / box.width, 0, 1), clamp((event.clientY - box.top) / box.height, 0, 1)];
  }

  /** A pen takes the pad over from the palm that came before it. @param {PointerEvent} event */
  function mayBegin({ pointerType, button, ctrlKey, timeStamp }) {
    if (button !== 0 || ctrlKey) return false; // with Ctrl it is the right button of a Mac
    if (pointerType === "touch" && timeStamp - penAt < PALM_MS) return false;
    return !drawing || (pointerType === "pen" && drawing.type === "touch");
  }

  function end() {
    drawing = null;
    actions.endStroke();
  }

  /** @param {PointerEvent} event */
  function notePen({ pointerType, timeStamp }) {
    if (pointerType === "pen") penAt = timeStamp;
  }

  canvas.addEventListener("pointerdown", (event) => {
    notePen(event);
    if (!mayBegin(event)) return;
    if (drawing) actions.dropStroke();
    drawing = { id: event.pointerId, type: event.pointerType };
    try {
      canvas.setPointerCapture(event.pointerId);
    } catch {} // it is gone already
    actions.beginStroke(pointOf(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    notePen(event);
    if (event.pointerId !== drawing?.id) return;
    if (!(event.buttons & DRAWS)) return end(); // it was lifted where nobody saw it
    const events = event.getCoalescedEvents?.() ?? [];
    actions.continueStroke((events.length ? events : [event]).map(pointOf));
  });
  for (const ending of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"])) {
    canvas.addEventListener(ending, (event) => event.pointerId === drawing?.id && end());
  }
}
