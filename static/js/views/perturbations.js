/** The paper's Figure 4 for the digit that is looked at. @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawSweep } from "../draw/perturbations.js";
import { signed } from "../lib/format.js";
import { clamp } from "../lib/math.js";
import { POSE_DIM } from "../lib/network.js";
import { shownClass } from "../state/selectors.js";
import { arrowOf, byId, element } from "./dom.js";

const OFFSETS = 11;
const STEP = 0.05;
const MIDDLE = (OFFSETS - 1) / 2;
/** So long must a digit stand still before its 176 pictures are asked for. */
const SETTLE_MS = 250;

/** @param {Context} context */
export function perturbationsView(context) {
  const { store, actions } = context;
  const root = byId("sweeps", HTMLElement);
  const rows = Array.from({ length: POSE_DIM }, (_, dimension) => makeRow(dimension, context));
  for (let k = 0; k < POSE_DIM; k += POSE_DIM / 2) root.append(scale(), ...rows.slice(k, k + POSE_DIM / 2).map(({ row }) => row));

  let visible = false;
  let waiting = 0;
  function ask() {
    clearTimeout(waiting);
    const label = shownClass(store.get());
    if (visible && label !== null) waiting = setTimeout(() => actions.needPerturbations(), SETTLE_MS);
  }
  new IntersectionObserver(([entry]) => {
    visible = entry.isIntersecting;
    ask();
  }).observe(root);
  store.watch((state) => [state.trace, shownClass(state)], ask);

  /** @param {import("../types.js").State} state */
  function draw({ perturbations, palette }) {
    rows.forEach(({ canvas }, dimension) => {
      const { context, width, height } = fitCanvas(canvas);
      if (perturbations) drawSweep(context, perturbations, dimension, { width, height, palette });
    });
  }
  store.watch(({ perturbations, palette }) => [perturbations, palette], draw);
  new ResizeObserver(() => draw(store.get())).observe(root);

  // The mark is an element of its own: turning a dial moves it, and repaints none of the 176 pictures.
  store.watch(
    ({ perturbations, offsets }) => [perturbations, offsets],
    ({ perturbations, offsets }) =>
      rows.forEach(({ canvas, mark }, dimension) => {
        if (!perturbations) return void (mark.hidden = true);
        const column = offsets[dimension] / STEP + MIDDLE;
        mark.hidden = column < 0 || column > OFFSETS - 1;
        mark.classList.toggle("turned", offsets[dimension] !== 0);
        mark.style.left = `${(100 * column) / OFFSETS}%`;
        canvas.ariaValueNow = String(offsets[dimension]);
      }),
  );
}

/** @param {number} dimension @param {Context} context */
function makeRow(dimension, { store, actions }) {
  const canvas = element("canvas", {
    tabIndex: 0,
    role: "slider",
    "aria-label": `Dimension ${dimension + 1}, pictures from -0.25 to 0.25`,
    "aria-valuemin": -STEP * MIDDLE,
    "aria-valuemax": STEP * MIDDLE,
  });
  const mark = element("i", { className: "mark" });
  const row = element("div", { className: "sweep" }, element("span", { textContent: String(dimension + 1) }), element("div", {}, canvas, mark));
  const turnTo = (/** @type {number} */ column) => actions.turnDial(dimension, Math.round((column - MIDDLE) * STEP * 100) / 100);
  canvas.addEventListener("click", ({ offsetX }) => turnTo(Math.floor((offsetX / canvas.clientWidth) * OFFSETS)));
  canvas.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    if (!arrow?.[0]) return;
    event.preventDefault();
    turnTo(clamp(Math.round(store.get().offsets[dimension] / STEP) + MIDDLE + arrow[0], 0, OFFSETS - 1));
  });
  return { row, canvas, mark };
}

function scale() {
  const marks = Array.from({ length: OFFSETS }, (_, k) => {
    const offset = (k - MIDDLE) * STEP;
    return element("span", { textContent: k % 5 ? "" : signed(offset) });
  });
  return element("div", { className: "sweep-scale", "aria-hidden": "true" }, ...marks);
}
