/** The sum of both digits: what the network sees. One digit is dragged over the other. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/pair/subject.js" @import { Trace } from "../../capsules/types.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawTwo } from "../../charts/pair.js";
import { drawPicture } from "../../charts/picture.js";
import { boxOf, overlapOf, sumOf } from "../../capsules/overlap.js";
import { chosenPair, reconstructionOf } from "../../state/pair/classes.js";
import { layersNow } from "../../state/pair/laid.js";
import { layersOf } from "../../state/pair/layers.js";
import { cardOf, className, geometryNow } from "../../state/trace/network.js";
import { SHOWN_TEXT, coloursText } from "../../words/answer.js";
import { offsetsTold, overlapTold } from "../../words/pair.js";
import { arrowOf, buttonIn, canvasIn, drawOn, partIn } from "../../widgets/dom.js";
import { dragging } from "../../widgets/dragging.js";

/** What the picture shows, by the ends of the buttons' ids. */
const SHOWN = /** @type {const} */ (["sum", "layers", "reconstructions"]);

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountSum(root, context) {
  const placed = { ...context, root };
  picture(placed);
  choices(placed);
  legend(placed);
  texts(placed);
  const canvas = canvasIn(root, "sum");
  drags(canvas, context);
  arrows(canvas, context);
}

/** @param {Placed<State, Actions>} context */
function picture(context) {
  const canvas = canvasIn(context.root, "sum");
  drawOn(
    context,
    canvas,
    (state) => [state.trace, state.source, state.shownOnSum, chosenPair(state)],
    (state) => {
      const { context: painter, width: size } = fitCanvas(canvas);
      const { trace, palette } = state;
      if (!trace?.layers) return;
      const box = { left: 0, top: 0, size };
      const [a, b] = layersNow(state).map((layer) => layer ?? new Float32Array(trace.geometry.pixels));
      const sum = sumOf(a, b);
      const classes = chosenPair(state);
      if (state.shownOnSum === "layers") drawTwo(trace.geometry, painter, { a, b, sum }, palette, box);
      else if (state.shownOnSum === "reconstructions" && classes) {
        const [drawnA, drawnB] = classes.map((label) => reconstructionOf(trace, label));
        drawTwo(trace.geometry, painter, { a: drawnA, b: drawnB, sum }, palette, box);
      } else drawPicture(trace.geometry, painter, sum, palette, box);
    },
    { turn: "first" },
  );
}

/** @param {Placed<State, Actions>} context */
function choices({ root, store, actions }) {
  for (const shown of SHOWN) {
    const button = buttonIn(root, `show-${shown}`);
    button.addEventListener("click", () => actions.showOnSum(shown));
    store.watch(
      ({ shownOnSum }) => [shownOnSum],
      ({ shownOnSum }) => (button.ariaPressed = String(shownOnSum === shown)),
    );
  }
  const [swap, toMiddle] = [buttonIn(root, "swap"), buttonIn(root, "to-middle")];
  swap.addEventListener("click", () => actions.swapLayers());
  toMiddle.addEventListener("click", () => actions.centreLayers());
  store.watch(
    ({ source }) => [source.kind],
    ({ source }) => (swap.disabled = toMiddle.disabled = source.kind === "empty"),
  );
}

/** What the picture shows: for those who hear it, and whose the colours are. @param {Placed<State, Actions>} context */
function legend({ root, store }) {
  const canvas = canvasIn(root, "sum");
  const [plain, colours] = [partIn(root, "sum-plain", HTMLElement), partIn(root, "sum-colours", HTMLElement)];
  const names = ["a", "b", "both"].map((ending) => partIn(root, `colour-${ending}`, HTMLElement));
  store.watch(
    (state) => [state.shownOnSum, chosenPair(state), state.trace],
    (state) => {
      const { shownOnSum } = state;
      const isPlain = shownOnSum === "sum";
      const classes = chosenPair(state);
      [plain.hidden, colours.hidden] = [!isPlain, isPlain || !classes];
      canvas.ariaLabel = SHOWN_TEXT[shownOnSum];
      if (isPlain || !classes) return;
      const told = coloursText(
        shownOnSum,
        classes.map((label) => className(state, label)),
      );
      names.forEach((name, k) => (name.textContent = told[k]));
    },
  );
}

/** @param {Placed<State, Actions>} context */
function texts({ root, store }) {
  const [overlap, offsets] = [partIn(root, "overlap-told", HTMLElement), partIn(root, "offsets-told", HTMLElement)];
  store.watch(
    ({ trace, source, models, model }) => [trace, source, models, model],
    (state) => {
      const { trace } = state;
      const isEmpty = !trace?.layers || state.source.kind === "empty";
      const [a, b] = layersNow(state);
      overlap.textContent = trace && a && b && !isEmpty ? overlapTold(overlapOf(trace.geometry, a, b)) : "";
      offsets.textContent = isEmpty
        ? ""
        : offsetsTold(
            layersOf(state).map(({ offset }) => offset),
            cardOf(state)?.max_shift ?? null,
          );
    },
  );
}

/**
 * A pointer takes the digit whose ink is closer to it, and moves it.
 * @param {HTMLCanvasElement} canvas
 * @param {Context<State, Actions>} context
 */
function drags(canvas, { store, actions }) {
  dragging(canvas, {
    begin({ offsetX, offsetY, clientX: x, clientY: y }) {
      const state = store.get();
      if (!state.trace?.layers) return null;
      const k = grabbed(state, state.trace, offsetX / canvas.clientWidth, offsetY / canvas.clientHeight);
      return { k, from: layersOf(state)[k].offset, x, y };
    },
    move({ clientX, clientY }, { k, from, x, y }) {
      const geometry = geometryNow(store.get());
      if (!geometry) return;
      const pixel = canvas.clientWidth / geometry.width;
      actions.moveLayer(k, [from[0] + (clientY - y) / pixel, from[1] + (clientX - x) / pixel]);
    },
  });
}

/**
 * Which digit is meant at a place: the one with more ink there, else the one whose box's middle is nearer.
 * @param {State} state
 * @param {Trace} trace of a pair
 * @param {number} x of the picture's width
 * @param {number} y of the picture's height
 * @returns {0 | 1}
 */
function grabbed(state, trace, x, y) {
  const { geometry } = trace;
  const layers = layersNow(state);
  const at = Math.floor(y * geometry.height) * geometry.width + Math.floor(x * geometry.width);
  const [inkA, inkB] = layers.map((layer) => layer?.[at] ?? 0);
  if (inkA !== inkB) return inkA > inkB ? 0 : 1;
  const [farA, farB] = layers.map((layer) => {
    const box = layer && boxOf(geometry, layer);
    if (!box) return Infinity;
    const [middleX, middleY] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
    return Math.hypot(middleX - x * geometry.width, middleY - y * geometry.height);
  });
  return farA < farB ? 0 : 1;
}

/**
 * Arrow keys move digit B, with shift digit A.
 * @param {HTMLCanvasElement} canvas
 * @param {Context<State, Actions>} context
 */
function arrows(canvas, { store, actions }) {
  canvas.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    const k = event.shiftKey ? 0 : 1;
    const [down, right] = layersOf(store.get())[k].offset;
    actions.moveLayer(k, [down + arrow[1], right + arrow[0]]);
  });
}
