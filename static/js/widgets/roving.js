/** Many buttons, one stop of the Tab key: the arrow keys go from one to the next. */
import { clamp } from "../shell/math.js";
import { arrowOf } from "./dom.js";

/**
 * The buttons may be made anew or change their order; the one that had the focus last is the stop, else the first.
 * Left and Right go on in the list. Up and Down do so too, or go by rows where the buttons stand in rows.
 * @param {HTMLElement} list
 * @param {string} selector of the buttons in it
 * @param {AbortSignal} [signal]
 */
export function rove(list, selector, signal) {
  const buttons = () => /** @type {HTMLButtonElement[]} */ ([...list.querySelectorAll(selector)]);
  /** The one that had the focus last. @type {Element | null} */
  let visited = null;

  function settle() {
    const all = buttons();
    const usable = all.filter(({ disabled }) => !disabled);
    const stop = usable.find((button) => button === visited) ?? usable[0];
    for (const button of all) button.tabIndex = button === stop ? 0 : -1;
  }

  list.addEventListener(
    "focusin",
    ({ target }) => {
      if (!(target instanceof Element) || !target.matches(selector)) return;
      visited = target;
      settle();
    },
    { signal },
  );
  list.addEventListener(
    "keydown",
    (event) => {
      const all = buttons().filter(({ disabled }) => !disabled);
      const from = all.findIndex((button) => button === event.target);
      const to = from === -1 ? null : placeAfter(event, from, all);
      if (to === null) return;
      event.preventDefault();
      all[to].focus();
    },
    { signal },
  );
  // Two observers: what a button says may change in every frame, and is of no interest.
  const observers = [new MutationObserver(settle), new MutationObserver(settle)];
  observers[0].observe(list, { childList: true });
  observers[1].observe(list, { subtree: true, attributeFilter: ["disabled"] });
  signal?.addEventListener("abort", () => observers.forEach((observer) => observer.disconnect()));
  settle();
}

/**
 * @param {KeyboardEvent} event
 * @param {number} from
 * @param {HTMLElement[]} all
 * @returns {number | null} null where the key moves nothing
 */
function placeAfter(event, from, all) {
  const last = all.length - 1;
  if (event.key === "Home") return 0;
  if (event.key === "End") return last;
  const arrow = arrowOf(event);
  if (!arrow) return null;
  const inFirstRow = all.filter(({ offsetTop }) => offsetTop === all[0].offsetTop).length;
  const to = from + arrow[0] + arrow[1] * (inFirstRow < all.length ? inFirstRow : 1);
  return arrow[0] || (to >= 0 && to <= last) ? clamp(to, 0, last) : from;
}
