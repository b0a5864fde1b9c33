/** The drawings that are kept, with what each is in the walk. @import { Context } from "./dom.js" */
/** @import { Look, State } from "../types.js" @import { BetweenActions } from "../state/between.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawPicture } from "../draw/picture.js";
import { MOST_KEPT } from "../state/initial.js";
import { looksNow, slotsOf, walkNow } from "../state/kept.js";
import { buttonById, byId, drawOn, element } from "./dom.js";

const ENDS = /** @type {const} */ (["A", "B"]);

/** @param {Context} context @param {BetweenActions} actions */
export function keptView(context, actions) {
  const { store } = context;
  const list = byId("kept", HTMLElement);
  const [asA, asB, more] = ["keep-a", "keep-b", "keep-more"].map(buttonById);
  asA.addEventListener("click", () => actions.keepDrawing(0));
  asB.addEventListener("click", () => actions.keepDrawing(1));
  more.addEventListener("click", () => actions.fillKept());
  store.watch(({ kept, source, shelf }) => [kept, source, shelf], ({ kept, source, shelf }) => {
    const full = kept.length >= MOST_KEPT;
    for (const button of [asA, asB]) button.disabled = full || source.kind === "empty";
    more.disabled = full || !shelf;
  });

  /** @type {HTMLCanvasElement[]} */
  let canvases = [];
  drawOn(context, list, (state) => [looksNow(state), walkNow(state), state.kept, state.ends, state.source.kind, state.shelf, state.walkAs], (state) => {
    const focused = list.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.name : null;
    const items = slotsOf(state).map((_, slot) => item(state, slot, actions));
    list.replaceChildren(...items.map(({ row }) => row));
    canvases = items.map(({ canvas }) => canvas);
    if (focused) /** @type {HTMLElement} */ (list.querySelector(`[data-name="${focused}"]`) ?? asA).focus();
    canvases.forEach((canvas, slot) => {
      const { context: painter, width: size } = fitCanvas(canvas);
      const look = looksNow(state)[slot];
      if (look) drawPicture(painter, look.image, state.palette, { left: 0, top: 0, size });
    });
  });
}

/** @param {State} state @param {number} slot @param {BetweenActions} actions */
function item(state, slot, actions) {
  const look = looksNow(state)[slot] ?? null;
  const walk = walkNow(state);
  const canvas = element("canvas", { className: "picture", role: "img" });
  const name = nameOf(state, slot, look);
  canvas.ariaLabel = name;
  const out = look !== null && walk !== null && state.walkAs === null && look.label !== walk.label;
  const buttons = ENDS.map((letter, end) => {
    const button = element("button", {
      type: "button",
      className: "quiet",
      "data-name": `${letter}${slot}`,
      textContent: letter,
      "aria-pressed": state.ends[end] === slot,
      "aria-label": `${name}: take it as ${letter}`,
    });
    button.addEventListener("click", () => actions.setEnd(/** @type {0 | 1} */ (end), slot));
    return button;
  });
  if (slot > 0 && state.kept.length) {
    const drop = element("button", { type: "button", className: "quiet", "data-name": `drop${slot}`, textContent: "×", "aria-label": `Let go: ${name}` });
    drop.addEventListener("click", () => actions.dropKept(slot));
    buttons.push(drop);
  }
  const caption = element("span", { className: "caption", textContent: out ? `${name}, not in the mean` : name });
  return { canvas, row: element("li", { className: out ? "out" : "" }, canvas, element("span", { className: "kept-ends" }, ...buttons), caption) };
}

/** @param {State} state @param {number} slot @param {Look | null} look */
function nameOf(state, slot, look) {
  const { source } = slotsOf(state)[slot];
  const read = look ? `, a ${look.label}` : "";
  if (slot === 0) return source.kind === "empty" ? "the pad is empty" : `on the pad${read}`;
  return source.kind === "digit" ? `test digit ${source.index}${read}` : `kept drawing${read}`;
}
