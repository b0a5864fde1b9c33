/** What can be saved, as a list to choose from. What writes the files is fetched when something is. */
/** @import { Context } from "../dom.js" */
/** @import { Picture } from "./figures.js" */
import { UserError, reasonOf } from "../../shell/errors.js";
import { joinFragment, splitFragment } from "../../shell/fragment.js";
import { whileWanted } from "../../shell/wanted.js";
import { fileStem, savedNote } from "../../state/trace/saving.js";
import { drawAgain, element } from "../dom.js";
import { captionOf, picturesOfThePage } from "./figures.js";

/** @import { Actions, State, Traced } from "../../state/trace/subject.js" */

/** @type {{kind: "safetensors" | "couplings" | "lengths", name: string, format: string}[]} */
const NUMBERS = [
  { kind: "safetensors", name: "Everything the network computed", format: "safetensors" },
  { kind: "couplings", name: "Couplings and agreements", format: "CSV" },
  { kind: "lengths", name: "Class capsules: lengths and poses", format: "CSV" },
];

/**
 * @typedef {Pick<Actions, "traceFile" | "complain">} SavingActions
 * @typedef {Context<State, SavingActions> & {writeAddress: () => void}} SavingContext `writeAddress` puts the state
 *   into the address
 */

const NOTHING = "There is nothing to save yet. Draw something first.";

/** @param {HTMLElement} menu @param {SavingContext} context */
export function fillMenu(menu, context) {
  const { store, actions } = context;
  const { trace } = store.get();
  if (!trace) return menu.replaceChildren(element("p", { textContent: NOTHING }));
  const numbers = NUMBERS.map(({ kind, name, format }) =>
    row(name, [[format, () => saveNumbers(kind, { store, actions })]], actions),
  );
  const pictures = picturesOfThePage(trace.geometry).map((picture) =>
    row(
      picture.title,
      [
        ["PNG", () => savePicture(picture, "png", context)],
        ["SVG", () => savePicture(picture, "svg", context)],
      ],
      actions,
    ),
  );
  menu.replaceChildren(
    element("h2", { textContent: "Numbers" }),
    element("ul", {}, ...numbers),
    element("h2", { textContent: "Figures" }),
    element("ul", {}, ...pictures),
  );
}

/**
 * @param {string} name
 * @param {[format: string, save: () => Promise<void>][]} formats
 * @param {SavingActions} actions
 */
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

/**
 * Named for what is on the page now, not when the menu opened.
 * @param {typeof NUMBERS[number]["kind"]} kind
 * @param {Context<State, SavingActions>} context
 */
async function saveNumbers(kind, { store, actions }) {
  const state = /** @type {Traced} */ (store.get());
  if (!state.trace) return;
  const [stem, network] = [fileStem(state), state.trace];
  const body = await actions.traceFile();
  if (body) (await import("./files.js")).saveNumbers(kind, network, body, stem);
}

/**
 * What is not on the screen is fetched first, and drawn.
 * @param {Picture} picture
 * @param {"png" | "svg"} format
 * @param {SavingContext} context
 */
async function savePicture(picture, format, { store, writeAddress }) {
  const { root, place, name, title } = picture;
  const files = await import("./files.js");
  await whileWanted(place, () => {
    const state = /** @type {Traced} */ (store.get());
    const { palette, trace } = state;
    if (!trace) throw new UserError(NOTHING);
    const { caption, without } = captionOf(picture, trace.geometry);
    const words = { title, caption, notes: notesOf(state), link: linkTo(picture, writeAddress) };
    const look = { palette, geometry: trace.geometry, image: trace.image };
    return files.savePicture(root, words, look, { drawAgain, without }, { format, stem: `${fileStem(state)}-${name}` });
  });
}

/** What it is of. The part of the page that knows what was drawn says so in `data-drawing`. @param {Traced} state */
function notesOf(state) {
  const drawing = /** @type {HTMLElement | null} */ (document.querySelector("[data-drawing]"))?.dataset.drawing;
  return [savedNote(/** @type {any} */ (state)), ...(drawing ? [`The drawing: ${drawing}`] : [])];
}

/** An address that shows all this again. @param {Picture} picture @param {() => void} writeAddress */
function linkTo({ figure }, writeAddress) {
  writeAddress();
  const { state } = splitFragment(location.hash);
  return `${location.href.split("#", 1)[0]}${joinFragment(figure, state)}`;
}
