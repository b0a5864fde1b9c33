/** Whose each stroke is: the ink by the reconstructions, by the contributions at each iteration, and by the truth. */
/** @import { Context, Placed } from "../../widgets/dom.js" @import { Owners } from "../../state/pair/owners.js" */
/** @import { Given, Maps } from "../../capsules/owners.js" @import { Trace } from "../../capsules/types.js" */
/** @import { Actions, State } from "../../state/pair/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawOwners } from "../../charts/owners.js";
import { wronglyGiven } from "../../capsules/owners.js";
import { thousands } from "../../shell/format.js";
import { chosenPair } from "../../state/pair/classes.js";
import { ownersOf, whyUntold } from "../../state/pair/owners.js";
import { overlapStudyNow } from "../../state/pair/study.js";
import { className, trainedIterations, wasMeasured } from "../../state/trace/network.js";
import { iterationOf } from "../../state/trace/playhead.js";
import {
  exclusiveText,
  fieldsText,
  givenText,
  iterationText,
  legendText,
  shareText,
  studied,
  studiedText,
  studyText,
  unmeasuredText,
  untoldText,
} from "../../words/owners.js";
import { canvasIn, drawWhileSeen, element, partIn, speaker } from "../../widgets/dom.js";
import { rove } from "../../widgets/roving.js";
import { whenSettled } from "../../widgets/settled.js";

/** The three answers, by the ends of their ids. */
const ANSWERS = /** @type {const} */ (["reconstructions", "contributions", "layers"]);

/**
 * What the figure shows of a pair.
 * @typedef {object} Shown
 * @property {Trace} trace
 * @property {Owners} owners
 * @property {number} iteration at the playhead
 * @property {boolean} isTold whether it can be told what is right
 *
 * @param {State} state
 * @returns {Shown | null} null where there is no pair
 */
function shownIn(state) {
  const { trace } = state;
  const classes = chosenPair(state);
  if (!trace?.layers || !classes) return null;
  const owners = ownersOf(trace, classes);
  return { trace, owners, iteration: iterationOf(state), isTold: whyUntold(state) === null };
}

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountOwners(root, context) {
  const placed = { ...context, root };
  const { store, actions, signal } = context;
  const section = partIn(root, "owners", HTMLElement);
  whenSettled(
    store,
    section,
    ({ trace, source, models, overlapStudy }) => [trace, source, models, overlapStudy],
    async () => Math.max(...(await Promise.all([actions.needOverlapStudy(), actions.needTruths()]))),
    { signal },
  );

  const [showPictures, showShares, showTexts] = [picturesIn(placed), sharesIn(placed), textsIn(placed)];
  drawWhileSeen(
    context,
    section,
    (state) => [
      state.trace,
      iterationOf(state),
      chosenPair(state),
      state.chosenClasses,
      state.truths,
      state.source,
      state.models,
      overlapStudyNow(state),
    ],
    (state) => {
      const shown = shownIn(state);
      showPictures(state, shown);
      showShares(state, shown);
      showTexts(state);
    },
  );
}

const ANSWER_NAMES = {
  reconstructions: "The ink by the reconstructions",
  contributions: "The ink by the contributions",
  layers: "The ink by the true layers",
};

/** @param {Placed<State, Actions>} context @returns {(state: State, shown: Shown | null) => void} */
function picturesIn({ root }) {
  const iteration = partIn(root, "owners-iteration", HTMLElement);
  const parts = ANSWERS.map((name) => {
    const canvas = canvasIn(root, `owners-${name}`);
    return { name, canvas, say: speaker(canvas), told: partIn(root, `owners-${name}-told`, HTMLElement) };
  });

  return (state, shown) => {
    const fitted = parts.map(({ canvas }) => fitCanvas(canvas)); // all before a text changes: one layout
    iteration.textContent = shown ? iterationText(shown.iteration, shown.trace.iterations) : "…";
    parts.forEach(({ name, say, told }, k) => {
      told.textContent = shown ? toldOf(name, shown, state) : "";
      say(shown && `${ANSWER_NAMES[name]}. ${told.textContent}`);
      if (shown) drawAnswer(name, shown, fitted[k], state);
    });
  };
}

/**
 * @param {typeof ANSWERS[number]} name
 * @param {Shown} shown
 * @param {ReturnType<typeof fitCanvas>} fitted
 * @param {State} state
 */
function drawAnswer(name, shown, { context, width }, { palette }) {
  const { trace, owners, isTold } = shown;
  const { maps } = answerOf(name, shown);
  const wrong = isTold && name !== "layers" ? wronglyGiven(maps, owners.exclusive) : null;
  drawOwners(trace.geometry, context, { ink: trace.image, maps, wrong }, palette, { left: 0, top: 0, size: width });
}

/** @param {typeof ANSWERS[number]} name @param {Shown} shown @returns {{maps: Maps, given: Given | null}} */
function answerOf(name, { owners, iteration }) {
  if (name === "layers") return { maps: owners.layers, given: null };
  return name === "contributions" ? owners.contributions[iteration - 1] : owners.reconstructions;
}

/** @param {typeof ANSWERS[number]} name @param {Shown} shown @param {State} state */
function toldOf(name, shown, state) {
  const { owners, iteration, isTold, trace } = shown;
  const { given } = answerOf(name, shown);
  if (name === "layers" || !given) return exclusiveText(owners.exclusive.filter(Boolean).length);
  const ink = overlapStudyNow(state)?.ink?.all;
  const at = (name === "contributions" ? iteration : trace.iterations) - 1;
  return [isTold ? givenText(given) : "", ink ? studiedText(ink[name][at], ink.pairs) : ""].filter(Boolean).join(" ");
}

/** @typedef {ReturnType<typeof makeRow>} Row @param {number} iteration @param {() => void} goThere */
function makeRow(iteration, goThere) {
  const button = element("button", {
    type: "button",
    textContent: String(iteration),
    "data-picture-keep": "",
    "aria-label": `To iteration ${iteration}`,
  });
  button.addEventListener("click", goThere);
  const [share, bar] = [element("td", { className: "owners-share" }), element("i")];
  const ofTests = element("td", { className: "owners-studied" });
  const track = element("td", { "aria-hidden": "true" }, element("span", { className: "bar" }, bar));
  return { row: element("tr", {}, element("td", {}, button), share, track, ofTests), button, share, bar, ofTests };
}

/**
 * A row for each iteration; its number takes the playhead there.
 * @param {Placed<State, Actions>} context
 * @returns {(state: State, shown: Shown | null) => void}
 */
function sharesIn({ root, actions, signal }) {
  const [body, heading, fields] = ["rows", "pairs", "fields"].map((name) =>
    partIn(root, `owners-${name}`, HTMLElement),
  );
  rove(body, "button", signal);
  /** @type {Row[]} */
  let rows = [];

  return (state, shown) => {
    const count = shown?.trace.iterations ?? 0;
    if (rows.length !== count) {
      rows = Array.from({ length: count }, (_, k) => makeRow(k + 1, () => actions.scrub(k + 1)));
      body.replaceChildren(...rows.map(({ row }) => row));
    }
    const ink = overlapStudyNow(state)?.ink?.all;
    fields.textContent = shown?.isTold ? fieldsText(shareText(shown.owners.fields)) : "";
    heading.hidden = !ink;
    heading.textContent = ink ? `${thousands(ink.pairs)} test pairs` : "";
    rows.forEach(({ row, button, share, bar, ofTests }, k) => {
      const isCurrent = shown?.iteration === k + 1;
      row.setAttribute("aria-current", String(isCurrent));
      button.ariaPressed = String(isCurrent);
      const given = shown?.isTold ? shown.owners.contributions[k].given : null;
      share.textContent = given ? shareText(given) : "–";
      bar.style.width = given ? `${(100 * given.right) / given.pixels}%` : "0";
      ofTests.hidden = !ink;
      const measured = ink?.contributions[k];
      ofTests.textContent = measured === undefined ? "–" : studied(measured);
    });
  };
}

/** @param {Placed<State, Actions>} context @returns {(state: State) => void} */
function textsIn({ root }) {
  const [untold, first, second, study] = ["untold", "first", "second", "study"].map((name) =>
    partIn(root, `owners-${name}`, HTMLElement),
  );
  return (state) => {
    const classes = chosenPair(state);
    const reason = whyUntold(state);
    const [a, b] = classes ? classes.map((label) => className(state, label)) : [null, null];
    first.textContent = legendText("A", a, state.chosenClasses !== null);
    second.textContent = legendText("B", b, state.chosenClasses !== null);
    untold.hidden = !reason;
    untold.textContent = reason && a && b ? untoldText(reason, [a, b]) : "";
    study.textContent = aboutTests(state);
  };
}

/** What was measured over test pairs, or that it was not. @param {State} state */
function aboutTests(state) {
  const { trace } = state;
  if (!trace) return "";
  if (wasMeasured(state, "overlap") === false) return unmeasuredText(trace.model);
  const study = overlapStudyNow(state);
  return study ? studyText(study, trainedIterations({ ...state, trace })) : "";
}
