/** Test digits of one class, to walk to. @import { Context } from "./dom.js" @import { BetweenActions } from "../state/between.js" */
import { MOST_KEPT } from "../state/initial.js";
import { indexOfKept } from "../state/kept.js";
import { buttonById, byId, element } from "./dom.js";

/** @param {Context} context @param {BetweenActions} actions */
export function shelfView({ store }, actions) {
  const [shelf, page, name] = ["shelf", "shelf-page", "shelf-name"].map((id) => byId(id, HTMLElement));
  const [back, on] = [buttonById("shelf-back"), buttonById("shelf-on")];
  back.addEventListener("click", () => actions.turnShelf(store.get().shelfPage - 1));
  on.addEventListener("click", () => actions.turnShelf(store.get().shelfPage + 1));
  /** @type {Map<number, HTMLButtonElement>} */
  let buttons = new Map();
  store.watch(({ shelf: shown }) => [shown], ({ shelf: shown }) => {
    buttons = new Map((shown?.digits ?? []).map((digit) => [digit.index, thumbnail(digit, actions)]));
    shelf.replaceChildren(...buttons.values());
    shelf.scrollLeft = 0;
    if (!shown) return;
    name.textContent = `Test digits of ${shown.label}: choose one as B, again to let it go`;
    page.textContent = `${shown.page + 1} of ${shown.pages}`;
    back.disabled = shown.page <= 0;
    on.disabled = shown.page + 1 >= shown.pages;
  });
  store.watch(({ shelf: shown, kept }) => [shown, kept], ({ kept }) => {
    for (const [index, button] of buttons) {
      const isKept = indexOfKept(kept, { kind: "digit", index }) !== -1;
      button.ariaPressed = String(isKept);
      button.disabled = !isKept && kept.length >= MOST_KEPT;
    }
  });
}

/** @param {import("../types.js").Digit} digit @param {BetweenActions} actions */
function thumbnail({ index, label, predicted, thumbnail: src }, actions) {
  const wrong = predicted !== label;
  const button = element(
    "button",
    { type: "button", className: wrong ? "thumbnail wrong" : "thumbnail", title: `test digit ${index}${wrong ? `, read as ${predicted}` : ""}` },
    element("img", { src, alt: `Test digit ${index}, a ${label}${wrong ? ` read as ${predicted}` : ""}` }),
  );
  button.addEventListener("click", () => actions.toggleDigit(index));
  return button;
}
