/** Votes as pictures: the whole that each of the strongest parts expects, and the sum of the parts as it grows. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State, Traced } from "../../state/trace/subject.js" */
/** @import { Wholes } from "../../capsules/types.js" @import { Row } from "./row.js" */
import { maximum } from "../../shell/math.js";
import { measure } from "../../shell/timing.js";
import { shownClass } from "../../state/trace/choosing.js";
import { runnerUp } from "../../state/trace/measures.js";
import { className, classNamesNow, geometryNow, wasMeasured } from "../../state/trace/network.js";
import { iterationOf } from "../../state/trace/playhead.js";
import { sumAt, wholeLabels, wholesNow } from "../../state/trace/wholes.js";
import { agreementText, agreementUnknownText, partsText, roleText, verdictText } from "../../words/wholes.js";
import { buttonIn, drawWhileSeen, element, inputIn, partIn, selectIn } from "../../widgets/dom.js";
import { whenSettled } from "../../widgets/settled.js";
import { makeRow, sumsFor, sumsOf } from "./row.js";

/** So long must a drawing stand still before its votes are drawn: a hand that draws brings a trace more often. */
const SETTLE_MS = 40;

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountWholes(root, context) {
  const placed = { ...context, root };
  const place = partIn(root, "whole-rows", HTMLElement);
  const verdict = partIn(root, "whole-verdict", HTMLElement);
  const when = partIn(root, "whole-when", HTMLElement);
  const rows = [makeRow(context), makeRow(context)];
  partIn(root, "whole-pair", HTMLElement).append(...rows.map((row) => row.root));
  const asked = asking(placed);

  /** @param {State} state */
  function draw(state) {
    const wholes = wholesNow(state);
    if (!state.trace || !wholes) {
      rows.forEach((row) => row.clear());
      [verdict.textContent, when.textContent] = ["", ""];
      return;
    }
    const traced = /** @type {Traced} */ (state);
    drawRows(rows, traced, wholes);
    when.textContent = whenText(traced, wholes);
    const said = verdictOf(traced, wholes);
    if (said !== verdict.textContent) verdict.textContent = said; // it is read aloud whenever it is written
    asked.shown(wholes);
  }

  drawWhileSeen(
    context,
    place,
    (state) => [
      state.trace,
      geometryNow(state),
      wholesNow(state),
      state.addedParts,
      state.hoveredCapsule,
      state.pinnedCapsules,
    ],
    draw,
  );
  adding(placed);
  choosing(placed);
  measured(placed);
}

/** @param {Row[]} rows @param {Traced} state @param {Wholes} wholes */
function drawRows(rows, state, wholes) {
  const place = sumAt(wholes.counts, state.addedParts);
  const strongest = maximum(wholes.strengths);
  rows.forEach((row, k) =>
    row.draw(state, wholes, {
      k: k ? 1 : 0,
      place,
      strongest,
      text: roleText(className(state, wholes.labels[k]), roleOf(state, wholes.labels, k)),
    }),
  );
}

/** @param {Traced} state @param {Float32Array} labels @param {number} k */
function roleOf({ trace }, labels, k) {
  if (labels[k] === trace.label) return "wins";
  if (k === 0) return "selected";
  return labels[k] === runnerUp(trace, labels[0]) ? "runner-up" : "other";
}

/** @param {Traced} state @param {Wholes} wholes */
function verdictOf(state, wholes) {
  const { poseDim } = state.trace.geometry;
  const [first, second] = [0, 1].map((k) =>
    sumsFor(wholes, k, { name: className(state, wholes.labels[k]), grown: sumsOf(wholes, k, poseDim) }),
  );
  const isFirst = first.length >= second.length;
  const label = wholes.labels[isFirst ? 0 : 1];
  const shown = {
    isWinner: label === state.trace.label && wholes.at === state.trace.iterations,
    votes: wholes.parts.length / wholes.labels.length,
  };
  return isFirst ? verdictText(first, second, shown) : verdictText(second, first, shown);
}

/** @param {Traced} state @param {Wholes} wholes */
function whenText({ trace }, { at, strengths }) {
  return `After iteration ${at} of ${trace.iterations}. A full bar is c‖û‖ = ${maximum(strengths).toFixed(2)}, that of the strongest vote in both rows. The small line is c over the iterations. The grey line is 1/${trace.geometry.classes}, where every c begins.`;
}

/**
 * Ask when the figure is on the screen and the drawing stands still, and measure from the drawing's trace on.
 * @param {Placed<State, Actions>} context
 */
function asking({ root, store, actions, signal }) {
  const section = partIn(root, "wholes", HTMLElement);
  let tracedAt = performance.now();
  /** @type {Wholes | null} */
  let shown = null;
  store.watch(
    ({ trace }) => [trace],
    () => (tracedAt = performance.now()),
  );
  whenSettled(
    store,
    section,
    (state) => [state.trace, String(wholeLabels(state)), iterationOf(state)],
    actions.needWholes,
    { settleMs: SETTLE_MS, signal },
  );
  whenSettled(store, section, ({ trace, models }) => [trace?.model, models], actions.needAgreement, { signal });
  return {
    /** @param {Wholes} wholes that were just drawn */
    shown(wholes) {
      if (wholes === shown) return;
      shown = wholes;
      measure("capsnet:wholes", { start: tracedAt });
    },
  };
}

/** How many parts are added. @param {Placed<State, Actions>} context */
function adding({ root, store, actions }) {
  const [slider, play] = [inputIn(root, "added-parts"), buttonIn(root, "add-parts")];
  const said = partIn(root, "added-text", HTMLElement);
  /** @type {ArrayLike<number>} */
  let counts = [];
  slider.addEventListener("input", () => {
    const count = counts[slider.valueAsNumber];
    actions.addParts(slider.valueAsNumber === counts.length - 1 ? null : count);
  });
  play.addEventListener("click", () => actions.toggleAdding());
  store.watch(
    (state) => [wholesNow(state), state.addedParts, state.adding],
    (state) => {
      const wholes = wholesNow(state);
      for (const control of [slider, play]) control.disabled = !wholes;
      play.textContent = state.adding ? "Pause" : "Add the parts";
      if (!wholes) return;
      counts = wholes.counts;
      const place = sumAt(counts, state.addedParts);
      slider.max = String(counts.length - 1);
      slider.value = String(place);
      const all = counts[counts.length - 1];
      said.textContent = partsText(counts[place], all);
      slider.ariaValueText = said.textContent;
    },
  );
}

/** The class beside the shown one. @param {Placed<State, Actions>} context */
function choosing({ root, store, actions }) {
  const select = selectIn(root, "whole-class");
  const follow = element("option", { value: "" });
  select.addEventListener("change", () => actions.compareWith(select.value === "" ? null : Number(select.value)));
  store.watch(
    (state) => [classNamesNow(state)],
    (state) => {
      const names = classNamesNow(state).map((textContent, value) => element("option", { value, textContent }));
      select.replaceChildren(follow, ...names);
    },
  );
  store.watch(
    (state) => [classNamesNow(state), state.againstClass, state.trace, shownClass(state)],
    (state) => {
      const { trace } = state;
      const first = shownClass(state);
      follow.textContent =
        trace && first !== null
          ? `${className(state, runnerUp(trace, first))}, the longest other class`
          : "the longest other class";
      for (const option of select.options) option.disabled = option.value === String(first);
      select.value = state.againstClass === first ? "" : String(state.againstClass ?? "");
    },
  );
}

/** What was measured over test digits. @param {Placed<State, Actions>} context */
function measured({ root, store }) {
  const place = partIn(root, "whole-study", HTMLElement);
  store.watch(
    (state) => [state.trace?.model, state.agreementStudy, state.models, state.task],
    (state) => {
      const { trace, agreementStudy: study } = state;
      if (!trace) place.textContent = "";
      else if (wasMeasured(state, "agreement") === false) {
        // Of two digits this is not measured: there the two longest are no winner and his rival.
        place.textContent = state.task === "digit" ? agreementUnknownText(trace.model) : "";
      } else place.textContent = study?.model === trace.model ? agreementText(study) : "";
    },
  );
}
