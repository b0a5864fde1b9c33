/** The same sum in a network that has never seen two digits. */
/** @import { Context, Placed } from "../../widgets/dom.js" @import { Answer } from "../../capsules/types.js" */
/** @import { Actions, State } from "../../state/pair/subject.js" @import { Rgb } from "../../shell/theme.js" */
/** @import { ReadAsOne } from "../../state/pair/one-digit.js" @import { Reading } from "../../words/one-digit.js" */
import { lastLengths } from "../../capsules/contributions.js";
import { geometryOf } from "../../capsules/geometry.js";
import { drawBars } from "../../charts/bars.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawGauge } from "../../charts/gauge.js";
import { drawPicture } from "../../charts/picture.js";
import { fixed, lengthEquation, lengthText } from "../../shell/format.js";
import { ENDINGS } from "../../state/pair/layers.js";
import { fitAsOne, oneDigitCard, readAsOne } from "../../state/pair/one-digit.js";
import { truthOf } from "../../state/pair/truths.js";
import { errorText } from "../../words/fit.js";
import { conclusions, fitText } from "../../words/one-digit.js";
import { canvasIn, drawOn, element, partIn, speaker } from "../../widgets/dom.js";
import { whenSettled } from "../../widgets/settled.js";

/** The pictures that are read, by the ends of the ids of their parts. */
const KEYS = /** @type {const} */ (["sum", ...ENDINGS]);

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountOneDigit(root, context) {
  const placed = { ...context, root };
  const { store, actions, signal } = context;
  whenSettled(
    store,
    partIn(root, "one-digit", HTMLElement),
    ({ trace, source, models }) => [trace, source, models],
    async () => Math.max(...(await Promise.all([actions.needTruths(), needReading(actions)]))),
    { signal },
  );
  network(placed);
  KEYS.forEach((key) => row(placed, key));
  lengths(placed);
  gauge(placed);
  conclusion(placed);
}

/** What it reads, and then what that is held against. @param {Actions} actions @returns {Promise<number>} */
const needReading = async (actions) => (await actions.needOneDigit()) || actions.needOneDigitGauge();

/** Which network it is, and the size of what it sees. @param {Placed<State, Actions>} context */
function network({ root, store }) {
  const [name, size, missing, study] = ["name", "size", "missing", "study"].map((part) =>
    partIn(root, `one-digit-${part}`, HTMLElement),
  );
  store.watch(
    (state) => [state.trace, oneDigitCard(state)],
    (state) => {
      const card = oneDigitCard(state);
      const isMissing = state.trace !== null && !card;
      [missing.hidden, study.hidden] = [!isMissing, isMissing];
      if (!card) return;
      const { height, width } = geometryOf(card);
      [name.textContent, size.textContent] = [card.name, `${height} × ${width}`];
    },
  );
}

/**
 * What was read in one of the pictures.
 * @param {ReadAsOne | null} read
 * @param {typeof KEYS[number]} key
 */
const answerOf = (read, key) => (read && (key === "sum" ? read.sum : read.alone[ENDINGS.indexOf(key)])) ?? null;

/**
 * One picture, what is drawn of it, and what is read.
 * @param {Placed<State, Actions>} context
 * @param {typeof KEYS[number]} key
 */
function row(context, key) {
  const { root } = context;
  const item = partIn(root, `one-digit-${key}`, HTMLElement);
  const canvases = ["saw", "drew"].map((part) => canvasIn(root, `one-digit-${part}-${key}`));
  const [answered, length, error, fits] = ["answer", "length", "error", "fit"].map((part) =>
    partIn(root, `one-digit-${part}-${key}`, HTMLElement),
  );
  drawOn(
    context,
    item,
    (state) => [readAsOne(state), state.oneDigitGauge],
    (state) => {
      const read = readAsOne(state);
      const answer = answerOf(read, key);
      item.hidden = read !== null && answer === null;
      const painters = canvases.map(fitCanvas);
      const fit = answer && fitAsOne(state, answer);
      answered.textContent = read && answer ? read.card.class_names[answer.label] : "–";
      length.textContent = answer ? lengthEquation(answer.lengths[answer.label]) : "";
      error.textContent = fit ? `Σ² ${fixed(fit.error, 1)}` : "";
      fits.textContent = fitText(fit);
      fits.classList.toggle("bad", fit?.isBad === true);
      if (!read || !answer) return;
      [answer.image, answer.reconstruction].forEach((picture, k) => {
        const { context: painter, width: size } = painters[k];
        drawPicture(geometryOf(read.card), painter, picture, state.palette, { left: 0, top: 0, size });
      });
    },
  );
}

/** What both digits are. Where that is not known, no other network's reading stands for it. @param {State} state */
const truthsOf = (state) => /** @type {const} */ ([truthOf(state, 0), truthOf(state, 1)]);

/** The known classes of A and B in their colours. @param {State} state @returns {Record<number, Rgb>} */
function coloursOf(state) {
  const { first, second } = state.palette;
  return Object.fromEntries(truthsOf(state).flatMap((truth, k) => (truth ? [[truth.label, [first, second][k]]] : [])));
}

/** The lengths of all classes in both networks. @param {Placed<State, Actions>} context */
function lengths(context) {
  const [pairs, bars] = ["one-digit-pairs", "one-digit-bars"].map((id) => canvasIn(context.root, id));
  const [sayPairs, sayBars] = [pairs, bars].map(speaker);
  drawOn(
    context,
    partIn(context.root, "one-digit-study", HTMLElement),
    (state) => [state.trace, readAsOne(state), ...truthsOf(state)],
    (state) => {
      const [left, right] = [fitCanvas(pairs), fitCanvas(bars)];
      const { trace, palette } = state;
      const read = readAsOne(state);
      if (!trace) return void (sayPairs(null), sayBars(null));
      const colours = coloursOf(state);
      const last = lastLengths(trace);
      const names = trace.classNames;
      drawBars(left.context, last, { ...left, palette, lit: trace.label, names, colours });
      sayPairs(lengthsText("the network for pairs", last, names));
      if (!read) return sayBars(null);
      drawBars(right.context, read.sum.lengths, { ...right, palette, lit: read.sum.label, names, colours });
      sayBars(lengthsText("the network for one digit", read.sum.lengths, names));
    },
  );
}

/** @param {string} network @param {ArrayLike<number>} all (C) @param {readonly string[]} names */
const lengthsText = (network, all, names) =>
  `Lengths in ${network}: ${Array.from(all, (length, label) => `${names[label]} ${lengthText(length)}`).join(", ")}`;

/** @param {Placed<State, Actions>} context */
function gauge(context) {
  const canvas = canvasIn(context.root, "one-digit-gauge");
  const say = speaker(canvas);
  drawOn(
    context,
    canvas,
    (state) => [readAsOne(state), state.oneDigitGauge],
    (state) => {
      const { context: painter, width, height } = fitCanvas(canvas);
      const answer = answerOf(readAsOne(state), "sum");
      const fit = answer && fitAsOne(state, answer);
      if (!fit) return say(null);
      drawGauge(painter, fit, { width, height, palette: state.palette, called: "this sum" });
      say(errorText({ error: fit.error, median: fit.quantiles[50], high: fit.quantiles[99] }, "The sum"));
    },
  );
}

/** @param {Placed<State, Actions>} context */
function conclusion({ root, store }) {
  const list = partIn(root, "one-digit-so", HTMLElement);
  store.watch(
    (state) => [readAsOne(state), state.oneDigitGauge, ...truthsOf(state)],
    (state) => {
      const read = readAsOne(state);
      list.replaceChildren(...(read ? told(state, read) : []).map((textContent) => element("li", { textContent })));
    },
  );
}

/** @param {State} state @param {ReadAsOne} read */
function told(state, { card, sum, alone }) {
  /** @param {Answer} answer @returns {Reading} */
  const readingOf = (answer) => ({ ...answer, fit: fitAsOne(state, answer) });
  return conclusions({
    sum: readingOf(sum),
    alone: alone.map((answer) => answer && readingOf(answer)),
    truths: truthsOf(state),
    names: card.class_names,
  });
}
