/** Keys that work everywhere on the page. @import { Context } from "./dom.js" */
/** @import { Choice } from "../state/trace/choosing.js" @import { Network } from "../state/trace/network.js" */
/** @import { Traces } from "../state/trace/traces.js" */
import { classNamesNow } from "../state/trace/network.js";
import { store, stored } from "../shell/stored.js";
import { buttonIn, inputIn, partIn } from "./dom.js";

/**
 * What keys may do. A key does nothing in a room whose subjects have no such action.
 * @typedef {object} KeyActions
 * @property {() => void} [togglePlay]
 * @property {(direction: 1 | -1) => void} [step]
 * @property {() => void} [undo]
 * @property {() => void} [undoDials]
 * @property {() => void} [clear]
 * @property {() => void} [resetDials]
 * @property {() => void} [putBack]
 * @property {(label: number | null) => void} [selectClass]
 * @property {() => void} [letGo]
 */

/**
 * Beside these actions, a key presses the button that has it as its `data-key`.
 * @param {HTMLElement} root
 * @param {Context<Network & Traces & Choice, KeyActions>} context
 */
export function mountKeyboard(root, { store: state, actions, signal }) {
  const help = partIn(root, "help", HTMLDialogElement);
  const { step, undo, undoDials } = actions;
  /** @type {Record<string, (() => void) | undefined>} */
  const keys = {
    p: actions.togglePlay,
    ",": step && (() => step(-1)),
    ".": step && (() => step(1)),
    z: () => (isAmongDials(document.activeElement) ? undoDials : undo)?.(),
    c: actions.clear,
    r: actions.resetDials,
    b: actions.putBack,
    u: undoDials,
    "?": () => help.showModal(),
  };
  for (const button of /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll("button[data-key]"))) {
    keys[button.dataset.key ?? ""] = () => button.click();
  }
  /** A digit's key chooses the class of that place in the list. @param {string} key */
  function selecting(key) {
    const label = /^\d$/.test(key) ? Number(key) : Infinity;
    const { selectClass } = actions;
    if (!selectClass || label >= classNamesNow(state.get()).length) return undefined;
    return () => selectClass(state.get().selectedClass === label ? null : label);
  }

  const single = singleKeys(inputIn(root, "shortcuts"));
  /** @param {KeyboardEvent} event */
  function press(event) {
    const key = letterOf(event);
    const isChord = event.ctrlKey || event.metaKey;
    const undoes = key === "z" && !event.shiftKey; // with Ctrl or ⌘, too, as everywhere
    if ((isChord && !undoes) || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) {
      return;
    }
    if (event.key === "Escape" && !event.defaultPrevented) return actions.letGo?.(); // an open panel it closes instead
    const act = isChord || single() ? (keys[key] ?? selecting(key)) : undefined;
    if (!act) return;
    event.preventDefault();
    act();
  }
  document.addEventListener("keydown", press, { signal });

  buttonIn(root, "help-open").addEventListener("click", () => help.showModal());
  for (const button of document.querySelectorAll("[data-close]")) {
    button.addEventListener("click", () => button.closest("dialog")?.close());
  }
}

/**
 * The key that was pressed. A keyboard without Latin letters has the key at the place of the Latin one; a browser that
 * fills in a form tells of a key without a name.
 * @param {KeyboardEvent} event
 */
export function letterOf({ key, code }) {
  if (!key) return "";
  const isForeign = key.length === 1 && key > "\u007f" && !/\p{Script=Latin}/u.test(key);
  return (isForeign ? code.replace(/^(Key|Digit)/, "") : key).toLowerCase();
}

/**
 * Whether single keys act: a switch in the help turns them off, and is remembered.
 * @param {HTMLInputElement} input
 */
function singleKeys(input) {
  input.checked = stored("shortcuts") !== "off";
  input.addEventListener("change", () => store("shortcuts", input.checked ? "on" : "off"));
  return () => input.checked;
}

/** There it is a turn that is to be taken back, and not a stroke. @param {Element | null} focused */
const isAmongDials = (focused) => Boolean(focused?.closest("[data-undo=dials]"));

/** A list takes letters and digits for itself, and so does a line of text. @param {EventTarget | null} target */
const isTyping = (target) =>
  target instanceof HTMLSelectElement || (target instanceof HTMLInputElement && target.type === "text");
