/** The paper's Figure 4 for the drawing. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Row } from "./row.js" */
/** @import { Actions, State } from "../../state/digit/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawSweep } from "../../charts/perturbations.js";
import { clamp } from "../../shell/math.js";
import { COLUMNS, MIDDLE } from "../../capsules/reach.js";
import { sweepReachText } from "../../words/dials.js";
import { byChange, changesOf, rowChanges } from "../../capsules/perturbations.js";
import { dimensionsOf, isUnmeasured } from "../../state/digit/dimensions.js";
import { perturbationsNow, sweepReachOf } from "../../state/digit/perturbations.js";
import { shownClass } from "../../state/trace/choosing.js";
import { geometryNow } from "../../state/trace/network.js";
import { arrowOf, drawOn, partIn, reorder, selectIn } from "../../widgets/dom.js";
import { mountEvidence } from "./evidence.js";
import { mountLoupe } from "./loupe.js";
import { cellOf, makeRow, markRow, nameRow } from "./row.js";
import { makeScale } from "./scale.js";
import { rove } from "../../widgets/roving.js";
import { whenSettled } from "../../widgets/settled.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountPerturbations(root, context) {
  const placed = { ...context, root };
  const { store } = context;
  const place = partIn(root, "sweeps", HTMLElement);
  whenSettled(
    store,
    place,
    (state) => [state.trace, shownClass(state), sweepReachOf(state), dimensionsOf(state)],
    context.actions.needPerturbations,
    { signal: context.signal },
  );
  switches(placed);
  grid(context, place);
  mountLoupe(root, context);
  mountEvidence(root, context);
}

/** A row for each dimension of the pose. @param {Context<State, Actions>} context @param {HTMLElement} root */
function grid(context, root) {
  const { store } = context;
  const scale = makeScale();
  const keys = moveByKeys(context, root);
  rove(root, ".sweep-name", context.signal);
  /** @type {Row[]} */
  let rows = [];
  const count = (/** @type {State} */ state) => geometryNow(state)?.poseDim ?? 0;
  store.watch(
    (state) => [count(state)],
    (state) => {
      rows = Array.from({ length: count(state) }, (_, dimension) => makeRow(dimension, context));
      root.replaceChildren(scale.row, ...rows.map(({ row }) => row));
      keys.begin(rows);
    },
  );
  drawOn(
    context,
    root,
    (state) => [count(state), perturbationsNow(state)],
    (state) => paint(rows, state),
  );
  store.watch(
    (state) => [
      count(state),
      perturbationsNow(state),
      state.sweepOrder,
      state.dialNames,
      dimensionsOf(state),
      sweepReachOf(state),
    ],
    (state) => {
      scale.show(sweepReachOf(state) === "paper" ? null : (dimensionsOf(state)?.reach ?? null));
      nameAndOrder(root, rows, state);
    },
  );
  store.watch(
    (state) => [count(state), state.chosenDimension],
    ({ chosenDimension }) =>
      rows.forEach(({ row, name }, d) => {
        row.classList.toggle("chosen", d === chosenDimension);
        name.ariaPressed = String(d === chosenDimension);
      }),
  );
  // The mark is an element of its own: turning a dial moves it, and repaints none of the pictures.
  store.watch(
    (state) => [count(state), perturbationsNow(state), state.offsets],
    (state) => rows.forEach((row, d) => markRow(row, d, state)),
  );
}

/** @param {Row[]} rows @param {State} state */
function paint(rows, state) {
  const [perturbations, geometry] = [perturbationsNow(state), geometryNow(state)];
  rows.forEach(({ canvas }, dimension) => {
    const { context: painter, width, height } = fitCanvas(canvas);
    if (!perturbations || !geometry) return;
    drawSweep(geometry, painter, perturbations, dimension, { width, height, palette: state.palette });
  });
}

/**
 * What each row is called, and which stands first.
 * @param {HTMLElement} root
 * @param {Row[]} rows
 * @param {State} state
 */
function nameAndOrder(root, rows, state) {
  const [perturbations, geometry] = [perturbationsNow(state), geometryNow(state)];
  const changes = perturbations && geometry && changesOf(geometry, perturbations);
  const ofRows = changes && geometry && rowChanges(geometry, changes);
  rows.forEach((row, d) => nameRow(row, d, state, changes, ofRows));
  if (!ofRows && state.sweepOrder === "change") return; // until there is a grid the rows stay where they are
  const order = ofRows && state.sweepOrder === "change" ? byChange(ofRows) : rows.map((_, d) => d);
  reorder(
    root,
    order.map((d) => rows[d].row),
  );
}

/** @param {Placed<State, Actions>} context */
function switches({ root, store, actions }) {
  const [reach, order] = [selectIn(root, "sweep-reach"), selectIn(root, "sweep-order")];
  reach.addEventListener("change", () => actions.setSweepReach(reach.value === "class" ? "class" : "paper"));
  order.addEventListener("change", () => actions.setSweepOrder(order.value === "change" ? "change" : "number"));
  store.watch(
    (state) => [sweepReachOf(state), state.sweepOrder, isUnmeasured(state), dimensionsOf(state)],
    (state) => {
      const ofClass = reach.namedItem("sweep-of-class");
      [reach.value, order.value] = [sweepReachOf(state), state.sweepOrder];
      if (!ofClass) return;
      ofClass.disabled = isUnmeasured(state);
      ofClass.textContent = sweepReachText(dimensionsOf(state)?.reach ?? null);
    },
  );
}

/**
 * One cell of the grid takes the focus; from it the arrow keys go to the next.
 * @param {Context<State, Actions>} context
 * @param {HTMLElement} root
 */
function moveByKeys({ actions }, root) {
  /** @type {Row[]} */
  let rows = [];
  /** @type {HTMLButtonElement | null} */
  let home = null;

  /** @param {HTMLButtonElement | null} cell */
  function settle(cell) {
    if (home) home.tabIndex = -1;
    home = cell;
    if (home) home.tabIndex = 0;
  }

  root.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLButtonElement) || !target.dataset.column) return;
    settle(target);
    const cell = cellOf(target);
    actions.chooseDimension(cell.dimension);
    actions.hoverCell(cell);
  });
  root.addEventListener("focusout", () => actions.hoverCell(null));
  root.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    if (!arrow || !home || event.target !== home) return;
    event.preventDefault();
    const { dimension, column } = cellOf(home);
    const shown = [...root.children].slice(1);
    const row = clamp(shown.indexOf(rows[dimension].row) + arrow[1], 0, shown.length - 1);
    const next = rows.find((candidate) => candidate.row === shown[row]);
    next?.cells[clamp(column + arrow[0], 0, COLUMNS - 1)].focus();
  });

  return {
    /** @param {Row[]} made the rows that there are now */
    begin(made) {
      rows = made;
      settle(rows[0]?.cells[MIDDLE] ?? null);
    },
  };
}
