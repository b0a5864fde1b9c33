/** The menu of what can be saved. What writes the files is fetched when something is. @import { Context } from "./dom.js" */
import { css } from "../draw/canvas.js";
import { reasonOf } from "../lib/errors.js";
import { fileStem, savedCaption } from "../state/selectors.js";
import { buttonById, byId, drawAgain, element } from "./dom.js";
import { opensBelow } from "./popover.js";

/** @import { Traced } from "../types.js" */

/** @type {{kind: "safetensors" | "couplings" | "lengths", name: string, format: string}[]} */
const NUMBERS = [
  { kind: "safetensors", name: "Everything the network computed", format: "safetensors" },
  { kind: "couplings", name: "Couplings and agreements", format: "CSV" },
  { kind: "lengths", name: "Class capsules: lengths and poses", format: "CSV" },
];

/** The pictures of the figure. Those of the sections below are found on the page. */
const IN_THE_FIGURE = [
  { selector: ".theatre", name: "routing", title: "Routing, from primary to class capsules" },
  { selector: "#pad", name: "drawing", title: "The drawing" },
  { selector: "#sees", name: "sees", title: "What the network sees" },
  { selector: ".stage-conv1", name: "conv1", title: "The 256 maps of Conv1" },
  { selector: ".stage-reconstruction", name: "reconstruction", title: "The reconstruction beside the input" },
  { selector: "#inspector", name: "inspector", title: "What is looked at" },
];

/** @typedef {{root: HTMLElement, name: string, title: string}} Picture */

/** @param {Context} context */
export function savingView(context) {
  const [button, menu] = [buttonById("save"), byId("saving", HTMLElement)];
  context.store.watch(({ trace }) => [trace], ({ trace }) => (button.disabled = !trace));
  opensBelow(button, menu, () => fill(menu, context));
}

/** @param {HTMLElement} menu @param {Context} context */
function fill(menu, { store, actions }) {
  if (!store.get().trace) return;
  const numbers = NUMBERS.map(({ kind, name, format }) =>
    row(name, [[format, () => saveNumbers(kind, { store, actions })]], actions),
  );
  const pictures = picturesOfThePage().map((picture) =>
    row(picture.title, [
      ["PNG", () => savePicture(picture, "png", store)],
      ["SVG", () => savePicture(picture, "svg", store)],
    ], actions),
  );
  menu.replaceChildren(
    element("h2", { textContent: "Numbers" }), element("ul", {}, ...numbers),
    element("h2", { textContent: "Pictures" }), element("ul", {}, ...pictures),
    element("p", { className: "caption", textContent: "The pictures of a section below are listed once it has been seen." }),
  );
}

/** @param {string} name @param {[format: string, save: () => Promise<void>][]} formats @param {Context["actions"]} actions */
function row(name, formats, actions) {
  const buttons = formats.map(([format, save]) => {
    const button = element("button", { type: "button", textContent: format, "aria-label": `${name}, ${format}` });
    button.addEventListener("click", async () => {
      button.disabled = true;
      try {
        await save();
      } catch (error) {
        actions.complain(`“${name}” could not be saved. ${reasonOf(error)}`);
      } finally {
        button.disabled = false;
      }
      button.focus();
    });
    return button;
  });
  return element("li", {}, element("span", { textContent: name }), ...buttons);
}

/** @returns {Picture[]} */
function picturesOfThePage() {
  const own = IN_THE_FIGURE.map(({ selector, ...rest }) => ({ root: document.querySelector(selector), ...rest }));
  const below = [...document.querySelectorAll("section.below")].flatMap((section) => {
    const title = section.querySelector("h2")?.textContent ?? section.id;
    return [...section.children].filter(isDrawn).map((root, k, { length }) => ({
      root,
      name: length > 1 ? `${section.id}-${k + 1}` : section.id,
      title: length > 1 ? `${title} (${k + 1})` : title,
    }));
  });
  return /** @type {Picture[]} */ ([...own, ...below].filter(({ root }) => root instanceof HTMLElement && isDrawn(root)));
}

/** Whether it holds a canvas that is shown and has been painted. @param {Element} root */
function isDrawn(root) {
  const canvases = root instanceof HTMLCanvasElement ? [root] : [...root.querySelectorAll("canvas")];
  // A canvas that nobody has fitted yet has the size that all begin with.
  return canvases.some((canvas) => canvas.checkVisibility() && canvas.clientWidth > 0 && !(canvas.width === 300 && canvas.height === 150));
}

/** Named for what is on the page now, not when the menu opened. @param {typeof NUMBERS[number]["kind"]} kind @param {Context} context */
async function saveNumbers(kind, { store, actions }) {
  const state = /** @type {Traced} */ (store.get());
  if (!state.trace) return;
  const stem = fileStem(state);
  const body = await actions.traceFile();
  if (body) (await import("../export/files.js")).saveNumbers(kind, body, stem);
}

/** @param {Picture} picture @param {"png" | "svg"} format @param {Context["store"]} store */
async function savePicture({ root, name, title }, format, store) {
  const files = await import("../export/files.js");
  const state = /** @type {Traced} */ (store.get());
  const { palette, trace } = state;
  if (!trace) return;
  const words = {
    title,
    caption: savedCaption(state),
    surface: css(palette.surface),
    ink: css(palette.ink),
    muted: css(palette.muted),
  };
  await files.savePicture(root, words, format, `${fileStem(state)}-${name}`, drawAgain);
}
