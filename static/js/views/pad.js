/** The drawing pad: pen, finger, mouse or keyboard. @import { Context } from "./dom.js" @import { Point } from "../types.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawKeyboardPen, drawOwnedStrokes, drawStrokes, inkOf } from "../draw/pad.js";
import { drawOwned, drawPicture } from "../draw/picture.js";
import { clamp } from "../lib/math.js";
import { placeOfImage } from "../lib/placing.js";
import { ownedClass, ownershipNow } from "../state/selectors.js";
import { arrowOf, buttonById, byId, canvasById, drawOn, inputById } from "./dom.js";

/** @import { State, Trace, Traced } from "../types.js" @import { Place } from "../lib/placing.js" */

const KEY_STEP = 1 / 20;

/** @param {Context} context */
export function padView(context) {
  const { store, actions } = context;
  const canvas = canvasById("pad");
  const hint = byId("pad-hint", HTMLElement);
  const keyboard = keyboardPen(canvas, actions, () => draw(store.get()));

  /** @type {{trace: Trace, place: Place} | undefined} where on the pad the picture lies that the network saw */
  let seen;
  /** @param {Trace} trace @param {import("../types.js").Stroke[]} strokes @param {number} penWidth */
  function placeOf(trace, strokes, penWidth) {
    if (seen?.trace !== trace) seen = { trace, place: placeOfImage(inkOf(strokes, penWidth), trace.image) };
    return seen.place;
  }

  /** @param {State} state */
  function draw(state) {
    const { source, penWidth, palette, trace } = state;
    const { context: painter, width: side } = fitCanvas(canvas);
    const label = ownedClass(state);
    const owned = trace && label !== null ? ownershipNow(/** @type {Traced} */ (state), label) : null;
    const box = { left: 0, top: 0, size: side };
    if (source.kind === "strokes") {
      const look = { side, penWidth, palette };
      if (trace && owned) drawOwnedStrokes(painter, source.strokes, owned, placeOf(trace, source.strokes, penWidth), look);
      else drawStrokes(painter, source.strokes, look);
    } else if (trace && source.kind !== "empty") {
      if (owned) drawOwned(painter, trace.image, owned, palette, box);
      else drawPicture(painter, trace.image, palette, box);
    }
    if (keyboard.shown) drawKeyboardPen(painter, keyboard.point, { side, penWidth, palette, down: actions.isPenDown() });
    hint.hidden = source.kind !== "empty" || keyboard.shown;
  }

  drawOn(
    context,
    canvas,
    (state) => [state.source, state.penWidth, state.trace, ownedClass(state), ownedClass(state) === null || state.playhead],
    draw,
  );
  pointerPen(canvas, actions);
  tools(context);
}

/** @param {HTMLCanvasElement} canvas @param {Context["actions"]} actions */
function pointerPen(canvas, actions) {
  /** @type {number | null} the one pointer that draws; a second finger does not */
  let drawing = null;

  /** @param {PointerEvent} event @returns {Point} */
  function pointOf(event) {
    const box = canvas.getBoundingClientRect();
    return [clamp((event.clientX - box.left) / box.width, 0, 1), clamp((event.clientY - box.top) / box.height, 0, 1)];
  }

  canvas.addEventListener("pointerdown", (event) => {
    if (drawing !== null || event.button !== 0) return;
    drawing = event.pointerId;
    canvas.setPointerCapture(event.pointerId);
    actions.beginStroke(pointOf(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drawing) return;
    const events = event.getCoalescedEvents?.() ?? [];
    actions.continueStroke((events.length ? events : [event]).map(pointOf));
  });
  for (const ending of /** @type {const} */ (["pointerup", "pointercancel"])) {
    canvas.addEventListener(ending, (event) => {
      if (event.pointerId !== drawing) return;
      drawing = null;
      actions.endStroke();
    });
  }
}

/**
 * A pen that the arrow keys move and the space bar lifts.
 * @param {HTMLCanvasElement} canvas
 * @param {Context["actions"]} actions
 * @param {() => void} redraw
 */
function keyboardPen(canvas, actions, redraw) {
  const pen = { point: /** @type {Point} */ ([0.5, 0.2]), shown: false };
  const said = byId("said", HTMLElement);

  /** @param {number[]} arrow @param {boolean} small */
  function move([right, down], small) {
    const step = small ? KEY_STEP / 4 : KEY_STEP;
    pen.point = [clamp(pen.point[0] + right * step, 0.03, 0.97), clamp(pen.point[1] + down * step, 0.03, 0.97)];
    actions.continueStroke([pen.point]);
  }

  canvas.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    if (arrow) move(arrow, event.shiftKey);
    else if (event.key === " ") {
      if (actions.isPenDown()) actions.endStroke();
      else actions.beginStroke(pen.point);
      said.textContent = actions.isPenDown() ? "pen down" : "pen up";
    } else if (event.key === "Backspace") actions.undo();
    else if (event.key === "Escape") actions.clear();
    else return;
    event.preventDefault();
    event.stopPropagation();
    pen.shown = true;
    redraw();
  });
  canvas.addEventListener("blur", () => {
    if (pen.shown) actions.endStroke();
    pen.shown = false;
    redraw();
  });
  return pen;
}

/** Undo, clear, pen width, and pictures by file, drop or paste. @param {Context} context */
function tools({ store, actions }) {
  const [undo, clear, pen, upload] = [buttonById("undo"), buttonById("clear"), inputById("pen"), inputById("upload")];
  undo.addEventListener("click", () => actions.undo());
  clear.addEventListener("click", () => actions.clear());
  pen.addEventListener("input", () => actions.setPenWidth(pen.valueAsNumber));
  store.watch(
    ({ source, penWidth, cleared }) => [source.kind, penWidth, cleared],
    ({ source, penWidth, cleared }) => {
      undo.disabled = source.kind !== "strokes" && !cleared;
      clear.disabled = source.kind === "empty";
      pen.value = String(penWidth);
    },
  );

  /** @param {FileList | undefined | null} files */
  const open = (files) => files?.[0] && actions.openPicture(files[0]);
  upload.addEventListener("change", () => {
    open(upload.files);
    upload.value = "";
  });
  const frame = byId("drop", HTMLElement);
  frame.addEventListener("dragover", (event) => {
    event.preventDefault();
    frame.classList.add("dropping");
  });
  frame.addEventListener("dragleave", () => frame.classList.remove("dropping"));
  frame.addEventListener("drop", (event) => {
    event.preventDefault();
    frame.classList.remove("dropping");
    open(event.dataTransfer?.files);
  });
  document.addEventListener("paste", (event) => open(event.clipboardData?.files));
}
