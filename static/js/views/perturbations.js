/** The paper's Figure 4 for the digit that is looked at. @import { State } from "../types.js" @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawSweep } from "../draw/perturbations.js";
import { fixed, signed } from "../lib/format.js";
import { clamp, maximum } from "../lib/math.js";
import { POSE_DIM } from "../lib/network.js";
import { COLUMNS, MIDDLE, PAPER_REACH, REACH_DEVIATIONS } from "../lib/reach.js";
import { byChange, changesOf, rowChanges } from "../lib/sweeps.js";
import { dialName, dimensionsOf, isUnmeasured, perturbationsNow, sweepReachOf } from "../state/dimensions.js";
import { shownClass } from "../state/selectors.js";
import { arrowOf, byId, drawOn, element, selectById } from "./dom.js";
import { evidenceView } from "./evidence.js";
import { loupeView } from "./loupe.js";
import { whenSettled } from "./settled.js";

/** @param {Context} context */
export function perturbationsView(context) {
  const { store } = context;
  const root = byId("sweeps", HTMLElement);
  const rows = Array.from({ length: POSE_DIM }, (_, dimension) => makeRow(dimension, context));
  const scale = makeScale();
  root.append(scale.row, ...rows.map(({ row }) => row));

  whenSettled(
    store,
    root,
    (state) => [state.trace, shownClass(state), sweepReachOf(state), dimensionsOf(state)],
    context.actions.needPerturbations,
  );
  switches(context);
  moveByKeys(context, root, rows);
  loupeView(context);
  evidenceView(context);

  /** @param {State} state */
  function draw(state) {
    const perturbations = perturbationsNow(state);
    rows.forEach(({ canvas }, dimension) => {
      const { context: painter, width, height } = fitCanvas(canvas);
      if (perturbations) drawSweep(painter, perturbations, dimension, { width, height, palette: state.palette });
    });
  }
  drawOn(context, root, (state) => [perturbationsNow(state)], draw);

  store.watch(
    (state) => [perturbationsNow(state), state.sweepOrder, state.dialNames, dimensionsOf(state), sweepReachOf(state)],
    (state) => {
      scale.show(sweepReachOf(state));
      const perturbations = perturbationsNow(state);
      const changes = perturbations && changesOf(perturbations);
      const ofRows = changes && rowChanges(changes);
      rows.forEach((row, d) => nameRow(row, d, state, changes, ofRows));
      if (!ofRows && state.sweepOrder === "change") return; // until there is a grid the rows stay where they are
      const order = ofRows && state.sweepOrder === "change" ? byChange(ofRows) : rows.map((_, d) => d);
      if (order.some((d, k) => root.children[k + 1] !== rows[d].row)) root.append(...order.map((d) => rows[d].row));
    },
  );
  store.watch(
    ({ chosenDimension }) => [chosenDimension],
    ({ chosenDimension }) => rows.forEach(({ row, name }, d) => {
      row.classList.toggle("chosen", d === chosenDimension);
      name.ariaPressed = String(d === chosenDimension);
    }),
  );

  // The mark is an element of its own: turning a dial moves it, and repaints none of the 176 pictures.
  store.watch(
    (state) => [perturbationsNow(state), state.offsets],
    (state) => {
      const [perturbations, { offsets }] = [perturbationsNow(state), state];
      rows.forEach(({ mark }, d) => {
        if (!perturbations) return void (mark.hidden = true);
        const column = offsets[d] / perturbations.offsets[d * COLUMNS + MIDDLE + 1] + MIDDLE;
        mark.hidden = !(column > -0.5 && column < COLUMNS - 0.5);
        mark.classList.toggle("turned", offsets[d] !== 0);
        mark.style.left = `${(100 * column) / COLUMNS}%`;
      });
    },
  );
}

/** @param {Context} context */
function switches({ store, actions }) {
  const [reach, order] = [selectById("sweep-reach"), selectById("sweep-order")];
  reach.addEventListener("change", () => actions.setSweepReach(reach.value === "class" ? "class" : "paper"));
  order.addEventListener("change", () => actions.setSweepOrder(order.value === "change" ? "change" : "number"));
  store.watch(
    (state) => [sweepReachOf(state), state.sweepOrder, isUnmeasured(state)],
    (state) => {
      [reach.value, order.value] = [sweepReachOf(state), state.sweepOrder];
      reach.options[1].disabled = isUnmeasured(state);
    },
  );
}

/** One cell of the grid takes the focus; from it the arrow keys go to the next. @param {Context} context @param {HTMLElement} root @param {Row[]} rows */
function moveByKeys({ actions }, root, rows) {
  let home = rows[0].cells[MIDDLE];
  home.tabIndex = 0;
  root.addEventListener("focusin", ({ target }) => {
    if (!(target instanceof HTMLButtonElement) || !target.dataset.column) return;
    home.tabIndex = -1;
    home = target;
    home.tabIndex = 0;
    const cell = cellOf(target);
    actions.chooseDimension(cell.dimension);
    actions.hoverCell(cell);
  });
  root.addEventListener("focusout", () => actions.hoverCell(null));
  root.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    if (!arrow || event.target !== home) return;
    event.preventDefault();
    const shown = [...root.children].slice(1);
    const row = shown.indexOf(rows[Number(home.dataset.dimension)].row);
    const next = rows.find((candidate) => candidate.row === shown[clamp(row + arrow[1], 0, POSE_DIM - 1)]);
    next?.cells[clamp(Number(home.dataset.column) + arrow[0], 0, COLUMNS - 1)].focus();
  });
}

/** @param {HTMLButtonElement} button one of the grid */
const cellOf = ({ dataset }) => ({ dimension: Number(dataset.dimension), column: Number(dataset.column) });

/**
 * @typedef {ReturnType<typeof makeRow>} Row
 * @param {number} dimension
 * @param {Context} context
 */
function makeRow(dimension, { store, actions }) {
  const canvas = element("canvas", { "aria-hidden": "true" });
  const mark = element("i", { className: "mark" });
  const name = element("button", { type: "button", className: "quiet sweep-name" });
  const cells = Array.from({ length: COLUMNS }, (_, column) =>
    element("button", { type: "button", role: "gridcell", tabIndex: -1, "data-dimension": dimension, "data-column": column }),
  );
  const [bar, number] = [element("i"), element("span")];
  const row = element(
    "div",
    { className: "sweep", role: "row" },
    element("div", { className: "sweep-head", role: "rowheader" }, name),
    element("div", { className: "sweep-pictures" }, canvas, ...cells, mark),
    element("div", { className: "sweep-change", role: "gridcell" }, bar, number),
  );
  name.addEventListener("click", () => actions.chooseDimension(store.get().chosenDimension === dimension ? null : dimension));
  cells.forEach((cell, column) => {
    cell.style.gridColumn = String(column + 1);
    cell.addEventListener("pointerenter", () => actions.hoverCell({ dimension, column }));
    cell.addEventListener("click", () => {
      const perturbations = perturbationsNow(store.get());
      if (perturbations) actions.turnDial(dimension, column === MIDDLE ? 0 : Number(perturbations.offsets[dimension * COLUMNS + column].toFixed(4)));
    });
  });
  // Where the keyboard is, the loupe goes back to when the pointer leaves.
  row.addEventListener("pointerleave", () => {
    const focused = document.querySelector("#sweeps [data-column]:focus-visible");
    actions.hoverCell(focused instanceof HTMLButtonElement ? cellOf(focused) : null);
  });
  return { row, canvas, mark, name, cells, bar, number };
}

/**
 * @param {Row} row
 * @param {number} dimension
 * @param {State} state
 * @param {Float32Array | null} changes (D, 11)
 * @param {Float32Array | null} ofRows (D)
 */
function nameRow({ name, cells, bar, number }, dimension, state, changes, ofRows) {
  const [called, perturbations] = [dialName(state, dimension), perturbationsNow(state)];
  name.replaceChildren(element("b", { textContent: String(dimension + 1) }), ` ${called}`);
  name.title = `${called || `number ${dimension + 1}`}: what was measured of it`;
  const change = ofRows?.[dimension] ?? 0;
  bar.style.width = `${ofRows ? (100 * change) / (maximum(ofRows) || 1) : 0}%`;
  number.textContent = ofRows ? fixed(change, 3) : "";
  cells.forEach((cell, column) => {
    const k = dimension * COLUMNS + column;
    const offset = perturbations ? signed(perturbations.offsets[k], 3) : "";
    cell.ariaLabel = `${dimension + 1} ${called}, ${offset}${changes ? `, changes by ${fixed(changes[k], 3)}` : ""}`;
  });
}

/** What stands over the columns. */
function makeScale() {
  const marks = Array.from({ length: COLUMNS }, () => element("span"));
  const row = element("div", { className: "sweep-scale", "aria-hidden": "true" }, element("span"), element("div", {}, ...marks), element("span", { textContent: "change", title: "The mean difference of a pixel to the middle column" }));
  return {
    row,
    /** @param {State["sweepReach"]} reach */
    show(reach) {
      const [end, unit, digits] = reach === "paper" ? [PAPER_REACH, "", 2] : [REACH_DEVIATIONS, " σ", 0];
      marks.forEach((mark, k) => (mark.textContent = k % MIDDLE ? "" : `${signed(((k - MIDDLE) / MIDDLE) * end, digits)}${k === MIDDLE ? "" : unit}`));
    },
  };
}
