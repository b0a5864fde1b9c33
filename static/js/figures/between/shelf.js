/** Test digits of one class, to walk to. */
/** @import { Context } from "../../widgets/dom.js" @import { BetweenActions } from "../../state/digit/between.js" */
/** @import { Actions, State } from "../../state/digit/subject.js" */
import { withArticle } from "../../shell/format.js";
import { MOST_KEPT } from "../../state/digit/kept.js";
import { classNamesNow } from "../../state/trace/network.js";
import { indexOfKept } from "../../state/digit/kept.js";
import { shelfText } from "../../words/between.js";
import { buttonIn, element, partIn } from "../../widgets/dom.js";
import { rove } from "../../widgets/roving.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context @param {BetweenActions} actions */
export function mountShelf(root, { store, signal }, actions) {
  const [shelf, page, name] = ["shelf", "shelf-page", "shelf-name"].map((id) => partIn(root, id, HTMLElement));
  rove(shelf, ".thumbnail", signal);
  const [back, on] = [buttonIn(root, "shelf-back"), buttonIn(root, "shelf-on")];
  back.addEventListener("click", () => actions.turnShelf(store.get().shelfPage - 1));
  on.addEventListener("click", () => actions.turnShelf(store.get().shelfPage + 1));
  /** @type {Map<number, HTMLButtonElement>} */
  let buttons = new Map();
  store.watch(
    ({ shelf: shown }) => [shown],
    ({ shelf: shown }) => {
      const names = classNamesNow(store.get());
      buttons = new Map((shown?.digits ?? []).map((digit) => [digit.index, thumbnail(digit, names, actions)]));
      shelf.replaceChildren(...buttons.values());
      shelf.scrollLeft = 0;
      if (!shown) return;
      name.textContent = shelfText(names[shown.label]);
      page.textContent = `${shown.page + 1} of ${shown.pages}`;
      back.disabled = shown.page <= 0;
      on.disabled = shown.page + 1 >= shown.pages;
    },
  );
  store.watch(
    ({ shelf: shown, kept }) => [shown, kept],
    ({ kept }) => {
      for (const [index, button] of buttons) {
        const isKept = indexOfKept(kept, { kind: "digit", index }) !== -1;
        button.ariaPressed = String(isKept);
        button.disabled = !isKept && kept.length >= MOST_KEPT;
      }
    },
  );
}

/**
 * @param {import("../../state/digit/gallery.js").Digit} digit
 * @param {readonly string[]} names of the classes
 * @param {BetweenActions} actions
 */
function thumbnail({ index, label, predicted, thumbnail: src }, names, actions) {
  const wrong = predicted !== label;
  const readAs = wrong ? ` read as ${names[predicted]}` : "";
  const button = element(
    "button",
    {
      type: "button",
      className: wrong ? "thumbnail wrong" : "thumbnail",
      title: `Test digit ${index}${readAs && `,${readAs}`}`,
    },
    element("img", { src, alt: `Test digit ${index}, ${withArticle(names[label])}${readAs}` }),
  );
  button.addEventListener("click", () => actions.toggleDigit(index));
  return button;
}
