/** One dial: its name, its slider, its value. @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/digit/subject.js" */
import { fixed, signed } from "../../shell/format.js";
import { clamp } from "../../shell/math.js";
import { PAPER_STEP } from "../../capsules/reach.js";
import { LONGEST_NAME, dialName } from "../../state/digit/dimensions.js";
import { element } from "../../widgets/dom.js";
import { followHand } from "../../widgets/slider.js";

const STEP = 0.01;
const FINE_STEP = 0.001;

/** @param {number} dimension @param {Context<State, Actions>} context */
export function makeDial(dimension, { store, actions }) {
  const id = `dial-${dimension + 1}`;
  const input = element("input", {
    type: "range",
    id,
    min: -0.5,
    max: 0.5,
    step: FINE_STEP,
    value: 0,
    "aria-keyshortcuts": "F2",
  });
  const value = element("output", { htmlFor: id, "aria-live": "off" });
  const name = element("label", { htmlFor: id, className: "name" });
  const reset = element("button", {
    type: "button",
    className: "quiet reset",
    textContent: "↺",
    title: "Back to the original pose",
    "aria-label": `Reset dimension ${dimension + 1}`,
  });
  // By the keyboard F2 does it: as many more stops would be in the way of whoever goes through the dials.
  const rename = element("button", {
    type: "button",
    className: "quiet rename",
    textContent: "✎",
    title: "Give this dimension a name of your own (F2)",
    tabIndex: -1,
    "aria-label": `Rename dimension ${dimension + 1}`,
  });
  const row = element("li", { className: "dial", "data-dimension": dimension }, name, rename, reset, input, value);
  const edit = () => editName(name, dialName(store.get(), dimension), (text) => actions.renameDial(dimension, text));

  followHand(input, (offset) => actions.turnDial(dimension, offset));
  input.addEventListener("dblclick", () => actions.resetDial(dimension));
  reset.addEventListener("click", () => actions.resetDial(dimension));
  rename.addEventListener("click", edit);
  name.addEventListener("dblclick", edit);
  input.addEventListener("keydown", (event) => {
    if (event.key === "F2") edit();
    const step = stepOf(event);
    if (!step) return;
    event.preventDefault();
    const turned = Number(((store.get().offsets[dimension] ?? 0) + step).toFixed(4));
    actions.turnDial(dimension, clamp(turned, Number(input.min), Number(input.max)));
  });
  return { row, input, value, name, shows: /** @type {(number | undefined)[] | undefined} */ (undefined) };
}

/** How far a key turns a dial. @param {KeyboardEvent} event */
function stepOf({ key, shiftKey }) {
  const step = shiftKey ? FINE_STEP : STEP;
  const steps = {
    ArrowRight: step,
    ArrowUp: step,
    ArrowLeft: -step,
    ArrowDown: -step,
    PageUp: PAPER_STEP,
    PageDown: -PAPER_STEP,
  };
  return Object.hasOwn(steps, key) ? steps[/** @type {keyof typeof steps} */ (key)] : 0;
}

/**
 * @param {ReturnType<typeof makeDial>} dial
 * @param {{offset: number, number: number | undefined, low: number, high: number}} shown `number` is that of the pose
 *   as the dials stand
 */
export function showDial(dial, { offset, number, low, high }) {
  const shows = [offset, number, low, high];
  if (dial.shows?.every((value, k) => value === shows[k])) return; // one turns, the others stand still
  const { row, input, value } = dial;
  const moved = !dial.shows || dial.shows[2] !== low || dial.shows[3] !== high;
  dial.shows = shows;
  if (moved) [input.min, input.max] = [String(low), String(high)];
  if (moved || input.valueAsNumber !== offset) input.value = String(offset);
  input.disabled = number === undefined;
  input.ariaValueText = number === undefined ? "" : `${fixed(number)}, changed by ${signed(offset, 3)}`;
  input.title = offset ? `changed by ${signed(offset, 3)}` : "";
  value.textContent = number === undefined ? "" : fixed(number);
  row.classList.toggle("turned", offset !== 0);
}

/** @param {ReturnType<typeof makeDial>} dial @param {number} dimension @param {string} text @param {string} detail */
export function nameDial({ name, input }, dimension, text, detail) {
  if (name.querySelector("input")) return; // the visitor is writing another
  name.replaceChildren(element("b", { textContent: String(dimension + 1) }), ` ${text}`);
  name.title = detail;
  input.ariaLabel = `Dimension ${dimension + 1}${text ? `, ${text}` : ""}`;
}

/**
 * Let the visitor write another name where the name stands: Enter keeps it, Escape does not.
 * @param {HTMLElement} name
 * @param {string} text
 * @param {(text: string) => void} keep
 */
function editName(name, text, keep) {
  if (name.querySelector("input")) return;
  const before = [...name.childNodes];
  const field = element("input", {
    type: "text",
    value: text,
    maxLength: LONGEST_NAME,
    "aria-label": "Name of this dimension. Leave it empty for the measured name.",
  });
  let closed = false;
  /** @param {boolean} kept */
  function close(kept) {
    if (closed) return; // to take the field away takes its focus away, too
    closed = true;
    const hadFocus = document.activeElement === field;
    const written = field.value;
    name.replaceChildren(...before);
    if (hadFocus) name.parentElement?.querySelector("input")?.focus();
    if (kept && written !== text) keep(written);
  }
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") close(true);
    if (event.key === "Escape") close(false);
  });
  field.addEventListener("blur", () => close(true));
  name.replaceChildren(field);
  field.focus();
  field.select();
}
