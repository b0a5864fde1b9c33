/** What lies below the figure: a list to choose from, and a word that there is something. */
import { buttonById, byId, element, watchPlace } from "./dom.js";
import { goTo } from "./goto.js";
import { opensBelow } from "./popover.js";

export function contentsView() {
  const [button, panel, more] = [buttonById("contents-open"), byId("contents", HTMLElement), buttonById("more")];
  const sections = [...document.querySelectorAll("section.below")];
  const list = element("ol", {}, ...sections.map((section) => element("li", {}, entry(section, panel))));
  opensBelow(button, panel, () => panel.replaceChildren(list));
  more.addEventListener("click", () => goTo(sections[0]));
  watchPlace(byId("masthead", HTMLElement), ({ isIntersecting }) => (more.hidden = !isIntersecting));
}

/** @param {Element} section @param {HTMLElement} panel */
function entry(section, panel) {
  const made = element("button", { type: "button", className: "quiet", textContent: section.querySelector("h2")?.textContent ?? section.id });
  made.addEventListener("click", () => {
    panel.hidePopover();
    goTo(section);
  });
  return made;
}
