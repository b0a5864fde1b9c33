/** The class capsules: length and pose of each. @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State, Traced } from "../../state/trace/subject.js" */
import { fitCanvas, isSaving } from "../../charts/canvas.js";
import { drawStrip } from "../../charts/strip.js";
import { narrowLength } from "../../shell/format.js";
import { shownClass } from "../../state/trace/choosing.js";
import { classNamesNow } from "../../state/trace/network.js";
import { capsulesNow, lengthsNow } from "../../state/trace/playhead.js";
import { drawOn, element, partIn, unseen } from "../../widgets/dom.js";
import { rove } from "../../widgets/roving.js";

/** Pose numbers of this size get the strongest colour; few are larger. */
const REACH = 0.5;
/** Steps of a strip's colours from nothing to the strongest. */
const COLOUR_STEPS = 255;

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountClasses(root, context) {
  const { store, actions } = context;
  const list = partIn(root, "classes", HTMLElement);
  /** @type {Row[]} */
  let rows = [];
  rove(list, ".class-row", context.signal);
  store.watch(
    (state) => [classNamesNow(state)],
    (state) => {
      rows = classNamesNow(state).map((name, label) => makeRow(name, label, actions));
      list.replaceChildren(...rows.map(({ button }) => element("li", {}, button)));
      list.style.gridTemplateRows = `repeat(${rows.length || 1}, 1fr)`;
    },
    { turn: "first" },
  );
  store.watch(
    (state) => [classNamesNow(state), state.trace, state.playhead, shownClass(state), state.pinnedClass],
    (state) => tellLengths(rows, state),
    { turn: "first" },
  );
  drawOn(
    context,
    list,
    (state) => [classNamesNow(state), state.trace, state.playhead],
    (state) => paintPoses(rows, state),
  );
}

/** @param {Row[]} rows @param {State} state */
function paintPoses(rows, state) {
  const capsules = state.trace && capsulesNow(/** @type {Traced} */ (state));
  rows.forEach((row, label) => {
    const dim = state.trace?.geometry.poseDim ?? 0;
    const pose = capsules?.subarray(label * dim, (label + 1) * dim) ?? null;
    if (isPainted(row, pose, state.palette)) return;
    const { context: painter, width, height } = fitCanvas(row.strip);
    if (pose) drawStrip(painter, pose, { left: 0, top: 0, width, height }, state.palette, REACH);
  });
}

/** @param {Row[]} rows @param {State} state */
function tellLengths(rows, state) {
  const shown = shownClass(state);
  const lengths = state.trace && lengthsNow(/** @type {Traced} */ (state));
  rows.forEach((row, label) => {
    const length = lengths?.[label] ?? 0;
    row.bar.style.width = `${(100 * length).toFixed(1)}%`;
    const pressed = String(label === shown);
    if (row.button.ariaPressed !== pressed) row.button.ariaPressed = pressed;
    row.button.classList.toggle("pinned", label === state.pinnedClass);
    const text = lengths ? narrowLength(length) : "";
    if (row.length.textContent === text) return; // most capsules stay short while the routing plays
    row.length.textContent = text;
    row.called.textContent = lengths ? ", length " : "";
  });
}

/**
 * Whether the strip of a row shows this pose already, to the step of its colours, and in its size: while the routing
 * plays most capsules stay short, and need no paint. Remembers what is painted next.
 * @param {Row} row
 * @param {Float32Array | null} pose (D)
 * @param {import("../../shell/theme.js").Palette} palette
 */
function isPainted(row, pose, palette) {
  const { clientWidth, clientHeight } = row.strip;
  const shows = [palette, clientWidth, clientHeight, devicePixelRatio, pose?.length];
  for (let d = 0; pose && d < pose.length; d++) shows.push(Math.round((pose[d] * COLOUR_STEPS) / REACH));
  let same = row.shows.length === shows.length;
  for (let k = 0; same && k < shows.length; k++) same = shows[k] === row.shows[k];
  row.shows = shows;
  return same && !isSaving();
}

/**
 * @typedef {ReturnType<typeof makeRow>} Row
 * @param {string} name
 * @param {number} label
 * @param {Actions} actions
 */
function makeRow(name, label, actions) {
  const bar = element("i");
  const length = element("span", { className: "length" });
  const called = unseen("");
  const strip = element("canvas");
  const button = element(
    "button",
    {
      type: "button",
      className: "class-row",
      "data-label": label,
      title: "Point to see its links and its supporters. Click to pin them and to select the class.",
    },
    unseen("Class "),
    element("b", { textContent: name }),
    element("span", { className: "bar" }, bar),
    called,
    length,
    strip,
  );
  button.addEventListener("pointerenter", () => actions.hoverClass(label));
  button.addEventListener("pointerleave", () => actions.hoverClass(null));
  button.addEventListener("focus", () => button.matches(":focus-visible") && actions.hoverClass(label));
  button.addEventListener("blur", () => actions.hoverClass(null));
  button.addEventListener("click", () => {
    actions.selectClass(label);
    actions.pinClass(label);
  });
  return { button, bar, called, length, strip, shows: /** @type {unknown[]} */ ([]) };
}
