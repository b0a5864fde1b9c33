/** Jargon explains itself: a word's meaning appears where the word stands, on hover and on focus. */
import { GLOSSARY } from "../lib/glossary.js";
import { clamp } from "../lib/math.js";
import { byId, element } from "./dom.js";

const MARGIN = 12;

export function wordsView() {
  const tooltip = byId("tooltip", HTMLElement);

  /** @param {HTMLElement} word */
  function show(word) {
    const { name, text } = GLOSSARY[word.dataset.term ?? ""];
    tooltip.replaceChildren(element("strong", { textContent: name }), element("br"), text);
    tooltip.hidden = false;
    const box = word.getBoundingClientRect();
    tooltip.style.left = `${clamp(box.left, MARGIN, innerWidth - tooltip.offsetWidth - MARGIN) + scrollX}px`;
    tooltip.style.top = `${box.bottom + 6 + scrollY}px`;
    word.setAttribute("aria-describedby", tooltip.id);
  }
  const hide = () => (tooltip.hidden = true);

  /** @param {Event} event */
  const wordOf = ({ target }) => (target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("dfn")) : null);
  for (const [begins, ends] of [["pointerover", "pointerout"], ["focusin", "focusout"]]) {
    document.addEventListener(begins, (event) => {
      const word = wordOf(event);
      if (word) show(word);
    });
    document.addEventListener(ends, (event) => wordOf(event) && hide());
  }
  document.addEventListener("keydown", ({ key }) => key === "Escape" && hide());
}
