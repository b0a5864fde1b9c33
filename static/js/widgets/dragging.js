/** Something is dragged by one pointer: mouse, finger or pen. */

/** Of `buttons`: the left one, or contact. */
const HOLDS = 1;

/**
 * One pointer drags at a time. A second one that is set down, moved or lifted meanwhile changes nothing. Only a pen
 * takes over, from the palm that lies there already. A drag also ends where its pointer was lifted unseen.
 * @template {{}} D
 * @param {HTMLElement} place
 * @param {object} drag
 * @param {(event: PointerEvent) => D | null} drag.begin what is dragged; null where nothing is
 * @param {(event: PointerEvent, dragged: D) => void} drag.move
 */
export function dragging(place, { begin, move }) {
  /** @type {{id: number, isPen: boolean, dragged: D} | null} */
  let held = null;

  /** @param {PointerEvent} event */
  function take(event) {
    if (event.button !== 0 || event.ctrlKey) return; // with Ctrl it is the right button of a Mac
    const isPen = event.pointerType === "pen";
    if (held && (held.isPen || !isPen)) return;
    const dragged = begin(event);
    if (dragged === null) return;
    held = { id: event.pointerId, isPen, dragged };
    place.classList.add("dragging");
    try {
      place.setPointerCapture(event.pointerId);
    } catch {} // it is gone already
  }

  function end() {
    held = null;
    place.classList.remove("dragging");
  }

  place.addEventListener("pointerdown", take);
  place.addEventListener("pointermove", (event) => {
    if (event.pointerId !== held?.id) return;
    if (event.buttons & HOLDS) move(event, held.dragged);
    else end();
  });
  for (const ending of /** @type {const} */ (["pointerup", "pointercancel", "lostpointercapture"])) {
    place.addEventListener(ending, (event) => event.pointerId === held?.id && end());
  }
}
