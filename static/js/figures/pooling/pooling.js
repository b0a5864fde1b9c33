/** What pooling forgets: numbers change places within their windows, before a CNN and before a capsule network. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { whenSettled } from "../../widgets/settled.js";
import { buttonIn, partIn } from "../../widgets/dom.js";
import { mountCapsule } from "./capsule.js";
import { mountCnn } from "./cnn.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountPooling(root, context) {
  const { store, actions, signal } = context;
  const placed = { ...context, root };
  whenSettled(
    store,
    partIn(root, "pooling", HTMLElement),
    ({ trace, viewpoint, contrast, models, scatterSeed }) => [trace, viewpoint, contrast, models, scatterSeed],
    actions.needScattered,
    { signal },
  );
  again(placed);
  mountCnn(placed);
  mountCapsule(placed);
}

/** @param {Placed<State, Actions>} context */
function again({ root, store, actions }) {
  buttonIn(root, "scatter-again").addEventListener("click", () => actions.scatterAgain());
  const told = partIn(root, "scatter-seed", HTMLElement);
  store.watch(
    ({ scatterSeed }) => [scatterSeed],
    ({ scatterSeed }) => (told.textContent = String(scatterSeed)),
  );
}
