/** One digit moved across the other: lengths, errors and answer over its offset. Dragging on a plot moves the digit. */
/** @import { Context, Placed } from "../../widgets/dom.js" @import { Classes } from "../../state/pair/classes.js" */
/** @import { Actions, State } from "../../state/pair/subject.js" */
/** @import { Swept } from "../../state/pair/sweeping.js" */
/** @import { Palette } from "../../shell/theme.js" @import { Curve } from "../../charts/curves.js" */
import { linearAxis, roundAxis } from "../../charts/axis.js";
import { fitCanvas } from "../../charts/canvas.js";
import { plotIn } from "../../charts/curves.js";
import { drawRead, drawSweep } from "../../charts/sweep.js";
import { clamp, maximum } from "../../shell/math.js";
import { LAYER_NAMES, layersOf } from "../../state/pair/layers.js";
import { AXES, readAt, sweepNow, sweptOffset, sweptTruths } from "../../state/pair/sweeping.js";
import { cardOf, className } from "../../state/trace/network.js";
import { atText, axisText, beyondText, noSweepText, readTold, shadeTold } from "../../words/sweep.js";
import { arrowOf, canvasIn, drawWhileSeen, inputIn, partIn } from "../../widgets/dom.js";
import { dragging } from "../../widgets/dragging.js";
import { whenSettled } from "../../widgets/settled.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountSweep(root, context) {
  const { store, actions, signal } = context;
  const placed = { ...context, root };
  whenSettled(
    store,
    partIn(root, "sweep", HTMLElement),
    ({ trace, source, truths, chosenClasses, sweptLayer, sweptAxis }) => [
      trace,
      source,
      truths,
      chosenClasses,
      sweptLayer,
      sweptAxis,
    ],
    actions.needSweep,
    { signal },
  );
  switches(placed);
  plots(placed);
  for (const id of ["sweep-lengths", "sweep-errors"]) moves(canvasIn(root, id), context);
}

/** @param {Placed<State, Actions>} context */
function switches({ root, store, actions }) {
  for (const layer of /** @type {const} */ ([0, 1])) {
    const input = inputIn(root, `sweep-layer-${layer}`);
    input.addEventListener("change", () => actions.sweepLayer(layer));
    store.watch(
      ({ sweptLayer }) => [sweptLayer],
      ({ sweptLayer }) => (input.checked = sweptLayer === layer),
    );
  }
  for (const axis of AXES) {
    const input = inputIn(root, `sweep-${axis}`);
    input.addEventListener("change", () => actions.sweepAlong(axis));
    store.watch(
      ({ sweptAxis }) => [sweptAxis],
      ({ sweptAxis }) => (input.checked = sweptAxis === axis),
    );
  }
}

/** @param {Placed<State, Actions>} context */
function plots(context) {
  const { root } = context;
  const place = partIn(root, "sweep-plots", HTMLElement);
  const [lengths, errors, read] = ["sweep-lengths", "sweep-errors", "sweep-read"].map((id) => canvasIn(root, id));
  const tell = teller(root);
  const called = read.ariaLabel;

  drawWhileSeen(
    context,
    place,
    (state) => [
      state.trace,
      state.source,
      state.swept,
      sweepNow(state),
      state.sweptLayer,
      state.sweptAxis,
      state.truths,
      state.models,
    ],
    (state) => {
      const [ofLengths, ofErrors, ofRead] = [lengths, errors, read].map(fitCanvas);
      const { swept, palette } = state;
      const isNow = sweepNow(state) !== null;
      const shown = swept && !hasEmpty(state) ? shownOf(state, swept) : null;
      place.classList.toggle("behind", shown !== null && !isNow);
      tell(state, isNow ? shown : null);
      for (const slider of [lengths, errors]) showSlider(slider, state, isNow ? shown : null);
      read.ariaLabel = shown?.read ? readTold(shown.read, shown.areAlike) : called;
      if (!shown) return;
      const { offsets } = shown.swept;
      const look = { palette, offsets, at: isNow ? shown.at : null, trained: trainedShift(state) };
      const lengthCurves = curvesOfLengths(shown.swept, palette);
      drawSweep(ofLengths.context, lengthCurves, { ...ofLengths, ...look, axis: linearAxis(0, 1, [0, 0.5, 1]) });
      const errorCurves = curvesOfErrors(shown.swept, palette);
      const most = Math.max(1, ...errorCurves.map(({ values }) => maximum(values)));
      drawSweep(ofErrors.context, errorCurves, { ...ofErrors, ...look, axis: roundAxis(most) });
      if (shown.read) drawRead(ofRead.context, shown.read, { ...ofRead, ...look, names: LAYER_NAMES });
    },
  );
}

/** Whether one of the layers is empty. @param {State} state */
const hasEmpty = (state) => layersOf(state).some(({ source }) => source.kind === "empty");

/** @param {State} state @returns {number | null} pixels */
const trainedShift = (state) => cardOf(state)?.max_shift ?? null;

/**
 * A sweep, where the digit lies in it, and which digits are read.
 * @param {State} state
 * @param {Swept} swept
 */
function shownOf(state, swept) {
  const at = swept.offsets.indexOf(sweptOffset(state));
  const truths = sweptTruths(state);
  return {
    swept,
    at: at === -1 ? null : at,
    read: truths && readAt(swept, truths),
    areAlike: truths !== null && truths[0] === truths[1],
  };
}

/** @typedef {ReturnType<typeof shownOf>} Shown */

/** @param {Swept} swept @param {Palette} palette @returns {Curve[]} */
function curvesOfLengths({ offsets, lengths, of: { labels, geometry } }, palette) {
  const { classes } = geometry;
  const of = (/** @type {number} */ label) => Array.from(offsets, (_, n) => lengths[n * classes + label]);
  const others = Array.from(offsets, (_, n) =>
    maximum(lengths.subarray(n * classes, (n + 1) * classes).filter((_length, label) => !isOneOf(labels, label))),
  );
  return [{ values: others, name: "", lit: false }, ...labels.map((label, k) => own(of(label), k, palette))];
}

/** @param {Classes} labels @param {number} label */
const isOneOf = (labels, label) => labels[0] === label || labels[1] === label;

/** @param {Swept} swept @param {Palette} palette @returns {Curve[]} */
const curvesOfErrors = ({ offsets, errors }, palette) =>
  [0, 1].map((k) =>
    own(
      Array.from(offsets, (_, n) => errors[2 * n + k]),
      k,
      palette,
    ),
  );

/**
 * The curve of a layer, in its colour.
 * @param {number[]} values
 * @param {number} k
 * @param {Palette} palette
 * @returns {Curve}
 */
const own = (values, k, { first, second }) => ({ values, name: "", lit: true, colour: k === 0 ? first : second });

/** What stands in words around the plots. @param {HTMLElement} root */
function teller(root) {
  const [at, told, shade, axis] = ["sweep-at", "sweep-told", "sweep-shade", "sweep-axis-told"].map((id) =>
    partIn(root, id, HTMLElement),
  );
  const names = ["a", "b"].map((layer) => /** @type {HTMLElement} */ (root.querySelector(`.sweep-name-${layer}`)));

  return (/** @type {State} */ state, /** @type {Shown | null} */ shown) => {
    at.textContent = shown ? textAt(state, shown) : noSweepText(hasEmpty(state) && state.trace !== null);
    told.textContent = shown?.read ? readTold(shown.read, shown.areAlike) : "";
    shade.textContent = shadeTold(trainedShift(state));
    axis.textContent = axisText(LAYER_NAMES[state.sweptLayer], state.sweptAxis);
    names.forEach((name, k) => (name.textContent = shown ? className(state, shown.swept.of.labels[k]) : "…"));
  };
}

/** The numbers where the digit lies. @param {State} state @param {Shown} shown */
function textAt(state, { swept, at, read }) {
  const { labels, geometry } = swept.of;
  const [moved, axis, offset] = [LAYER_NAMES[state.sweptLayer], state.sweptAxis, sweptOffset(state)];
  if (at === null) return beyondText(moved, axis, offset);
  const [a, b] = labels;
  const length = (/** @type {number} */ label) => swept.lengths[at * geometry.classes + label];
  return atText({
    moved,
    axis,
    offset,
    names: [className(state, a), className(state, b)],
    lengths: [length(a), length(b)],
    errors: [swept.errors[2 * at], swept.errors[2 * at + 1]],
    read: read && [read[0][at], read[1][at]],
  });
}

/** @param {HTMLCanvasElement} canvas @param {State} state @param {Shown | null} shown */
function showSlider(canvas, state, shown) {
  const offset = sweptOffset(state);
  const { offsets } = shown?.swept ?? { offsets: [offset, offset] };
  canvas.ariaValueMin = String(Math.min(offsets[0], offset));
  canvas.ariaValueMax = String(Math.max(offsets[offsets.length - 1], offset));
  canvas.ariaValueNow = String(offset);
  canvas.ariaValueText = shown ? textAt(state, shown) : String(offset);
}

/**
 * A pointer on the plot, or the arrow keys, move the digit.
 * @param {HTMLCanvasElement} canvas
 * @param {Context<State, Actions>} context
 */
function moves(canvas, { store, actions }) {
  /** @param {number} offset along the axis, in pixels */
  function moveTo(offset) {
    const state = store.get();
    const { sweptLayer, sweptAxis } = state;
    const [down, right] = layersOf(state)[sweptLayer].offset;
    actions.moveLayer(sweptLayer, sweptAxis === "down" ? [offset, right] : [down, offset]);
  }

  /** @param {PointerEvent} event */
  function follow({ offsetX }) {
    const { swept } = store.get();
    if (!swept) return;
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    moveTo(swept.offsets[plotIn(size, swept.offsets.length).placeAt(offsetX) - 1]);
  }

  dragging(canvas, {
    begin(event) {
      follow(event);
      return store.get().swept;
    },
    move: follow,
  });
  canvas.addEventListener("keydown", (event) => {
    const next = offsetAfter(event, store.get());
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    moveTo(next);
  });
}

/**
 * Where a key moves the digit: the arrows by a pixel, Home and End to the ends of the sweep.
 * @param {KeyboardEvent} event
 * @param {State} state
 * @returns {number | null} null where the key moves nothing
 */
function offsetAfter(event, state) {
  const { swept, sweptAxis } = state;
  const offset = sweptOffset(state);
  const ends = swept && [swept.offsets[0], swept.offsets[swept.offsets.length - 1]];
  if (ends && event.key === "Home") return ends[0];
  if (ends && event.key === "End") return ends[1];
  const arrow = arrowOf(event);
  if (!arrow) return null;
  const step = arrow[0] || (sweptAxis === "down" ? arrow[1] : -arrow[1]);
  return ends ? clamp(offset + step, Math.min(ends[0], offset), Math.max(ends[1], offset)) : offset + step;
}
