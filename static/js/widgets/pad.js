/** The drawing pad: pen, finger, mouse or keyboard. */
/** @import { Context, Placed } from "./dom.js" */
import { fitCanvas } from "../charts/canvas.js";
import { drawKeyboardPen, drawOwnedStrokes, drawStrokes } from "../charts/pad.js";
import { drawOwned, drawPicture } from "../charts/picture.js";
import { inkOf } from "../capsules/ink.js";
import { placeOfImage } from "../capsules/placing.js";
import { ownedClass, ownershipNow } from "../state/trace/pointing.js";
import { buttonIn, canvasIn, drawOn, inputIn, partIn } from "./dom.js";
import { takesDrops } from "./drops.js";
import { keyboardPen } from "./keyboard-pen.js";
import { pointerPen } from "./pointer-pen.js";

/** @import { Sources } from "../state/digit/source.js" @import { Trace } from "../capsules/types.js" */
/** @import { ActionsOf } from "../state/compose.js" @import { Pointing } from "../state/trace/pointing.js" */
/** @import { Playback } from "../state/trace/playback.js" @import { Traced, Traces } from "../state/trace/traces.js" */
/** @import { Theme } from "../shell/theme.js" */
/** @import { Place } from "../capsules/placing.js" */

/**
 * @typedef {Sources & Traces & Pointing & Playback & Theme} State
 * @typedef {ActionsOf<typeof import("../state/digit/strokes.js")>
 *   & Pick<ActionsOf<typeof import("../state/digit/looking.js")>, "clear" | "openPicture">
 *   & {letGo: () => void}} Actions
 */

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountPad(root, context) {
  const placed = { ...context, root };
  const { store, actions } = context;
  const canvas = canvasIn(root, "pad");
  const hint = partIn(root, "pad-hint", HTMLElement);
  hint.textContent = "Draw here with mouse, pen or finger"; // now that one can
  const keyboard = keyboardPen(canvas, actions, () => draw(store.get()));

  /** @type {{trace: Trace, place: Place} | undefined} where on the pad the picture lies that the network saw */
  let seen;
  /** @param {Trace} trace @param {import("../capsules/types.js").Stroke[]} strokes @param {number} penWidth */
  function placeOf(trace, strokes, penWidth) {
    if (seen?.trace !== trace) {
      seen = { trace, place: placeOfImage(trace.geometry, inkOf(strokes, penWidth), trace.image) };
    }
    return seen.place;
  }

  /** @param {State} state */
  function draw(state) {
    const { source, penWidth, palette, trace } = state;
    const { context: painter, width: side } = fitCanvas(canvas);
    const label = ownedClass(state);
    const owned = trace && label !== null ? ownershipNow(/** @type {State & Traced} */ (state), label) : null;
    const box = { left: 0, top: 0, size: side };
    if (source.kind === "strokes") {
      const look = { side, penWidth, palette };
      if (trace && owned) {
        drawOwnedStrokes(
          trace.geometry,
          painter,
          source.strokes,
          owned,
          placeOf(trace, source.strokes, penWidth),
          look,
        );
      } else drawStrokes(painter, source.strokes, look);
    } else if (trace && source.kind !== "empty") {
      if (owned) drawOwned(trace.geometry, painter, trace.image, owned, palette, box);
      else drawPicture(trace.geometry, painter, trace.image, palette, box);
    }
    if (keyboard.shown) {
      drawKeyboardPen(painter, keyboard.point, { side, penWidth, palette, down: actions.isPenDown() });
    }
    hint.hidden = source.kind !== "empty" || keyboard.shown;
  }

  drawOn(
    context,
    canvas,
    (state) => [
      state.source,
      state.penWidth,
      state.trace,
      ownedClass(state),
      ownedClass(state) === null || state.playhead,
    ],
    draw,
    { turn: "first" },
  );
  pointerPen(canvas, actions);
  tools(placed);
}

/** Undo, clear, pen width, and pictures by file, drop or paste. @param {Placed<State, Actions>} context */
function tools({ root, store, actions, signal }) {
  const [undo, clear, pen, upload] = [
    buttonIn(root, "undo"),
    buttonIn(root, "clear"),
    inputIn(root, "pen"),
    inputIn(root, "upload"),
  ];
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
  document.addEventListener("paste", (event) => open(event.clipboardData?.files), { signal });
  takesDrops({ open, frame: partIn(root, "drop", HTMLElement), signal });
}
