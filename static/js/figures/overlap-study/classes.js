/** Which two classes are hardest to take apart, and which of them is lost. */
/** @import { Placed } from "../../widgets/dom.js" @import { Actions, State } from "../../state/pair/subject.js" */
/** @import { Palette } from "../../shell/theme.js" @import { TwoClasses } from "../../capsules/overlap-study.js" */
import { css } from "../../charts/canvas.js";
import { mix } from "../../charts/colour.js";
import { hardestFirst, lostShares } from "../../capsules/overlap-study.js";
import { percentText } from "../../shell/format.js";
import { clamp } from "../../shell/math.js";
import { overlapStudyNow } from "../../state/pair/study.js";
import { truthOf } from "../../state/pair/truths.js";
import { classesText, hardestText, lostText } from "../../words/overlap-study.js";
import { arrowOf, element, partIn, unseen } from "../../widgets/dom.js";

/** How much of its colour the hardest cell takes: more, and its number could no longer be read on it. */
const DEEPEST = 0.5;

/** @typedef {{cell: HTMLTableCellElement, two: TwoClasses}} Cell */

/** @param {Placed<State, Actions>} context */
export function classes(context) {
  matrix(context);
  lost(context);
  asked(context);
}

/** The class names of the network on the page. @param {State} state */
const namesOf = ({ trace }) => trace?.classNames ?? [];

/**
 * The classes of the pair on the page, the smaller first; null where one is not known or both are the same.
 * @param {State} state
 * @returns {string} as a key
 */
function ownOf(state) {
  const labels = /** @type {const} */ ([0, 1]).map((k) => truthOf(state, k)?.label);
  const [a, b] = labels;
  return a === undefined || b === undefined || a === b ? "" : keyOf([Math.min(a, b), Math.max(a, b)]);
}

/** @param {readonly [number, number]} labels */
const keyOf = ([a, b]) => `${a} ${b}`;

/** @param {Placed<State, Actions>} context */
function matrix({ root, store, actions, signal }) {
  const [table, scale] = [partIn(root, "overlap-matrix", HTMLElement), partIn(root, "overlap-scale", HTMLElement)];
  /** By their classes. @type {Map<string, Cell>} */
  let cells = new Map();

  store.watch(
    (state) => [overlapStudyNow(state)],
    (state) => {
      const study = overlapStudyNow(state);
      const names = namesOf(state);
      const ranked = study ? rankedOf(study) : [];
      cells = new Map(ranked.map((two) => [keyOf(two.labels), { cell: makeCell(two, names), two }]));
      table.replaceChildren(...rowsOf(names, cells));
      visit(ranked.length ? ranked[0].labels : null);
      scale.textContent = ranked.length ? `No colour is 0 %, the strongest ${percentText(ranked[0].share)}.` : "";
    },
  );
  store.watch(
    (state) => [overlapStudyNow(state), state.palette],
    ({ palette }) => paint([...cells.values()], palette),
  );
  store.watch(
    (state) => [overlapStudyNow(state), ownOf(state)],
    (state) => cells.forEach(({ cell }, key) => cell.classList.toggle("own", key === ownOf(state))),
  );

  /** The stop of the Tab key. @param {readonly [number, number] | null} labels */
  function visit(labels) {
    cells.forEach(({ cell }, key) => (cell.tabIndex = labels && key === keyOf(labels) ? 0 : -1));
  }

  /** @param {Event} event @returns {readonly [number, number] | null} */
  const labelsAt = ({ target }) => [...cells.values()].find(({ cell }) => cell === target)?.two.labels ?? null;

  table.addEventListener("pointerover", (event) => actions.askClasses(labelsAt(event)), { signal });
  table.addEventListener("pointerleave", () => actions.askClasses(focused()), { signal });
  table.addEventListener("focusin", (event) => (visit(labelsAt(event)), actions.askClasses(labelsAt(event))), {
    signal,
  });
  table.addEventListener("focusout", () => actions.askClasses(null), { signal });
  table.addEventListener("keydown", go, { signal });

  /** The classes that have the focus. */
  const focused = () => [...cells.values()].find(({ cell }) => cell === document.activeElement)?.two.labels ?? null;

  /** @param {KeyboardEvent} event */
  function go(event) {
    const [arrow, from] = [arrowOf(event), labelsAt(event)];
    if (!arrow || !from) return;
    event.preventDefault();
    event.stopPropagation(); // they move nothing else
    const row = clamp(from[1] + arrow[1], 1, namesOf(store.get()).length - 1);
    const column = clamp(from[0] + arrow[0], 0, row - 1);
    cells.get(keyOf([column, row]))?.cell.focus();
  }
}

/** @param {TwoClasses} two @param {readonly string[]} names @returns {HTMLTableCellElement} */
function makeCell({ labels: [a, b], share, pairs }, names) {
  const told = unseen(` % misread of ${pairs} pairs, ${names[a]} and ${names[b]}`);
  return element("td", { role: "gridcell" }, String(Math.round(100 * share)), told);
}

/**
 * The lower triangle: below it the names of its columns.
 * @param {readonly string[]} names
 * @param {Map<string, Cell>} cells
 */
function rowsOf(names, cells) {
  if (!cells.size) return [];
  const heading = (/** @type {string} */ textContent, /** @type {string} */ scope) =>
    element("th", { scope, textContent, role: scope === "row" ? "rowheader" : "columnheader" });
  const rows = names.slice(1).map((name, k) => {
    const own = names.slice(0, k + 1).map((_, a) => cells.get(keyOf([a, k + 1]))?.cell ?? element("td"));
    return element("tr", {}, heading(name, "row"), ...own);
  });
  const foot = element("tr", {}, element("td"), ...names.slice(0, -1).map((name) => heading(name, "col")));
  return [element("tbody", {}, ...rows), element("tfoot", {}, foot)];
}

/** @param {Cell[]} cells the hardest first @param {Palette} palette */
function paint(cells, { surface, positive }) {
  const most = cells[0]?.two.share || 1;
  for (const { cell, two } of cells) {
    cell.style.backgroundColor = css(mix(surface, positive, (DEEPEST * two.share) / most));
  }
}

/** @param {Placed<State, Actions>} context */
function lost({ root, store }) {
  const [list, told] = [partIn(root, "overlap-lost", HTMLElement), partIn(root, "overlap-lost-told", HTMLElement)];
  /** @type {HTMLElement[]} */
  let rows = [];
  store.watch(
    (state) => [overlapStudyNow(state)],
    (state) => {
      const study = overlapStudyNow(state);
      const names = namesOf(state);
      const shares = study ? lostShares(study, names.length) : [];
      const most = Math.max(...shares.map(Number));
      rows = shares.map((share, label) => {
        const bar = element("i");
        bar.style.width = `${(100 * (share ?? 0)) / (most || 1)}%`;
        const number = share === null ? "–" : percentText(share);
        return element("li", {}, element("b", {}, names[label]), element("span", { className: "bar" }, bar), number);
      });
      list.replaceChildren(...rows);
      told.textContent = lostText(shares, names);
    },
  );
  store.watch(
    (state) => [overlapStudyNow(state), askedOf(state)],
    (state) => {
      const two = askedOf(state);
      rows.forEach((row, label) => row.classList.toggle("asked", two?.labels.includes(label) ?? false));
    },
  );
}

/**
 * The classes that are told: those asked about, else those of the pair on the page, else the hardest.
 * @param {State} state
 * @returns {TwoClasses | null}
 */
function askedOf(state) {
  const study = overlapStudyNow(state);
  if (!study) return null;
  const ranked = rankedOf(study);
  const keys = [state.askedClasses ? keyOf(state.askedClasses) : "", ownOf(state)];
  for (const key of keys) {
    const found = ranked.find(({ labels }) => keyOf(labels) === key);
    if (found) return found;
  }
  return ranked[0] ?? null;
}

/** @type {WeakMap<object, TwoClasses[]>} */
const known = new WeakMap();

/** The same list for the same study. @param {import("../../capsules/types.js").OverlapStudy} study */
function rankedOf(study) {
  const ranked = known.get(study) ?? hardestFirst(study);
  known.set(study, ranked);
  return ranked;
}

/** @param {Placed<State, Actions>} context */
function asked({ root, store }) {
  const [told, hardest] = [partIn(root, "overlap-asked", HTMLElement), partIn(root, "overlap-hardest", HTMLElement)];
  store.watch(
    (state) => [overlapStudyNow(state), askedOf(state)],
    (state) => {
      const two = askedOf(state);
      told.textContent = two ? classesText(two, namesOf(state)) : "";
      const study = overlapStudyNow(state);
      hardest.textContent = study ? hardestText(rankedOf(study), namesOf(state)) : "";
    },
  );
}
