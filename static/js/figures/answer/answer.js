/** The answer for two digits over each other: the lengths of all classes, and the two digits that the network reads. */
/** @import { Context, Placed } from "../../widgets/dom.js" @import { Trace } from "../../capsules/types.js" */
/** @import { Actions, State, Traced } from "../../state/pair/subject.js" */
/** @import { ReadLayer, ReadPair } from "../../words/answer.js" @import { Which } from "../../state/pair/layers.js" */
import { lastLengths } from "../../capsules/contributions.js";
import { hasInk, layerOf } from "../../capsules/overlap.js";
import { narrowLength } from "../../shell/format.js";
import { readClasses } from "../../state/pair/classes.js";
import { ENDINGS, LAYER_NAMES } from "../../state/pair/layers.js";
import { truthOf } from "../../state/pair/truths.js";
import { cardOf, classNamesNow, isAsTrained } from "../../state/trace/network.js";
import { isBeforeEnd, lengthsNow, placeText } from "../../state/trace/playhead.js";
import { answerText, matchedText, rightText } from "../../words/answer.js";
import { pairErrorText } from "../../words/network.js";
import { element, partIn, unseen } from "../../widgets/dom.js";

/** A name of more letters is written smaller. */
const SHORT_NAME = 2;

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountAnswer(root, context) {
  bars({ ...context, root });
  verdict({ ...context, root });
  testError({ ...context, root });
}

/**
 * The lengths at the playhead, as in the picture of the routing. The two that are marked are the answer, which is of
 * the last iteration.
 * @param {Placed<State, Actions>} context
 */
function bars({ root, store }) {
  const [list, when] = [partIn(root, "answer-bars", HTMLElement), partIn(root, "answer-when", HTMLElement)];
  /** @type {Row[]} */
  let rows = [];
  store.watch(
    (state) => [classNamesNow(state)],
    (state) => {
      rows = classNamesNow(state).map(makeRow);
      list.replaceChildren(...rows.map(({ item }) => item));
    },
    { turn: "first" },
  );
  store.watch(
    (state) => [classNamesNow(state), state.trace, state.playhead, state.iterations],
    (state) => {
      const trace = pairIn(state);
      const lengths = trace && lengthsNow(/** @type {Traced} */ (state));
      const read = trace && readClasses(trace).map((label, k) => (isEmpty(trace, k) ? null : label));
      rows.forEach((row, label) => tell(row, lengths?.[label] ?? null, read?.indexOf(label) ?? -1));
      when.textContent = trace ? `Lengths of the class capsules, ${placeText(state)}` : "Lengths of the class capsules";
    },
    { turn: "first" },
  );
}

/**
 * @typedef {ReturnType<typeof makeRow>} Row
 * @param {string} name of the class
 */
function makeRow(name) {
  const [bar, length, matched] = [element("i"), element("span", { className: "length" }), unseen("")];
  const mark = element("span", { className: "matched", "aria-hidden": true });
  const called = unseen("");
  const item = element(
    "li",
    {},
    unseen("Class "),
    element("b", { textContent: name }),
    element("span", { className: "bar" }, bar),
    called,
    length,
    mark,
    matched,
  );
  return { item, bar, called, length, mark, matched };
}

/** @param {Row} row @param {number | null} length null without a trace @param {number} k the layer; −1 for none */
function tell({ item, bar, called, length: written, mark, matched }, length, k) {
  bar.style.width = `${(100 * (length ?? 0)).toFixed(1)}%`;
  const text = length === null ? "" : narrowLength(length);
  if (written.textContent !== text) {
    written.textContent = text;
    called.textContent = text && ", length ";
  }
  const name = LAYER_NAMES[k] ?? "";
  if (mark.textContent === name) return;
  mark.textContent = name;
  matched.textContent = name && matchedText(name);
  ENDINGS.forEach((ending, layer) => item.classList.toggle(`of-${ending}`, layer === k));
}

/** @param {Placed<State, Actions>} context */
function verdict({ root, store }) {
  const [says, right, told] = ["pair-says", "pair-right", "pair-told"].map((id) => partIn(root, id, HTMLElement));
  const names = ENDINGS.map((ending) => partIn(root, `read-${ending}`, HTMLElement));
  store.watch(
    (state) => [state.trace, state.models, isBeforeEnd(state), truthOf(state, 0), truthOf(state, 1)],
    (state) => {
      const trace = pairIn(state);
      const pair = trace && readPair(state, trace);
      says.textContent = isBeforeEnd(state) ? "It will read" : "It reads";
      says.title = isBeforeEnd(state) ? "After the last iteration" : "";
      names.forEach((name, k) => {
        name.textContent = pair?.[k].read ?? "–";
        name.classList.toggle("meaningless", !pair || pair[k].isEmpty);
        name.classList.toggle("long", (pair?.[k].read.length ?? 0) > SHORT_NAME);
      });
      right.textContent = pair ? rightText(pair) : "";
      told.textContent =
        trace && pair ? answerText(pair, { isAsTrained: isAsTrained({ trace, models: state.models }) }) : "";
    },
    { turn: "first" },
  );
}

/** How often the network errs. @param {Placed<State, Actions>} context */
function testError({ root, store }) {
  const line = partIn(root, "pair-error", HTMLElement);
  store.watch(
    ({ models, model }) => [models, model],
    (state) => {
      const card = cardOf(state);
      line.textContent = card ? pairErrorText(card) : "";
    },
  );
}

/** The trace, where it is of a pair. @param {State} state */
const pairIn = ({ trace }) => (trace?.layers && trace.reconstructions ? trace : null);

/** @param {Trace} trace of a pair @param {number} k */
const isEmpty = ({ geometry, layers }, k) => !hasInk(layerOf(geometry, /** @type {Float32Array} */ (layers), k));

/** @param {State} state @param {Trace} trace of a pair @returns {ReadPair} */
function readPair(state, trace) {
  const [a, b] = readClasses(trace);
  return [readLayer(state, trace, 0, a), readLayer(state, trace, 1, b)];
}

/** @param {State} state @param {Trace} trace of a pair @param {Which} k @param {number} label @returns {ReadLayer} */
function readLayer(state, trace, k, label) {
  const truth = truthOf(state, k);
  const { classNames } = trace;
  return {
    layer: LAYER_NAMES[k],
    read: classNames[label],
    length: lastLengths(trace)[label],
    isEmpty: isEmpty(trace, k),
    truth: truth && { name: classNames[truth.label] ?? String(truth.label), by: truth.by },
  };
}
