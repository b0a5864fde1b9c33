/** The panel that tells about what is looked at. @import { Context } from "./dom.js" @import { State } from "../types.js" */
import { iterationOf, lookedAtCapsule, shownClass } from "../state/selectors.js";
import { describe } from "./descriptions.js";
import { byId, element } from "./dom.js";

/** @param {Context} context */
export function inspectorView({ store, actions }) {
  const root = byId("inspector", HTMLElement);
  const said = byId("said", HTMLElement);
  /** @type {Float32Array | null} */
  let shownVotes = null;
  store.watch(
    (state) => [
      state.trace,
      state.votes,
      state.palette,
      state.hoveredMap,
      state.hoveredClass,
      lookedAtCapsule(state),
      shownClass(state),
      state.pinnedCapsule,
      isAsked(state) ? state.playhead : iterationOf(state),
    ],
    (state) => {
      const described = describe(state);
      if (state.pinnedCapsule !== null) described.push(letGo(actions));
      root.replaceChildren(...described);
      if (document.activeElement instanceof HTMLCanvasElement) said.textContent = root.querySelector(".story")?.textContent ?? "";
      for (const canvas of root.querySelectorAll("canvas")) canvas.dispatchEvent(new CustomEvent("draw"));
      if (state.votes && state.votes !== shownVotes) performance.measure("capsnet:capsule", "capsnet:votes-asked");
      shownVotes = state.votes;
    },
  );
}

/** @param {State} state */
const isAsked = (state) => state.hoveredClass !== null || lookedAtCapsule(state) !== null;

/** The way back from a pinned capsule, which a finger would hardly hit twice. @param {Context["actions"]} actions */
function letGo(actions) {
  const button = element("button", { type: "button", className: "quiet", textContent: "Let go of the kept capsule" });
  button.addEventListener("click", () => actions.pinCapsule(null));
  return button;
}
