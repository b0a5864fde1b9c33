/** A part of the page that could not be loaded says so in its place, and why. @import { Context } from "./dom.js" */
/** @import { Troubles } from "../state/trace/troubles.js" */
import { troubleOf } from "../state/trace/troubles.js";

/** @param {HTMLElement} root @param {Context<Troubles>} context */
export function mountTroubles(root, { store }) {
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("[data-trouble]"))) {
    const part = line.dataset.trouble ?? "";
    const what = line.textContent;
    store.watch(
      (state) => [troubleOf(state, part)],
      (state) => {
        const reason = troubleOf(state, part);
        line.hidden = !reason;
        line.textContent = reason && `${what} could not be loaded. ${reason}`;
      },
    );
  }
}
