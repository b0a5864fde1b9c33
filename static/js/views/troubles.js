/** A part of the page that could not be had says so in its place, and why. */
/** @import { Part } from "../types.js" @import { Context } from "./dom.js" */

/** @param {Context} context */
export function troublesView({ store }) {
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-trouble]"))) {
    const part = /** @type {Part} */ (line.dataset.trouble);
    const what = line.textContent;
    store.watch(
      ({ troubles }) => [troubles[part]],
      ({ troubles: { [part]: reason } }) => {
        line.hidden = reason === undefined;
        line.textContent = reason === undefined ? "" : `${what} could not be had: ${reason}`;
      },
    );
  }
}
