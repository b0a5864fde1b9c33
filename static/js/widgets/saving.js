/** The button that opens the menu of what can be saved; the menu itself is fetched when it opens. */
/** @import { SavingContext } from "./export/menu.js" */
import { reasonOf } from "../shell/errors.js";
import { opensBelow } from "../shell/popover.js";
import { buttonIn, partIn } from "./dom.js";

/** @param {HTMLElement} root @param {SavingContext} context */
export function mountSaving(root, context) {
  const [button, menu] = [buttonIn(root, "save"), partIn(root, "saving", HTMLElement)];
  async function fill() {
    try {
      const { fillMenu } = await import("./export/menu.js");
      const hadFocus = !menu.childElementCount || menu.contains(document.activeElement);
      fillMenu(menu, context);
      if (hadFocus) menu.querySelector("button")?.focus();
    } catch (error) {
      context.actions.complain(reasonOf(error));
    }
  }
  // A menu that was opened too early has nothing to choose from, and is filled when there is something.
  context.store.watch(
    ({ trace }) => [trace],
    () => {
      if (!menu.hidden && !menu.querySelector("button")) void fill();
    },
  );
  opensBelow(button, menu, () => void fill(), context.signal);
}
