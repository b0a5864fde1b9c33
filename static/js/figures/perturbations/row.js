/** One row of the grid: what one dimension of the pose changes. */
/** @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/digit/subject.js" */
import { fixed, signed } from "../../shell/format.js";
import { maximum } from "../../shell/math.js";
import { COLUMNS, MIDDLE } from "../../capsules/reach.js";
import { dialName } from "../../state/digit/dimensions.js";
import { perturbationsNow } from "../../state/digit/perturbations.js";
import { element } from "../../widgets/dom.js";

/** @param {HTMLButtonElement} button one of the grid */
export const cellOf = ({ dataset }) => ({ dimension: Number(dataset.dimension), column: Number(dataset.column) });

/**
 * @typedef {ReturnType<typeof makeRow>} Row
 * @param {number} dimension
 * @param {Context<State, Actions>} context
 */
export function makeRow(dimension, context) {
  const { store, actions } = context;
  const canvas = element("canvas", { "aria-hidden": "true" });
  const mark = element("i", { className: "mark" });
  const name = element("button", { type: "button", className: "quiet sweep-name", "data-picture-keep": "" });
  const cells = Array.from({ length: COLUMNS }, (_, column) => makeCell(dimension, column, context));
  const [bar, number] = [element("i"), element("span")];
  const row = element(
    "div",
    { className: "sweep", role: "row" },
    element("div", { className: "sweep-head", role: "rowheader" }, name),
    element("div", { className: "sweep-pictures" }, canvas, ...cells, mark),
    element("div", { className: "sweep-change", role: "gridcell" }, bar, number),
  );
  name.addEventListener("click", () =>
    actions.chooseDimension(store.get().chosenDimension === dimension ? null : dimension),
  );
  // Where the keyboard is, the loupe goes back to when the pointer leaves.
  row.addEventListener("pointerleave", () => {
    const focused = row.parentElement?.querySelector("[data-column]:focus-visible");
    actions.hoverCell(focused instanceof HTMLButtonElement ? cellOf(focused) : null);
  });
  return { row, canvas, mark, name, cells, bar, number };
}

/** @param {number} dimension @param {number} column @param {Context<State, Actions>} context */
function makeCell(dimension, column, { store, actions }) {
  const cell = element("button", {
    type: "button",
    role: "gridcell",
    tabIndex: -1,
    "data-dimension": dimension,
    "data-column": column,
  });
  cell.style.gridColumn = String(column + 1);
  cell.addEventListener("pointerenter", () => actions.hoverCell({ dimension, column }));
  cell.addEventListener("click", () => {
    const perturbations = perturbationsNow(store.get());
    if (!perturbations) return;
    const offset = column === MIDDLE ? 0 : perturbations.offsets[dimension * COLUMNS + column];
    actions.turnDial(dimension, Number(offset.toFixed(4)));
  });
  return cell;
}

/**
 * @param {Row} row
 * @param {number} dimension
 * @param {State} state
 * @param {Float32Array | null} changes (D, COLUMNS)
 * @param {Float32Array | null} ofRows (D)
 */
export function nameRow({ name, cells, bar, number }, dimension, state, changes, ofRows) {
  const [called, perturbations] = [dialName(state, dimension), perturbationsNow(state)];
  name.replaceChildren(element("b", { textContent: String(dimension + 1) }), ` ${called}`);
  name.title = `${called || `dimension ${dimension + 1}`}: show what it does`;
  const change = ofRows?.[dimension] ?? 0;
  bar.style.width = `${ofRows ? (100 * change) / (maximum(ofRows) || 1) : 0}%`;
  number.textContent = ofRows ? fixed(change, 3) : "";
  cells.forEach((cell, column) => {
    const k = dimension * COLUMNS + column;
    const offset = perturbations ? `, ${signed(perturbations.offsets[k], 3)}` : "";
    cell.ariaLabel = `Dimension ${dimension + 1}${called ? `, ${called}` : ""}${offset}${changes ? `; the picture changes by ${fixed(changes[k], 3)}` : ""}`;
  });
}

/** Where its dial stands among its pictures. @param {Row} row @param {number} dimension @param {State} state */
export function markRow({ mark }, dimension, state) {
  const perturbations = perturbationsNow(state);
  if (!perturbations) return void (mark.hidden = true);
  const offset = state.offsets[dimension] ?? 0;
  const column = offset / perturbations.offsets[dimension * COLUMNS + MIDDLE + 1] + MIDDLE;
  mark.hidden = !(column > -0.5 && column < COLUMNS - 0.5);
  mark.classList.toggle("turned", offset !== 0);
  mark.style.left = `${(100 * column) / COLUMNS}%`;
}
