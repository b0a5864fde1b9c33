/** The panel that tells about what is looked at. */
/** @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State, Traced } from "../../state/trace/subject.js" */
import { measure } from "../../shell/timing.js";
import { shownClass } from "../../state/trace/choosing.js";
import { kernelsNow } from "../../state/trace/kernels.js";
import { className } from "../../state/trace/network.js";
import { partOf } from "../../state/trace/parts.js";
import { passageOf } from "../../state/trace/playhead.js";
import { pointedAt } from "../../state/trace/pointing.js";
import { VOTES } from "../../state/trace/votes.js";
import { describe } from "./descriptions.js";
import { element, partIn } from "../../widgets/dom.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountInspector(root, { store, actions }) {
  const said = partIn(document, "said", HTMLElement);
  const described = element("div", { className: "described" });
  const kept = element("div", { className: "kept" });
  root.append(described, kept);
  root.tabIndex = -1;
  let moved = false;
  described.addEventListener("click", ({ target }) => {
    const way = target instanceof Element ? target.closest("button") : null;
    if (!way) return;
    moved = true; // the button goes, and the keyboard goes on with the way back
    if (way.dataset.capsule !== undefined) actions.pinCapsule(Number(way.dataset.capsule));
    if (way.dataset.supporters !== undefined) actions.showSupporters(Number(way.dataset.supporters));
  });
  /** @type {import("./described/parts.js").Described} */
  let shown = { nodes: [] };
  /** @type {Float32Array | null} */
  let shownVotes = null;

  /** @param {State} state */
  function show(state) {
    shown = describe(state);
    described.replaceChildren(...shown.nodes);
    root.classList.toggle(
      "comparing",
      shown.nodes.length > 1 && shown.nodes.every((node) => node instanceof HTMLDivElement),
    );
    say(state);
    for (const canvas of described.querySelectorAll("canvas")) canvas.dispatchEvent(new CustomEvent("draw"));
    const votes = partOf(state, VOTES);
    if (votes && votes !== shownVotes) measure("capsnet:capsule", "capsnet:votes-asked");
    shownVotes = votes;
  }

  /**
   * For those who use a picture by keys. Only on an iteration: between two, every frame would be a sentence.
   * @param {State} state
   */
  function say(state) {
    const { activeElement: focused } = document;
    const isMute = focused instanceof HTMLCanvasElement && focused.dataset.speaks === undefined;
    if (!isMute || state.playing || passageOf(state)) return;
    said.textContent = root.querySelector(".story")?.textContent ?? "";
  }

  store.watch(
    (state) => [
      state.trace,
      partOf(state, VOTES),
      kernelsNow(state),
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
    (state) => [state.pinnedCapsules, state.pinnedType, state.pinnedClass, state.trace?.label, shownClass(state)],
    (state) => {
      const place = [...kept.children].indexOf(/** @type {Element} */ (document.activeElement));
      kept.replaceChildren(...letGo(state, actions));
      // The button that was pressed is gone: the keyboard goes on with the next one, or with what is described.
      const next = kept.children[Math.min(place, kept.children.length - 1)] ?? root;
      if (place !== -1 && next instanceof HTMLElement) next.focus();
      else if (moved) (described.querySelector("button") ?? kept.querySelector("button"))?.focus();
      moved = false;
    },
  );
}

/**
 * A button for each thing that is pinned: a finger would hardly hit the same capsule twice.
 * @param {State} state
 * @param {Actions} actions
 */
function letGo(state, actions) {
  const { pinnedCapsules, pinnedType, pinnedClass } = state;
  const buttons = pinnedCapsules.map((capsule) => unpin(`capsule ${capsule + 1}`, () => actions.pinCapsule(capsule)));
  const label = shownClass(state);
  if (pinnedCapsules.length && state.trace && label !== null) {
    buttons.unshift(button(`Back to class ${className(state, label)}`, () => actions.showSupporters(label)));
  }
  if (pinnedType !== null) buttons.push(unpin(`type ${pinnedType + 1}`, () => actions.pinType(pinnedType)));
  if (pinnedClass !== null) {
    buttons.push(unpin(`class ${className(state, pinnedClass)}`, () => actions.pinClass(pinnedClass)));
  }
  return buttons;
}

/** @param {string} textContent @param {() => void} act @param {AddEventListenerOptions} [options] */
function button(textContent, act, options) {
  const made = element("button", { type: "button", className: "quiet", textContent });
  made.addEventListener("click", act, options);
  return made;
}

/**
 * The button goes with the next frame. Pressed twice before that, it must not pin again.
 * @param {string} what
 * @param {() => void} pin lets go of what is pinned
 */
const unpin = (what, pin) => button(`Unpin ${what}`, pin, { once: true });
