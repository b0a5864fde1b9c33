/** The ten class capsules: length and pose of each. @import { Context } from "./dom.js" */
import { fitCanvas, isSaving } from "../draw/canvas.js";
import { drawStrip } from "../draw/strip.js";
import { lengthText, narrowLength } from "../lib/format.js";
import { CLASSES, POSE_DIM } from "../lib/network.js";
import { capsulesNow, lengthsNow, shownClass } from "../state/selectors.js";
import { byId, drawOn, element } from "./dom.js";

/** Pose numbers of this size get the strongest colour; few are larger. */
const REACH = 0.5;
/** Steps of a strip's colours from nothing to the strongest. */
const COLOUR_STEPS = 255;

/** @import { Traced } from "../types.js" */

/** @param {Context} context */
export function classesView(context) {
  const { actions } = context;
  const rows = Array.from({ length: CLASSES }, (_, label) => makeRow(label, actions));
  const list = byId("classes", HTMLElement);
  list.append(...rows.map(({ button }) => element("li", {}, button)));

  drawOn(
    context,
    list,
    (state) => [state.trace, state.playhead, shownClass(state), state.pinnedClass],
    (state) => {
      const shown = shownClass(state);
      const lengths = state.trace && lengthsNow(/** @type {Traced} */ (state));
      const capsules = state.trace && capsulesNow(/** @type {Traced} */ (state));
      rows.forEach((row, label) => {
        const pose = capsules?.subarray(label * POSE_DIM, (label + 1) * POSE_DIM) ?? null;
        if (isPainted(row, pose, state.palette)) return;
        const { context: painter, width, height } = fitCanvas(row.strip);
        if (pose) drawStrip(painter, pose, { left: 0, top: 0, width, height }, state.palette, REACH);
      });
      rows.forEach((row, label) => {
        const length = lengths?.[label] ?? 0;
        row.bar.style.width = `${(100 * length).toFixed(1)}%`;
        const pressed = String(label === shown);
        if (row.button.ariaPressed !== pressed) row.button.ariaPressed = pressed;
        row.button.classList.toggle("pinned", label === state.pinnedClass);
        const text = lengths ? narrowLength(length) : "";
        if (row.length.textContent === text) return; // most capsules stay short while the routing plays
        row.length.textContent = text;
        row.button.ariaLabel = `Class ${label}, length ${lengthText(length)}`;
      });
    },
  );
}

/**
 * Whether the strip of a row shows this pose already, to the step of its colours, and in its size: while the routing
 * plays most capsules stay short, and need no paint. Remembers what is painted next.
 * @param {ReturnType<typeof makeRow>} row
 * @param {Float32Array | null} pose (D)
 * @param {import("../types.js").Palette} palette
 */
function isPainted(row, pose, palette) {
  const { clientWidth, clientHeight } = row.strip;
  const steps = pose ? pose.map((value) => Math.round((value * COLOUR_STEPS) / REACH)) : [];
  const shows = [palette, clientWidth, clientHeight, devicePixelRatio, ...steps];
  const same = row.shows.length === shows.length && shows.every((value, k) => value === row.shows[k]);
  row.shows = shows;
  return same && !isSaving();
}

/** @param {number} label @param {Context["actions"]} actions */
function makeRow(label, actions) {
  const bar = element("i");
  const length = element("span", { className: "length" });
  const strip = element("canvas");
  const button = element(
    "button",
    { type: "button", className: "class-row", "data-label": label, "aria-label": `Class ${label}, length 0.00`, title: "Point: its links and what it owns. Click: its dials, and what it owns stays painted." },
    element("b", { textContent: String(label) }),
    element("span", { className: "bar" }, bar),
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
  return { button, bar, length, strip, shows: /** @type {unknown[]} */ ([]) };
}
