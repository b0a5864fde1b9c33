/** The mark on the first screen that the routing is edited, and the way back. */
/** @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/trace/subject.js" */
import { isTampered } from "../../capsules/interventions.js";
import { geometryNow, networkNow } from "../../state/trace/network.js";
import { editsText, markText } from "../../words/tamper.js";
import { buttonIn, partIn } from "../../widgets/dom.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountTampered(root, { store, actions }) {
  const [mark, text] = [partIn(root, "tampered", HTMLElement), partIn(root, "tampered-text", HTMLElement)];
  buttonIn(root, "put-back").addEventListener("click", () => actions.putBack());
  store.watch(
    (state) => [state.interventions, state.trace, state.untouched, geometryNow(state)],
    (state) => {
      const { interventions, trace, untouched } = state;
      const network = networkNow(state);
      mark.hidden = !isTampered(interventions);
      if (mark.hidden || !network) return;
      const answers = trace &&
        untouched && {
          edited: trace.classNames[trace.label],
          unedited: untouched.classNames[untouched.label],
        };
      text.textContent = mark.title = markText(editsText(network, interventions), answers);
    },
  );
}
