/** The panel that tells about what is looked at. @import { Context } from "./dom.js" @import { State, Traced } from "../types.js" */
import { passageOf, pointedAt, shownClass } from "../state/selectors.js";
import { describe } from "./descriptions.js";
import { byId, element } from "./dom.js";

/** @param {Context} context */
export function inspectorView({ store, actions }) {
  const root = byId("inspector", HTMLElement);
  const said = byId("said", HTMLElement);
  const described = element("div", { className: "described" });
  const kept = element("div", { className: "kept" });
  root.append(described, kept);
  root.tabIndex = -1;
  /** @type {import("./descriptions.js").Described} */
  let shown = { nodes: [] };
  /** @type {Float32Array | null} */
  let shownVotes = null;

  /** @param {State} state */
  function show(state) {
    shown = describe(state);
    described.replaceChildren(...shown.nodes);
    root.classList.toggle("comparing", shown.nodes.length > 1 && shown.nodes.every((node) => node instanceof HTMLDivElement));
    say(state);
    for (const canvas of described.querySelectorAll("canvas")) canvas.dispatchEvent(new CustomEvent("draw"));
    if (state.votes && state.votes !== shownVotes) performance.measure("capsnet:capsule", "capsnet:votes-asked");
    shownVotes = state.votes;
  }

  /** To those who ask a picture by keys: on an iteration, for on the way every frame would be a sentence. @param {State} state */
  function say(state) {
    const { activeElement: focused } = document; // the pad has words of its own
    if (!(focused instanceof HTMLCanvasElement) || focused.id === "pad" || state.playing || passageOf(state)) return;
    said.textContent = root.querySelector(".story")?.textContent ?? "";
  }

  store.watch(
    (state) => [
      state.trace,
      state.votes,
      state.palette,
      state.hoveredMap,
      state.hoveredClass,
      state.pinnedClass,
      ...pointedAt(state),
      shownClass(state),
    ],
    show,
  );
  store.watch(
    (state) => [state.playhead, state.playing],
    (state) => {
      if (state.trace) shown.follow?.(/** @type {Traced} */ (state));
      say(state);
    },
  );
  // Buttons of their own, which stay where they are while the routing plays.
  store.watch(
    ({ pinnedCapsules, pinnedType, pinnedClass }) => [pinnedCapsules, pinnedType, pinnedClass],
    (state) => {
      const place = [...kept.children].indexOf(/** @type {Element} */ (document.activeElement));
      kept.replaceChildren(...letGo(state, actions));
      // The button that was pressed is gone: the keyboard goes on with the next one, or with what is described.
      if (place !== -1) /** @type {HTMLElement} */ (kept.children[Math.min(place, kept.children.length - 1)] ?? root).focus();
    },
  );
}

/** The way back from what is pinned, which a finger would hardly hit twice. @param {State} state @param {Context["actions"]} actions */
function letGo({ pinnedCapsules, pinnedType, pinnedClass }, actions) {
  const buttons = pinnedCapsules.map((capsule) => button(`Let go of capsule ${capsule + 1}`, () => actions.pinCapsule(capsule)));
  if (pinnedType !== null) buttons.push(button(`Let go of type ${pinnedType + 1}`, () => actions.pinType(pinnedType)));
  if (pinnedClass !== null) buttons.push(button(`No longer paint what ${pinnedClass} owns`, () => actions.pinClass(pinnedClass)));
  return buttons;
}

/** @param {string} textContent @param {() => void} act */
function button(textContent, act) {
  const made = element("button", { type: "button", className: "quiet", textContent });
  made.addEventListener("click", act);
  return made;
}
