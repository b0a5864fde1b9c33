/** Jargon explains itself: a word's meaning appears where the word stands, on hover and on focus. */
/** @import { Context } from "./dom.js" */
/** @import { Network } from "../state/trace/network.js" @import { Traces } from "../state/trace/traces.js" */
import { explain } from "../words/glossary.js";
import { clamp } from "../shell/math.js";
import { geometryNow } from "../state/trace/network.js";
import { element, partIn } from "./dom.js";

const MARGIN = 12;
/** So long it stays after the pointer has left, so that the pointer can go to it. */
const GRACE_MS = 300;

/** @param {HTMLElement} root @param {Context<Network & Traces>} context */
export function mountGlossary(root, { store, signal }) {
  const tooltip = partIn(root, "tooltip", HTMLElement);
  stopAtEachTermOnce(root);

  /** @param {HTMLElement} word */
  function show(word) {
    const { name, text } = explain(word.dataset.term ?? "", geometryNow(store.get()));
    tooltip.replaceChildren(element("strong", { textContent: name }), element("br"), text);
    tooltip.hidden = false;
    const box = word.getBoundingClientRect();
    tooltip.style.left = `${clamp(box.left, MARGIN, innerWidth - tooltip.offsetWidth - MARGIN) + scrollX}px`;
    tooltip.style.top = `${box.bottom + 6 + scrollY}px`;
    word.setAttribute("aria-describedby", tooltip.id);
  }
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let leaving;
  const stay = () => clearTimeout(leaving);
  const hide = () => {
    stay();
    tooltip.hidden = true;
  };
  const leave = () => {
    stay();
    leaving = setTimeout(hide, GRACE_MS);
  };

  /** @param {"pointerover" | "pointerout" | "focusin" | "focusout"} type @param {(word: HTMLElement) => void} act */
  function onWords(type, act) {
    document.addEventListener(
      type,
      ({ target }) => {
        const word = target instanceof Element ? target.closest("dfn") : null;
        if (word instanceof HTMLElement) act(word);
      },
      { signal },
    );
  }
  for (const begins of /** @type {const} */ (["pointerover", "focusin"])) {
    onWords(begins, (word) => {
      stay();
      show(word);
    });
  }
  onWords("pointerout", leave);
  onWords("focusout", hide);
  tooltip.addEventListener("pointerenter", stay);
  tooltip.addEventListener("pointerleave", leave);
  // Before others hear of the key: it does one thing at a time.
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || tooltip.hidden) return;
      event.preventDefault();
      event.stopPropagation();
      hide();
    },
    { capture: true, signal },
  );
}

/**
 * The Tab key stops at a term where it stands first; where it comes again, a pointer still finds it.
 * @param {HTMLElement} root
 */
function stopAtEachTermOnce(root) {
  const known = new Set();
  for (const word of root.querySelectorAll("dfn")) {
    if (known.has(word.dataset.term)) word.tabIndex = -1;
    known.add(word.dataset.term);
  }
}
