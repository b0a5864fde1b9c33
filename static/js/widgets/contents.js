/** What lies below the figure: a list to choose from, and a word that there is something. */
import { buttonIn, element, partIn, watchPlace } from "./dom.js";
import { goTo } from "../shell/goto.js";
import { opensBelow } from "../shell/popover.js";

/** @param {HTMLElement} root @param {{signal?: AbortSignal}} context */
export function mountContents(root, { signal }) {
  const [button, panel, more] = [
    buttonIn(root, "contents-open"),
    partIn(root, "contents", HTMLElement),
    buttonIn(root, "more"),
  ];
  const sections = [...root.querySelectorAll("section.below")];
  const list = element(
    "ol",
    {},
    ...sections.map((section) =>
      element(
        "li",
        {},
        entry(section, () => close()),
      ),
    ),
  );
  const close = opensBelow(button, panel, () => panel.replaceChildren(list), signal);
  more.addEventListener("click", () => goTo(sections[0]));
  const masthead = partIn(root, "masthead", HTMLElement);
  watchPlace(masthead, ({ isIntersecting }) => (more.hidden = !isIntersecting || !sections.length), { signal });
}

/** @param {Element} section @param {() => void} close */
function entry(section, close) {
  const made = element("button", {
    type: "button",
    className: "quiet",
    textContent: section.querySelector("h2")?.textContent ?? section.id,
  });
  made.addEventListener("click", () => {
    close();
    goTo(section);
  });
  return made;
}
