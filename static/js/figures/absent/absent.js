/** Any two class capsules decoded, also of digits that are not in the picture: the starred columns of Figure 5. */
/** @import { Context, Placed } from "../../widgets/dom.js" @import { Told } from "../../state/pair/absent.js" */
/** @import { Actions, State } from "../../state/pair/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawTwo } from "../../charts/pair.js";
import { drawPicture } from "../../charts/picture.js";
import { lastLengths } from "../../capsules/contributions.js";
import { fixed, lengthText, withArticle } from "../../shell/format.js";
import { ABSENT_LENGTHS, decodedNow, fullLength, toldOf, withAbsent } from "../../state/pair/absent.js";
import { chosenPair } from "../../state/pair/classes.js";
import { ENDINGS, LAYER_NAMES } from "../../state/pair/layers.js";
import { truthOf } from "../../state/pair/truths.js";
import { MASKS } from "../../state/trace/masks.js";
import { classNamesNow } from "../../state/trace/network.js";
import { partOf } from "../../state/trace/parts.js";
import { decodedTold, fullTold } from "../../words/absent.js";
import { buttonIn, canvasIn, drawWhileSeen, element, inputIn, partIn } from "../../widgets/dom.js";
import { rove } from "../../widgets/roving.js";
import { whenSettled } from "../../widgets/settled.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountAbsent(root, context) {
  const { store, actions, signal } = context;
  const placed = { ...context, root };
  const section = partIn(root, "absent", HTMLElement);
  whenSettled(
    store,
    section,
    ({ trace, absentLength }) => [trace, absentLength],
    async () => {
      const isFull = store.get().absentLength === "full";
      return Math.max(...(await Promise.all([isFull ? actions.needMasks() : 0, actions.needTruths()])));
    },
    { signal },
  );
  choice(placed, 0);
  choice(placed, 1);
  switches(placed);
  pictures(placed);
}

/**
 * A button for each class, the longer its bar the longer its capsule.
 * @param {Placed<State, Actions>} context
 * @param {0 | 1} k
 */
function choice({ root, store, actions, signal }, k) {
  const list = partIn(root, `absent-classes-${ENDINGS[k]}`, HTMLElement);
  /** @type {{button: HTMLButtonElement, bar: HTMLElement}[]} */
  let made = [];
  store.watch(
    (state) => [classNamesNow(state)],
    (state) => {
      made = classNamesNow(state).map((name, label) => {
        const bar = element("i");
        const parts = [element("b", { textContent: name }), element("span", { className: "bar" }, bar)];
        const button = element("button", { type: "button", "data-label": label, "aria-pressed": false }, ...parts);
        button.addEventListener("click", () => choose(label));
        return { button, bar };
      });
      list.replaceChildren(...made.map(({ button }) => button));
    },
  );
  rove(list, "button", signal);

  /** Both cannot be the same class: then they change places. @param {number} label */
  function choose(label) {
    const before = chosenPair(store.get());
    if (!before || before[k] === label) return;
    const other = before[1 - k] === label ? before[k] : before[1 - k];
    actions.chooseClasses(k === 0 ? [label, other] : [other, label]);
  }

  store.watch(
    (state) => [classNamesNow(state), state.trace, ...(chosenPair(state) ?? [])],
    (state) => {
      const classes = chosenPair(state);
      const lengths = state.trace && lastLengths(state.trace);
      made.forEach(({ button, bar }, label) => {
        button.disabled = !classes;
        button.ariaPressed = String(classes?.[k] === label);
        bar.style.width = `${100 * (lengths?.[label] ?? 0)}%`;
      });
    },
  );
}

/** @param {Placed<State, Actions>} context */
function switches({ root, store, actions }) {
  const [force, follow] = [buttonIn(root, "absent-force"), buttonIn(root, "absent-follow")];
  force.addEventListener("click", () => {
    const { trace } = store.get();
    const classes = trace && withAbsent(trace, classesThere(store.get()));
    if (classes) actions.chooseClasses(classes);
  });
  follow.addEventListener("click", () => actions.chooseClasses(null));
  store.watch(
    ({ trace, chosenClasses }) => [trace, chosenClasses],
    ({ trace, chosenClasses }) => {
      force.disabled = !trace?.layers || withAbsent(trace) === null;
      follow.disabled = chosenClasses === null;
    },
  );
  for (const length of ABSENT_LENGTHS) {
    const input = inputIn(root, `absent-${length}`);
    input.addEventListener("change", () => actions.decodeAtLength(length));
    store.watch(
      ({ absentLength }) => [absentLength],
      ({ absentLength }) => (input.checked = absentLength === length),
    );
  }
}

/** The classes of the layers, as far as they are known. @param {State} state */
const classesThere = (state) => /** @type {const} */ ([0, 1]).flatMap((k) => truthOf(state, k)?.label ?? []);

/** @param {Placed<State, Actions>} context */
function pictures(context) {
  const { root } = context;
  const place = partIn(root, "absent-pictures", HTMLElement);
  const [saw, both] = [canvasIn(root, "absent-saw"), canvasIn(root, "absent-both")];
  const cards = ENDINGS.map((ending) => cardIn(partIn(root, `absent-${ending}`, HTMLElement)));
  const lines = [...partIn(root, "absent-told", HTMLUListElement).children];
  const lengthTold = partIn(root, "absent-length-told", HTMLElement);

  drawWhileSeen(
    context,
    place,
    (state) => [
      state.trace,
      state.absentLength,
      partOf(state, MASKS),
      ...(chosenPair(state) ?? []),
      truthOf(state, 0),
      truthOf(state, 1),
    ],
    (state) => {
      const fitted = [saw, cards[0].canvas, cards[1].canvas, both].map(fitCanvas);
      const { trace, palette } = state;
      lengthTold.textContent = fullTold(trace && fullLength(trace));
      if (!trace?.layers) return silence(cards, lines);
      const { geometry, image } = trace;
      const boxes = fitted.map(({ width: size }) => ({ left: 0, top: 0, size }));
      drawPicture(geometry, fitted[0].context, image, palette, boxes[0]);
      const decoded = decodedNow(state);
      if (!decoded) return silence(cards, lines);
      const { drawn, full } = decoded;
      drawn.forEach((picture, k) => drawPicture(geometry, fitted[k + 1].context, picture, palette, boxes[k + 1]));
      drawTwo(geometry, fitted[3].context, { a: drawn[0], b: drawn[1], sum: image }, palette, boxes[3]);
      decoded.classes.forEach((label, k) => {
        const told = toldOf(state, trace, label, drawn[k]);
        show(cards[k], told);
        lines[k].textContent = decodedTold(told, full);
      });
    },
  );
}

/** @param {HTMLElement} card */
function cardIn(card) {
  const part = (/** @type {string} */ selector) => /** @type {HTMLElement} */ (card.querySelector(selector));
  const canvas = /** @type {HTMLCanvasElement} */ (card.querySelector("canvas"));
  return {
    canvas,
    called: canvas.ariaLabel,
    name: part(".absent-name"),
    bar: part(".bar i"),
    length: part(".absent-length"),
    strongest: part(".absent-strongest"),
    errors: /** @type {HTMLElement[]} */ ([...card.querySelectorAll(".absent-error")]),
  };
}

/** @typedef {ReturnType<typeof cardIn>} Card */

/** @param {Card} card @param {Told} told */
function show({ canvas, name, bar, length, strongest, errors }, told) {
  name.textContent = told.name;
  bar.style.width = `${100 * told.length}%`;
  length.textContent = lengthText(told.length);
  strongest.textContent = fixed(told.strongest);
  errors.forEach((line, k) => (line.textContent = fixed(told.errorsOfLayers[k], 1)));
  const against = told.errorsOfLayers.map((error, k) => `${fixed(error, 1)} against ${LAYER_NAMES[k]}`);
  canvas.ariaLabel = `What the decoder draws as ${withArticle(told.name)}. Error ${against.join(", ")}.`;
}

/** There is nothing to tell. @param {Card[]} cards @param {Element[]} lines */
function silence(cards, lines) {
  for (const { canvas, called, name, bar, length, strongest, errors } of cards) {
    canvas.ariaLabel = called;
    name.textContent = "…";
    bar.style.width = "0";
    for (const line of [length, strongest, ...errors]) line.textContent = "–";
  }
  for (const line of lines) line.textContent = "";
}
