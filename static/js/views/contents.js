/** What lies below the figure: a list to choose from, and a word that there is something. */
import { buttonById, byId, element, watchPlace } from "./dom.js";
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

/** Bring a section to the top of the screen, and the keyboard into it. @param {Element} section */
function goTo(section) {
  const title = section.querySelector("h2");
  if (!title) return;
  title.tabIndex = -1;
  title.focus({ preventScroll: true });
  section.scrollIntoView({ block: "start" });
  // Sections on the way are filled as they are passed, and may grow: once they have, this one is found again.
  const found = new ResizeObserver(() => section.scrollIntoView({ block: "start" }));
  found.observe(document.body);
  for (const end of ["wheel", "pointerdown", "keydown"]) addEventListener(end, () => found.disconnect(), { once: true });
  setTimeout(() => found.disconnect(), 3000);
}
