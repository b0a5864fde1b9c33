/** The names of the classes beside the rows of a matrix. @import { Store } from "../shell/store.js" */
/** @import { Network } from "../state/trace/network.js" @import { Traces } from "../state/trace/traces.js" */
import { classNamesNow } from "../state/trace/network.js";
import { element } from "./dom.js";

/**
 * Fill every `.matrix-rows` of a figure, and again when another network answers.
 * @param {HTMLElement} figure
 * @param {Store<Network & Traces>} store
 */
export function nameRows(figure, store) {
  const places = [...figure.querySelectorAll(".matrix-rows")];
  store.watch(
    (state) => [classNamesNow(state)],
    (state) => {
      for (const place of places) {
        place.replaceChildren(...classNamesNow(state).map((textContent) => element("span", { textContent })));
      }
    },
  );
}
