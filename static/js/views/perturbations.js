/** The paper's Figure 4 for the digit that is looked at. @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawSweep } from "../draw/perturbations.js";
import { signed } from "../lib/format.js";
import { POSE_DIM } from "../lib/network.js";
import { shownClass } from "../state/selectors.js";
import { byId, element } from "./dom.js";

const OFFSETS = 11;
const STEP = 0.05;
/** So long must a digit stand still before its 176 pictures are asked for. */
const SETTLE_MS = 250;

/** @param {Context} context */
export function perturbationsView({ store, actions }) {
  const root = byId("sweeps", HTMLElement);
  const rows = Array.from({ length: POSE_DIM }, (_, dimension) => makeRow(dimension, actions));
  for (let k = 0; k < POSE_DIM; k += POSE_DIM / 2) root.append(scale(), ...rows.slice(k, k + POSE_DIM / 2).map(({ row }) => row));

  let visible = false;
  let waiting = 0;
  function ask() {
    clearTimeout(waiting);
    const label = shownClass(store.get());
    if (visible && label !== null) waiting = setTimeout(() => actions.needPerturbations(label), SETTLE_MS);
  }
  new IntersectionObserver(([entry]) => {
    visible = entry.isIntersecting;
    ask();
  }).observe(root);
  store.watch((state) => [state.trace, shownClass(state)], ask);

  /** @param {import("../types.js").State} state */
  function draw({ perturbations, palette, offsets }) {
    rows.forEach(({ canvas }, dimension) => {
      const { context, width, height } = fitCanvas(canvas);
      const turned = Math.round(offsets[dimension] / STEP) + (OFFSETS - 1) / 2;
      const marked = offsets[dimension] && turned >= 0 && turned < OFFSETS ? turned : null;
      if (perturbations) drawSweep(context, perturbations, dimension, { width, height, palette, marked });
    });
  }
  store.watch(({ perturbations, palette, offsets }) => [perturbations, palette, offsets], draw);
  new ResizeObserver(() => draw(store.get())).observe(root);
}

/** @param {number} dimension @param {Context["actions"]} actions */
function makeRow(dimension, actions) {
  const canvas = element("canvas", { role: "img", ariaLabel: `Dimension ${dimension + 1} moved from -0.25 to 0.25` });
  const row = element("div", { className: "sweep" }, element("span", { textContent: String(dimension + 1) }), canvas);
  canvas.addEventListener("click", ({ offsetX }) => {
    const column = Math.floor((offsetX / canvas.clientWidth) * OFFSETS);
    actions.turnDial(dimension, Math.round((column - (OFFSETS - 1) / 2) * STEP * 100) / 100);
  });
  return { row, canvas };
}

function scale() {
  const marks = Array.from({ length: OFFSETS }, (_, k) => {
    const offset = (k - (OFFSETS - 1) / 2) * STEP;
    return element("span", { textContent: k % 5 ? "" : signed(offset) });
  });
  return element("div", { className: "sweep-scale", "aria-hidden": "true" }, ...marks);
}
