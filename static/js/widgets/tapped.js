/** What a tap tells stands beside the finger, where the inspector is further down than the screen. */
import { clamp } from "../shell/math.js";
import { element, partIn } from "./dom.js";

/** Between the finger and what is told, and to the edge of the screen, in CSS pixels. */
const GAP = 14;
const MARGIN = 8;

/** What an element is placed from: the page, or a part of it that is placed itself. @param {HTMLElement} placed */
function placedFrom({ offsetParent }) {
  const isPage = !offsetParent || offsetParent === document.body;
  return (isPage ? document.documentElement : offsetParent).getBoundingClientRect();
}

/** @param {HTMLElement} root @param {{signal?: AbortSignal}} context */
export function mountTapped(root, { signal }) {
  const [told, inspector] = ["tapped", "inspector"].map((id) => partIn(root, id, HTMLElement));

  const storyNow = () => inspector.querySelector(".story");

  /** @param {PointerEvent} event @param {string | null | undefined} before what was told before the tap */
  function tell({ clientX, clientY }, before) {
    const story = storyNow();
    if (!story || story.textContent === before || story.getBoundingClientRect().bottom < innerHeight) return;
    told.replaceChildren(
      element("strong", { textContent: story.querySelector("h3")?.textContent ?? "" }),
      element("p", { textContent: story.querySelector("p")?.textContent ?? "" }),
    );
    told.hidden = false;
    const { offsetWidth: width, offsetHeight: height } = told;
    const isBelow = clientY + GAP + height < innerHeight - MARGIN;
    const { left, top } = placedFrom(told);
    told.style.left = `${clamp(clientX - width / 2, MARGIN, innerWidth - width - MARGIN) - left}px`;
    told.style.top = `${(isBelow ? clientY + GAP : clientY - GAP - height) - top}px`;
  }

  const hide = () => (told.hidden = true);
  root.addEventListener(
    "click",
    (event) => {
      hide();
      const isTap = event instanceof PointerEvent && event.pointerType === "touch";
      if (!isTap || !(event.target instanceof Element) || !event.target.closest("[data-inspected]")) return;
      const before = storyNow()?.textContent;
      requestAnimationFrame(() => requestAnimationFrame(() => tell(event, before))); // once the inspector tells of it
    },
    { signal },
  );
  root.addEventListener("keydown", ({ key }) => key === "Escape" && hide(), { signal });
}
