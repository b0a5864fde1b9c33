/** The mark that the routing is tampered with, on the first screen, and the way back. @import { Context } from "./dom.js" */
import { inWords, isTampered } from "../lib/interventions.js";
import { buttonById, byId } from "./dom.js";

/** @param {Context} context */
export function tamperedView({ store, actions }) {
  const [mark, text] = [byId("tampered", HTMLElement), byId("tampered-text", HTMLElement)];
  buttonById("put-back").addEventListener("click", () => actions.putBack());
  store.watch(
    ({ interventions, trace, untouched }) => [interventions, trace, untouched],
    ({ interventions, trace, untouched }) => {
      mark.hidden = !isTampered(interventions);
      if (mark.hidden) return;
      const words = inWords(interventions);
      const answers = trace && untouched ? `Untouched, it reads ${untouched.label}${untouched.label === trace.label ? ", too" : ""}.` : "";
      text.textContent = mark.title = `Tampered: ${words}. ${answers}`;
    },
  );
}
