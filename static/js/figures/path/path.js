/** The way of a pose, and of a CNN's features, while the digit is transformed. Dragging along it turns the digit. */
/** @import { Context, Placed } from "../../widgets/dom.js" @import { Side } from "../../state/view/viewed.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { NAMES, TRANSFORMATIONS, amountText } from "../../capsules/viewpoint.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawPaths } from "../../charts/path.js";
import { className } from "../../state/trace/network.js";
import { contrastCard } from "../../state/view/contrast.js";
import { areMeasured, directionOf, modelOf } from "../../state/view/directions.js";
import { SIDES, viewedClass } from "../../state/view/viewed.js";
import { NO_CNN, comparedText, measureRows, placeText, titleText, unmeasuredText } from "../../words/path.js";
import { canvasIn, drawWhileSeen, element, partIn } from "../../widgets/dom.js";
import { followedChoice } from "../../widgets/followed.js";
import { whenSettled } from "../../widgets/settled.js";
import { movesAlong } from "./moves.js";
import { shownWay } from "./shown.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountPath(root, context) {
  const { store, actions, signal } = context;
  const placed = { ...context, root };
  whenSettled(store, partIn(root, "path", HTMLElement), wayHangsOn, actions.needWays, { signal });
  followedChoice(partIn(root, "path-followed", HTMLElement), "path-along", context);
  for (const side of SIDES) {
    plot(placed, side);
    titled(placed, side);
    movesAlong(canvasIn(root, `path-${side}`), side, context);
  }
  measures(placed);
  compared(placed);
}

/** All that a way hangs on: how far the digit is transformed along it is no part of that. @param {State} state */
const wayHangsOn = (state) => [
  state.trace,
  state.models,
  state.contrast,
  viewedClass(state),
  state.followed,
  state.viewpoint.pieces,
  ...NAMES.map((name) => name !== state.followed && state.viewpoint[name]),
];

/** What was measured hangs on these. @param {State} state */
const measuredOn = (state) => [
  state.trace,
  state.models,
  state.contrast,
  viewedClass(state),
  state.followed,
  state.directions,
];

/** @param {Placed<State, Actions>} context @param {Side} side */
function plot(context, side) {
  const canvas = canvasIn(context.root, `path-${side}`);
  const at = partIn(context.root, `path-${side}-at`, HTMLElement);
  drawWhileSeen(
    context,
    canvas,
    (state) => [...measuredOn(state), state.ways, state.viewed, state.uprightSeen, state.viewpoint],
    (state) => {
      const { context: painter, width, height } = fitCanvas(canvas);
      const shown = shownWay(state, side);
      const said = shown?.told ? placeText(shown.told) : "";
      at.textContent = said;
      showSlider(canvas, state, shown?.measured.amounts ?? null, said);
      if (!shown) return;
      const { amounts, every } = shown;
      const { transformation: name, amounts: known } = shown.measured;
      const ends = /** @type {[string, string]} */ (
        [known[0], known[known.length - 1]].map((end) => amountText(name, end))
      );
      canvas.classList.toggle("waiting", !amounts.length);
      drawPaths(painter, shown.ways, { width, height, palette: state.palette, every, ends });
    },
  );
}

/**
 * @param {HTMLCanvasElement} canvas
 * @param {State} state
 * @param {readonly number[] | null} amounts measured ones
 * @param {string} said
 */
function showSlider(canvas, { followed, viewpoint }, amounts, said) {
  const amount = viewpoint[followed];
  const { low, high } = TRANSFORMATIONS[followed];
  canvas.ariaValueMin = String(Math.min(amounts?.[0] ?? low, amount));
  canvas.ariaValueMax = String(Math.max(amounts?.[amounts.length - 1] ?? high, amount));
  canvas.ariaValueNow = String(amount);
  canvas.ariaValueText = said || amountText(followed, amount);
}

/** Whose path a plot shows, or why there is none. @param {Placed<State, Actions>} context @param {Side} side */
function titled({ root, store }, side) {
  const [title, missing, body] = ["title", "missing", "body"].map((part) =>
    partIn(root, `path-${side}-${part}`, HTMLElement),
  );
  store.watch(measuredOn, (state) => {
    const [model, measured] = [modelOf(state, side), directionOf(state, side)];
    const lack = lackOf(state, side);
    missing.textContent = lack;
    [missing.hidden, body.hidden] = [!lack, Boolean(lack)];
    const label = viewedClass(state);
    const called = label === null ? "" : className(state, label);
    title.textContent = titleText(side, {
      called,
      title: contrastCard(state)?.title || model || "",
      count: measured?.direction.length ?? null,
    });
  });
}

/** Why there is nothing to show; "" where there is, or may yet be. @param {State} state @param {Side} side */
function lackOf(state, side) {
  if (!state.models.length) return "";
  if (side === "cnn" && !contrastCard(state)) return NO_CNN;
  return areMeasured(state, side) === false ? unmeasuredText(modelOf(state, side) ?? "") : "";
}

/** A row for each measure, with the numbers of both networks. @param {Placed<State, Actions>} context */
function measures({ root, store }) {
  const rows = partIn(root, "path-measures", HTMLElement);
  const table = /** @type {HTMLTableElement} */ (rows.closest("table"));
  store.watch(measuredOn, (state) => {
    const both = SIDES.map((side) => directionOf(state, side));
    rows.replaceChildren(
      ...measureRows(both, state.followed).map(({ name, values, meaning }) =>
        element(
          "tr",
          {},
          element("th", { scope: "row", textContent: name }),
          ...values.map((textContent) => element("td", { textContent })),
          element("td", { textContent: meaning }),
        ),
      ),
    );
    table.hidden = !rows.children.length;
  });
}

/** @param {Placed<State, Actions>} context */
function compared({ root, store }) {
  const told = partIn(root, "path-compared", HTMLElement);
  store.watch(measuredOn, (state) => {
    const [capsule, cnn] = SIDES.map((side) => directionOf(state, side));
    told.textContent = capsule && cnn ? comparedText(capsule, cnn) : "";
  });
}
