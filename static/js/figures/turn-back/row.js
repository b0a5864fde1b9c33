/** One digit at several amounts: pushed and decoded, above what is really seen, with errors. */
/** @import { Placed } from "../../widgets/dom.js" @import { TurnRow } from "../../state/view/turn-back.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { REST, amountText } from "../../capsules/viewpoint.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawPicture } from "../../charts/picture.js";
import { squaredError } from "../../shell/math.js";
import { COLUMNS, turnRowNow } from "../../state/view/turn-back.js";
import { ROWS, errorText } from "../../words/turn-back.js";
import { drawWhileSeen, element, partIn } from "../../widgets/dom.js";

/** @param {Placed<State, Actions>} context */
export function mountRow(context) {
  const table = partIn(context.root, "turn-table", HTMLTableElement);
  const heads = Array.from({ length: COLUMNS }, () => element("th", { scope: "col" }));
  const pictures = /** @type {const} */ (["pushed", "seen"]).map((kind) => ({ kind, canvases: pictureRow() }));
  const errors = /** @type {const} */ (["pushedError", "stillError", "ownError"]).map((kind) => ({
    kind,
    cells: Array.from({ length: COLUMNS }, () => element("td")),
  }));
  table.append(
    element("thead", {}, element("tr", {}, element("td"), ...heads)),
    element(
      "tbody",
      {},
      ...pictures.map(({ kind, canvases }) =>
        row(
          kind,
          canvases.map((canvas) => element("td", {}, canvas)),
        ),
      ),
      ...errors.map(({ kind, cells }) => row(kind, cells)),
    ),
  );
  context.store.watch(
    (state) => [turnRowNow(state)],
    (state) => {
      const shown = turnRowNow(state);
      heads.forEach((head, k) => (head.textContent = shown ? amountText(nameOf(shown), shown.amounts[k]) : "…"));
      const of = shown && errorsOf(shown);
      for (const { kind, cells } of errors) {
        cells.forEach((cell, k) => {
          cell.textContent = of ? errorText(of[k][kind]) : "";
          cell.className = of && shown.amounts[k] !== REST[nameOf(shown)] && isLeast(of[k], kind) ? "best" : "";
        });
      }
    },
  );
  for (const { kind, canvases } of pictures) {
    canvases.forEach((canvas, k) => {
      drawWhileSeen(
        context,
        canvas,
        (state) => [turnRowNow(state)],
        (state) => {
          const { context: painter, width: size } = fitCanvas(canvas);
          const shown = turnRowNow(state);
          if (!shown) return;
          canvas.ariaLabel = `${ROWS[kind]}, ${amountText(nameOf(shown), shown.amounts[k])}`;
          drawPicture(shown.of.trace.geometry, painter, shown[kind][k], state.palette, { left: 0, top: 0, size });
        },
      );
    });
  }
}

const pictureRow = () =>
  Array.from({ length: COLUMNS }, () => element("canvas", { className: "picture", role: "img", "aria-label": "…" }));

/** @param {keyof typeof ROWS} kind @param {HTMLTableCellElement[]} cells */
const row = (kind, cells) => element("tr", {}, element("th", { scope: "row", textContent: ROWS[kind] }), ...cells);

/** @param {TurnRow} shown */
const nameOf = ({ of }) => of.measured.transformation;

/** @typedef {{pushedError: number, stillError: number, ownError: number}} Errors sums of squared differences */

/**
 * At each amount, from the really seen picture.
 * @param {TurnRow} shown
 * @returns {Errors[]}
 */
function errorsOf({ amounts, seen, pushed, own, of }) {
  const rest = pushed[amounts.indexOf(REST[of.measured.transformation])];
  return amounts.map((_, k) => ({
    pushedError: squaredError(pushed[k], seen[k]),
    stillError: squaredError(rest, seen[k]),
    ownError: squaredError(own[k], seen[k]),
  }));
}

/** Which of pushing and not pushing comes nearer. @param {Errors} errors @param {keyof Errors} kind */
function isLeast({ pushedError, stillError }, kind) {
  return kind === (pushedError < stillError ? "pushedError" : "stillError");
}
