/** The drawing as each of the ten digits, and how well the winner explains it. @import { Context } from "./dom.js" */
/** @import { Masks, State } from "../types.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawDifference, drawPicture } from "../draw/picture.js";
import { fixed, lengthText } from "../lib/format.js";
import { CLASSES, PIXELS } from "../lib/network.js";
import { litClass, shownClass } from "../state/selectors.js";
import { byId, canvasById, drawOn, element, inputById } from "./dom.js";
import { gaugeView } from "./gauge.js";
import { whenSettled } from "./settled.js";

/** @param {Context} context */
export function masksView(context) {
  const { store, actions } = context;
  const section = byId("masks", HTMLElement);
  const list = byId("mask-list", HTMLElement);
  const rows = Array.from({ length: CLASSES }, (_, label) => makeMask(label, actions));
  list.append(...rows.map(({ item }) => item));
  whenSettled(store, section, ({ trace }) => [trace], actions.needMasks);

  drawOn(context, list, (state) => [state.masks, state.stretched, state.maskOrder], (state) => {
    const { masks, palette } = state;
    for (const { canvas } of rows) fitCanvas(canvas);
    if (!masks) return rows.forEach(silence);
    const { pictures, errors } = shownMasks(state, masks);
    rows.forEach(({ canvas }, label) => {
      const { context: painter, width: size } = fitCanvas(canvas);
      drawPicture(painter, pictures.subarray(label * PIXELS, (label + 1) * PIXELS), palette, { left: 0, top: 0, size });
    });
    rows.forEach((row, label) => showNumbers(row, label, errors[label], masks.lengths[label]));
    arrange(list, ranked(state, masks).map((label) => rows[label].item));
  });
  store.watch(
    (state) => [shownClass(state)],
    (state) => rows.forEach(({ button }, label) => (button.ariaPressed = String(label === shownClass(state)))),
  );
  comparison(context);
  switches(context);
  gaugeView(context);
}

/** What is shown of the masks: as the capsules were found, or all of one length. @param {State} state @param {Masks} masks */
function shownMasks({ stretched }, masks) {
  return stretched
    ? { pictures: masks.stretched, errors: masks.stretched_errors }
    : { pictures: masks.reconstructions, errors: masks.errors };
}

/** The classes, the best first. @param {State} state @param {Masks} masks */
function ranked(state, masks) {
  const { errors } = shownMasks(state, masks);
  const worth = (/** @type {number} */ label) => (state.maskOrder === "length" ? masks.lengths[label] : -errors[label]);
  return Array.from({ length: CLASSES }, (_, label) => label).sort((a, b) => worth(b) - worth(a));
}

/** @param {number} label @param {Context["actions"]} actions */
function makeMask(label, actions) {
  const canvas = element("canvas", { className: "picture" });
  const bar = element("i");
  const [error, length] = [element("span"), element("span")];
  const button = element(
    "button",
    { type: "button", className: "mask", "data-label": label },
    canvas,
    element("b", { textContent: String(label) }),
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

/** @param {ReturnType<typeof makeMask>} row @param {number} label @param {number} error @param {number} length */
function showNumbers(row, label, error, length) {
  row.bar.style.width = `${100 * length}%`;
  row.error.textContent = `Σ² ${fixed(error, 1)}`;
  row.length.textContent = `‖v‖ ${lengthText(length)}`;
  row.button.ariaLabel = `As a ${label}: error ${fixed(error, 1)}, length ${lengthText(length)}`;
}

/** There is nothing to tell. @param {ReturnType<typeof makeMask>} row @param {number} label */
function silence(row, label) {
  row.bar.style.width = "0";
  [row.error.textContent, row.length.textContent] = ["Σ² –", "‖v‖ –"];
  row.button.ariaLabel = `As a ${label}`;
}

/** Put the items into this order, and leave the keyboard where it was. @param {HTMLElement} list @param {HTMLElement[]} items */
function arrange(list, items) {
  if (items.every((item, k) => list.children[k] === item)) return;
  const { activeElement } = document;
  list.append(...items);
  if (activeElement instanceof HTMLElement && list.contains(activeElement)) activeElement.focus({ preventScroll: true });
}

/** What the network saw, one of the ten, and their difference, large. @param {Context} context */
function comparison(context) {
  const canvases = ["mask-saw", "mask-lit", "mask-difference"].map(canvasById);
  const [name, error] = [byId("mask-lit-name", HTMLElement), byId("mask-error", HTMLElement)];
  drawOn(context, byId("mask-comparison", HTMLElement), (state) => [state.trace, state.masks, state.stretched, litClass(state)], (state) => {
    const fitted = canvases.map(fitCanvas);
    const { trace, masks, palette } = state;
    const label = litClass(state);
    [name.textContent, error.textContent] = [label === null ? "" : String(label), ""];
    if (!trace || label === null) return;
    const boxes = fitted.map(({ width: size }) => ({ left: 0, top: 0, size }));
    drawPicture(fitted[0].context, trace.image, palette, boxes[0]);
    if (!masks) return;
    const { pictures, errors } = shownMasks(state, masks);
    const picture = pictures.subarray(label * PIXELS, (label + 1) * PIXELS);
    drawPicture(fitted[1].context, picture, palette, boxes[1]);
    drawDifference(fitted[2].context, picture, trace.image, palette, boxes[2]);
    error.textContent = `, Σ² = ${fixed(errors[label], 1)}`;
  });
}

/** @param {Context} context */
function switches({ store, actions }) {
  const orders = /** @type {const} */ (["error", "length"]).map((order) => ({ order, input: inputById(`rank-${order}`) }));
  const [stretched, found] = ["as-stretched", "as-found"].map(inputById);
  for (const { order, input } of orders) input.addEventListener("change", () => actions.orderMasks(order));
  stretched.addEventListener("change", () => actions.stretchMasks(true));
  found.addEventListener("change", () => actions.stretchMasks(false));
  store.watch((state) => [state.maskOrder, state.stretched], (state) => {
    for (const { order, input } of orders) input.checked = order === state.maskOrder;
    [stretched.checked, found.checked] = [state.stretched, !state.stretched];
    byId("mask-note", HTMLElement).textContent = state.stretched
      ? "Shown: each capsule brought to the length of the longest, so that its direction alone is drawn."
      : "Shown: each capsule as long as it was found. From a short one the decoder draws nearly what it draws from nothing, whatever its direction.";
  });
}
