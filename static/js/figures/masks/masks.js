/** The drawing as each of the classes, and how well the winner explains it. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Masks, Trace } from "../../capsules/types.js" */
/** @import { Actions, State } from "../../state/trace/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawDifference, drawPicture } from "../../charts/picture.js";
import { articleOf, fixed, lengthText, withArticle } from "../../shell/format.js";
import { MASKS } from "../../state/trace/masks.js";
import { partOf } from "../../state/trace/parts.js";
import { shownClass } from "../../state/trace/choosing.js";
import { className, classNamesNow } from "../../state/trace/network.js";
import { litClass } from "../../state/trace/pointing.js";
import { masksText } from "../../words/fit.js";
import { canvasIn, drawOn, element, inputIn, partIn, reorder, unseen } from "../../widgets/dom.js";
import { mountGauge } from "./gauge.js";
import { rove } from "../../widgets/roving.js";
import { whenSettled } from "../../widgets/settled.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountMasks(root, context) {
  const placed = { ...context, root };
  const { store, actions } = context;
  const section = partIn(root, "masks", HTMLElement);
  const list = partIn(root, "mask-list", HTMLElement);
  /** @type {Row[]} */
  let rows = [];
  store.watch(
    (state) => [classNamesNow(state)],
    (state) => {
      rows = classNamesNow(state).map((name, label) => makeMask(name, label, actions));
      list.replaceChildren(...rows.map(({ item }) => item));
    },
  );
  whenSettled(store, section, ({ trace }) => [trace], actions.needMasks, { signal: context.signal });

  drawOn(
    context,
    list,
    (state) => [classNamesNow(state), partOf(state, MASKS), state.stretched, state.maskOrder],
    (state) => {
      const { palette, trace } = state;
      const masks = partOf(state, MASKS);
      for (const { canvas } of rows) fitCanvas(canvas);
      if (!masks || !trace) return rows.forEach(silence);
      const { pictures, errors } = shownMasks(state, masks);
      rows.forEach(({ canvas }, label) => {
        const { context: painter, width: size } = fitCanvas(canvas);
        drawPicture(trace.geometry, painter, pictureOf(pictures, trace, label), palette, { left: 0, top: 0, size });
      });
      rows.forEach((row, label) => showNumbers(row, errors[label], masks.lengths[label]));
      reorder(
        list,
        ranked(state, masks).map((label) => rows[label].item),
      );
    },
  );
  store.watch(
    (state) => [classNamesNow(state), shownClass(state)],
    (state) => rows.forEach(({ button }, label) => (button.ariaPressed = String(label === shownClass(state)))),
  );
  rove(list, ".mask", context.signal);
  comparison(placed);
  switches(placed);
  mountGauge(root, context);
}

/**
 * What is shown of the masks: as the capsules were found, or all of one length.
 * @param {State} state
 * @param {Masks} masks
 */
function shownMasks({ stretched }, masks) {
  return stretched
    ? { pictures: masks.stretched, errors: masks.stretched_errors }
    : { pictures: masks.reconstructions, errors: masks.errors };
}

/**
 * @param {Float32Array} pictures (C, H, W)
 * @param {Trace} trace
 * @param {number} label
 * @returns {Float32Array} (H, W)
 */
const pictureOf = (pictures, { geometry: { pixels } }, label) =>
  pictures.subarray(label * pixels, (label + 1) * pixels);

/** The classes, the best first. @param {State} state @param {Masks} masks */
function ranked(state, masks) {
  const { errors } = shownMasks(state, masks);
  const worth = (/** @type {number} */ label) => (state.maskOrder === "length" ? masks.lengths[label] : -errors[label]);
  return Array.from(masks.lengths, (_, label) => label).sort((a, b) => worth(b) - worth(a));
}

/**
 * @typedef {ReturnType<typeof makeMask>} Row
 * @param {string} name
 * @param {number} label
 * @param {Actions} actions
 */
function makeMask(name, label, actions) {
  const canvas = element("canvas", { className: "picture" });
  const bar = element("i");
  const [error, length] = [element("span"), element("span")];
  const button = element(
    "button",
    { type: "button", className: "mask", "data-label": label },
    canvas,
    unseen(`As ${articleOf(name)} `),
    element("b", { textContent: name }),
    element("span", { className: "bar" }, bar),
    error,
    length,
  );
  button.addEventListener("pointerenter", () => actions.hoverClass(label));
  button.addEventListener("pointerleave", () => actions.hoverClass(null));
  button.addEventListener("focus", () => button.matches(":focus-visible") && actions.hoverClass(label));
  button.addEventListener("blur", () => actions.hoverClass(null));
  button.addEventListener("click", () => actions.selectClass(label));
  return { item: element("li", {}, button), button, canvas, bar, error, length };
}

/** @param {Row} row @param {number} error @param {number} length */
function showNumbers(row, error, length) {
  row.bar.style.width = `${100 * length}%`;
  row.error.textContent = `Σ² ${fixed(error, 1)}`;
  row.length.textContent = `‖v‖ ${lengthText(length)}`;
}

/** There is nothing to tell. @param {Row} row */
function silence(row) {
  row.bar.style.width = "0";
  [row.error.textContent, row.length.textContent] = ["Σ² –", "‖v‖ –"];
}

/** What the network saw, one of the masks, and their difference, large. @param {Placed<State, Actions>} context */
function comparison(context) {
  const { root } = context;
  const canvases = ["mask-saw", "mask-lit", "mask-difference"].map((id) => canvasIn(root, id));
  const [name, error] = [partIn(root, "mask-lit-name", HTMLElement), partIn(root, "mask-error", HTMLElement)];
  drawOn(
    context,
    partIn(root, "mask-comparison", HTMLElement),
    (state) => [state.trace, partOf(state, MASKS), state.stretched, litClass(state)],
    (state) => {
      const fitted = canvases.map(fitCanvas);
      const { trace, palette } = state;
      const masks = partOf(state, MASKS);
      const label = litClass(state);
      [name.textContent, error.textContent] = [label === null ? "" : withArticle(className(state, label)), ""];
      if (!trace || label === null) return;
      const boxes = fitted.map(({ width: size }) => ({ left: 0, top: 0, size }));
      const { geometry, image } = trace;
      drawPicture(geometry, fitted[0].context, image, palette, boxes[0]);
      if (!masks) return;
      const { pictures, errors } = shownMasks(state, masks);
      const picture = pictureOf(pictures, trace, label);
      drawPicture(geometry, fitted[1].context, picture, palette, boxes[1]);
      drawDifference(geometry, fitted[2].context, picture, image, palette, boxes[2]);
      error.textContent = `, Σ² = ${fixed(errors[label], 1)}`;
    },
  );
}

/** @param {Placed<State, Actions>} context */
function switches({ root, store, actions }) {
  const orders = /** @type {const} */ (["error", "length"]).map((order) => ({
    order,
    input: inputIn(root, `rank-${order}`),
  }));
  const [stretched, found] = ["as-stretched", "as-found"].map((id) => inputIn(root, id));
  for (const { order, input } of orders) input.addEventListener("change", () => actions.orderMasks(order));
  stretched.addEventListener("change", () => actions.stretchMasks(true));
  found.addEventListener("change", () => actions.stretchMasks(false));
  store.watch(
    (state) => [state.maskOrder, state.stretched],
    (state) => {
      for (const { order, input } of orders) input.checked = order === state.maskOrder;
      [stretched.checked, found.checked] = [state.stretched, !state.stretched];
      partIn(root, "mask-note", HTMLElement).textContent = masksText(state.stretched);
    },
  );
}
