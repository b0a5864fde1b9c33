/** Keys that work everywhere on the page. @import { Context } from "./dom.js" */
import { CLASSES } from "../lib/network.js";
import { buttonById, byId } from "./dom.js";

/** @param {Context} context */
export function keyboardView({ store, actions }) {
  const help = byId("help", HTMLDialogElement);
  /** @type {Record<string, () => void>} */
  const keys = {
    p: () => actions.togglePlay(),
    ",": () => actions.step(-1),
    ".": () => actions.step(1),
    z: () => (isAmongDials(document.activeElement) ? actions.undoDials() : actions.undo()),
    c: () => actions.clear(),
    r: () => actions.resetDials(),
    b: () => actions.putBack(),
    u: () => actions.undoDials(),
    g: () => buttonById("gallery-open").click(),
    "?": () => help.showModal(),
  };
  for (let label = 0; label < CLASSES; label++) {
    keys[label] = () => actions.selectClass(store.get().selectedClass === label ? null : label);
  }

  document.addEventListener("keydown", (event) => {
    const undoes = event.key.toLowerCase() === "z" && !event.shiftKey; // with Ctrl or ⌘, too, as everywhere
    if (((event.ctrlKey || event.metaKey) && !undoes) || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
    // On the pad it clears, and an open panel it closes.
    if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector(":popover-open")) return actions.letGo();
    const act = keys[event.key.toLowerCase()];
    if (!act) return;
    event.preventDefault();
    act();
  });

  buttonById("help-open").addEventListener("click", () => help.showModal());
  for (const button of document.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => button.closest("dialog")?.close());
  }
}

/** There it is a turn that is to be taken back, and not a stroke. @param {Element | null} focused */
const isAmongDials = (focused) => byId("dials", HTMLElement).contains(focused);

/** A list takes letters and digits for itself, and so does a line of text. @param {EventTarget | null} target */
const isTyping = (target) => target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type === "text");
