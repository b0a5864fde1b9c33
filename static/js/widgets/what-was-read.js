/** What was taken as ink in a picture and what was left out, and which part of it is read. */
/** @import { Context } from "./dom.js" @import { Theme } from "../shell/theme.js" */
/** @import { Photo } from "../capsules/crop.js" @import { Sources } from "../state/digit/source.js" */
/** @import { Looked, WhatWasRead } from "../state/digit/picture.js" */
/** @import { ActionsOf } from "../state/compose.js" @import { Notices } from "../state/trace/notices.js" */
/** @import { Traces } from "../state/trace/traces.js" */
import { lastLengths } from "../capsules/contributions.js";
import { WHOLE, isWhole } from "../capsules/crop.js";
import { drawReading } from "../charts/what-was-read.js";
import { fitCanvas } from "../charts/canvas.js";
import { photoOf } from "../state/digit/picture.js";
import { cropTextFor, lookedText, readingText } from "../words/doubts.js";
import { cropFrame } from "./crop.js";
import { buttonIn, canvasIn, drawOn, partIn } from "./dom.js";

/**
 * @typedef {Sources & WhatWasRead & Traces & Notices & Theme} State
 * @typedef {ActionsOf<typeof import("../state/digit/picture.js")>} Actions
 */

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountWhatWasRead(root, context) {
  const { store, actions } = context;
  const dialog = partIn(root, "what-was-read", HTMLDialogElement);
  const [status, place] = [partIn(root, "read-status", HTMLElement), partIn(root, "read-picture", HTMLElement)];
  const [open, part, whole] = ["read-open", "read-part", "read-whole"].map((id) => buttonIn(root, id));
  const canvas = canvasIn(root, "read-canvas");
  const said = partIn(document, "said", HTMLElement);
  const frame = cropFrame(place, partIn(root, "crop", HTMLElement), (crop) => {
    whole.disabled = isWhole(crop);
    said.textContent = cropTextFor(crop);
  });

  /** @type {{png: Blob, bitmap: ImageBitmap} | null} */
  let shown = null;

  function draw() {
    const { whatWasRead, palette } = store.get();
    const { context: painter, width, height } = fitCanvas(canvas);
    if (shown && whatWasRead) drawReading(painter, shown.bitmap, whatWasRead.found, { width, height, palette });
  }

  /** @param {Photo} photo */
  async function show({ png, crop }) {
    frame.show(crop);
    whole.disabled = isWhole(crop);
    if (shown?.png === png) return;
    const bitmap = await createImageBitmap(png).catch(() => null);
    if (!bitmap || store.get().whatWasRead?.photo.png !== png) return;
    shown = { png, bitmap };
    place.style.setProperty("--ratio", String(bitmap.width / bitmap.height));
    draw();
  }

  store.watch(
    (state) => [state.whatWasRead?.photo],
    ({ whatWasRead }) => {
      if (!whatWasRead) return dialog.close();
      if (!dialog.open) dialog.showModal();
      void show(whatWasRead.photo);
    },
  );
  store.watch(
    (state) => [state.whatWasRead, state.trace, state.status],
    (state) => {
      if (!state.whatWasRead) return;
      status.textContent = lookedText(state.whatWasRead, answerTo(state.whatWasRead, state));
      canvas.ariaLabel = readingText(state.whatWasRead.found);
    },
  );
  store.watch(
    (state) => [photoOf(state)],
    (state) => (open.hidden = !photoOf(state)),
  );
  drawOn(context, canvas, (state) => [state.whatWasRead], draw);
  dialog.addEventListener("close", () => {
    shown?.bitmap.close();
    shown = null;
    if (store.get().whatWasRead) actions.leaveReading();
  });
  open.addEventListener("click", () => actions.lookAtReading());
  part.addEventListener("click", () => actions.readPart(frame.crop()));
  whole.addEventListener("click", () => {
    frame.show(WHOLE);
    actions.readPart(WHOLE);
  });
}

/** What the picture is read as, where it is the source. @param {Looked} looked @param {State} state */
function answerTo({ photo, trouble }, state) {
  const { trace } = state;
  if (trouble || !trace || photoOf(state) !== photo) return null;
  const length = lastLengths(trace)[trace.label];
  return { name: trace.classNames[trace.label], length, doubts: trace.doubts };
}
