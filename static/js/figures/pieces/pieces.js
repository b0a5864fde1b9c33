/** The digit whole and in wrong arrangements of its parts: what every network says of each, and how surely. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Pieced, Reader } from "../../state/view/pieces.js" */
/** @import { Pieces } from "../../capsules/viewpoint.js" @import { Said } from "../../words/pieces.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { PIECES } from "../../capsules/viewpoint.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawPicture } from "../../charts/picture.js";
import { capital, withArticle } from "../../shell/format.js";
import { fitOfView, piecesOf, piecesTrouble, readersOf, saidOf, sureAbove } from "../../state/view/pieces.js";
import { cnnCards } from "../../state/view/contrast.js";
import { className } from "../../state/trace/network.js";
import { troubleOf } from "../../state/trace/troubles.js";
import {
  ARRANGED,
  fitText,
  measuredText,
  missingText,
  networkText,
  scoreText,
  surelyText,
} from "../../words/pieces.js";
import { drawWhileSeen, element, partIn } from "../../widgets/dom.js";
import { whenSettled } from "../../widgets/settled.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountPieces(root, context) {
  const { store, actions, signal } = context;
  const placed = { ...context, root };
  whenSettled(
    store,
    partIn(root, "pieces", HTMLElement),
    ({ trace, viewpoint, models }) => [trace, viewpoint, models],
    actions.needPieces,
    { signal },
  );
  columns(placed);
  told(placed);
  missing(placed);
}

/** What the figure hangs on. @param {State} state */
const shownNow = (state) => [state.pieced, state.studies, state.trace, state.viewpoint, state.models, state.gauge];

/** @param {State} state @param {Reader} reader @returns {{views: Pieced["views"], said: Said[]} | null} */
function answersOf(state, reader) {
  const found = piecesOf(state, reader.name);
  if (!found) return null;
  const above = sureAbove(state, reader);
  const said = saidOf(found.views, above).map((one) => ({ ...one, name: className(state, one.label) }));
  return { views: found.views, said };
}

/** Whether an answer is of another digit than the one on the page. @param {State} state */
const isBehind = (state) => readersOf(state).some(({ name }) => piecesOf(state, name)?.isBehind);

/** A column for each arrangement, anew where there are other networks. @param {Placed<State, Actions>} context */
function columns(context) {
  const { root, store } = context;
  const place = partIn(root, "pieces-columns", HTMLElement);
  const missing = partIn(root, "pieces-missing", HTMLElement);
  /** @type {ReturnType<typeof makeColumn>[]} */
  let made = [];
  store.watch(
    (state) => [
      readersOf(state)
        .map(({ name }) => name)
        .join(),
    ],
    (state) => {
      made = PIECES.map((pieces) => makeColumn(context, pieces, readersOf(state)));
      place.replaceChildren(...made.map(({ column }) => column));
    },
  );
  store.watch(
    ({ models }) => [models],
    (state) => (missing.hidden = state.models.length === 0 || cnnCards(state).length > 0),
  );
  drawWhileSeen(context, place, shownNow, (state) => {
    place.classList.toggle("behind", isBehind(state));
    made.forEach(({ show }, k) => show(state, k));
  });
}

/**
 * @param {Placed<State, Actions>} context
 * @param {Pieces} pieces
 * @param {Reader[]} readers
 */
function makeColumn({ actions }, pieces, readers) {
  const seen = element("canvas", { className: "picture", role: "img", ariaLabel: `The picture, ${ARRANGED[pieces]}` });
  const button = element("button", {
    type: "button",
    "data-pieces": pieces,
    "data-picture-skip": "",
    ariaLabel: `Show above: ${ARRANGED[pieces]}`,
    textContent: "Show above",
  });
  button.addEventListener("click", () => actions.turnTo({ pieces }));
  const parts = readers.map((reader) => makeReader(reader, pieces));
  const column = element(
    "article",
    { className: "pieces-column" },
    element("h3", { textContent: ARRANGED[pieces] }),
    seen,
    button,
    ...parts.map(({ part }) => part),
  );

  return {
    column,
    /** @param {State} state @param {number} k which of the arrangements */
    show(state, k) {
      button.ariaPressed = String(state.viewpoint.pieces === pieces);
      const first = readers.map((reader) => answersOf(state, reader)).find(Boolean);
      paint(state, seen, first?.views[k].image);
      parts.forEach(({ show }) => show(state, k));
    },
  };
}

/** What one network says of one arrangement. @param {Reader} reader @param {Pieces} pieces */
function makeReader(reader, pieces) {
  const [name, score, surely] = [element("b"), element("span"), element("span")];
  const [fit, measured] = [element("p", { className: "caption" }), element("p", { className: "caption" })];
  const drawn = element("canvas", { className: "picture", role: "img" });
  const drew = reader.hasCapsules ? [drawn, fit] : [];
  const said = element("p", { className: "pieces-said" }, name, score, surely);
  const part = element(
    "div",
    { className: "pieces-reader", "data-reader": reader.name },
    element("h4", { textContent: reader.title }),
    said,
    ...drew,
    measured,
  );

  return {
    part,
    /** @param {State} state @param {number} k */
    show(state, k) {
      const answers = answersOf(state, reader);
      const one = answers?.said[k];
      name.textContent = one?.name ?? "–";
      score.textContent = one ? scoreText(one, reader.hasCapsules) : "";
      surely.textContent = one ? surelyText(one) : "";
      surely.classList.toggle("sure", one?.isSure === true);
      const counts = state.studies[reader.name];
      measured.textContent = counts ? measuredText(counts.digits, counts.pieces[pieces]) : "";
      if (!reader.hasCapsules) return;
      const view = answers?.views[k];
      drawn.ariaLabel = one
        ? `What the decoder draws of it as ${withArticle(one.name)}`
        : "What the decoder draws of it";
      fit.textContent = view ? fitText(fitOfView(state, view)) : "";
      paint(state, drawn, view?.reconstruction);
    },
  };
}

/** @param {State} state @param {HTMLCanvasElement} canvas @param {Float32Array} [picture] */
function paint({ trace, palette }, canvas, picture) {
  const { context: painter, width: size } = fitCanvas(canvas);
  if (trace && picture) drawPicture(trace.geometry, painter, picture, palette, { left: 0, top: 0, size });
}

/** @param {Placed<State, Actions>} context */
function told({ root, store }) {
  const list = partIn(root, "pieces-told", HTMLElement);
  store.watch(shownNow, (state) => {
    list.classList.toggle("behind", isBehind(state));
    const texts = readersOf(state).flatMap((reader) => {
      const said = answersOf(state, reader)?.said;
      return said ? networkText(capital(reader.title), said[0], said.slice(1)) : [];
    });
    list.replaceChildren(...texts.map((textContent) => element("li", { textContent })));
  });
}

/** What no network could say, and why. @param {Placed<State, Actions>} context */
function missing({ root, store }) {
  const line = partIn(root, "pieces-trouble", HTMLElement);
  store.watch(
    (state) => [state.troubles, state.trace, state.models],
    (state) => {
      const reasonOf = (/** @type {Reader} */ { name }) => troubleOf(state, piecesTrouble(name));
      const texts = readersOf(state).map((reader) => missingText(reader.title, reasonOf(reader)));
      line.textContent = texts.filter(Boolean).join(" ");
      line.hidden = !line.textContent;
    },
  );
}
