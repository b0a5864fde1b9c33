/** Where the drawing comes from; of a test digit, what it truly is. @import { Context } from "./dom.js" */
/** @import { ActionsOf } from "../state/compose.js" @import { Network } from "../state/trace/network.js" */
/** @import { Sources } from "../state/digit/source.js" @import { Truth } from "../state/digit/truth.js" */
/** @import { Traces } from "../state/trace/traces.js" */
import { trueClass } from "../state/digit/truth.js";
import { className } from "../state/trace/network.js";
import { KINDS, testDigitText } from "../words/drawing.js";
import { partIn } from "./dom.js";

/** @typedef {ActionsOf<typeof import("../state/digit/truth.js")>} Actions */

/** @param {HTMLElement} root @param {Context<Sources & Truth & Traces & Network, Actions>} context */
export function mountTruth(root, { store, actions }) {
  const line = partIn(root, "truth", HTMLElement);
  store.watch(
    ({ source, trace }) => [source, trace],
    ({ trace }) => void (trace && actions.needTruth()), // after the answer, which is what a visitor waits for
  );
  store.watch(
    (state) => [state.source, state.trace, trueClass(state)],
    (state) => {
      const { source, trace } = state;
      const label = trueClass(state);
      const isMisread = label !== null && trace !== null && trace.label !== label;
      const name = label === null ? null : className(state, label);
      const told = source.kind === "digit" ? testDigitText(source.index, name, isMisread) : "";
      line.textContent = told;
      line.classList.toggle("misread", isMisread);
      line.dataset.drawing = told
        ? told.charAt(0).toLowerCase() + told.slice(1)
        : KINDS[source.kind === "digit" ? "empty" : source.kind];
    },
  );
}
