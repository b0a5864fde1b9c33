/** The CNN's maps before and after, what they pool to, what is answered, and the picture that they would come from. */
/** @import { Placed } from "../../widgets/dom.js" @import { ScatteredSeen } from "../../state/view/pooling.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { largestPlaces, mapOf, movedWindows, unexplained } from "../../capsules/pooling.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawPicture } from "../../charts/picture.js";
import { drawMap, drawWindows } from "../../charts/pooling.js";
import { maximum } from "../../shell/math.js";
import { contrastCard } from "../../state/view/contrast.js";
import { bothMapsOf, bothOf, mapsToShow, scatteredNow } from "../../state/view/pooling.js";
import { allDigits, equalText, imaginedText, keptText, movedText } from "../../words/pooling.js";
import { canvasIn, drawWhileSeen, element, partIn, speaker } from "../../widgets/dom.js";
import { rove } from "../../widgets/roving.js";

/** What the figure hangs on. @param {State} state */
const shownNow = (state) => [state.scattered.cnn, state.trace, state.viewpoint, state.contrast, state.scatterSeed];

/** @param {Placed<State, Actions>} context */
export function mountCnn(context) {
  absence(context);
  choice(context);
  maps(context);
  pictures(context);
  told(context);
  scores(context);
}

/** @param {Placed<State, Actions>} context */
function absence({ root, store }) {
  const [missing, body] = ["pooling-missing", "pooling-cnn"].map((id) => partIn(root, id, HTMLElement));
  store.watch(
    ({ models, contrast }) => [models, contrast],
    (state) => {
      const isMissing = state.models.length > 0 && !contrastCard(state);
      [missing.hidden, body.hidden] = [!isMissing, isMissing];
    },
  );
  store.watch(shownNow, (state) => body.classList.toggle("behind", scatteredNow(state, "cnn")?.isBehind === true));
}

/** A button for each of the strongest maps. @param {Placed<State, Actions>} context */
function choice(context) {
  const { root, store, actions, signal } = context;
  const strip = partIn(root, "pooling-strip", HTMLElement);
  /** @type {HTMLCanvasElement[]} */
  let canvases = [];
  rove(strip, "button", signal);
  /** @param {State} state */
  const kept = (state) => {
    const found = scatteredNow(state, "cnn")?.found;
    return found ? mapsToShow(state, found) : { strongest: [], shown: 0 };
  };
  store.watch(
    (state) => [kept(state).strongest.join()],
    (state) => {
      canvases = kept(state).strongest.map(() => element("canvas"));
      const buttons = kept(state).strongest.map((map, k) => {
        const button = element("button", { type: "button", "data-map": map, ariaLabel: `map ${map + 1}` }, canvases[k]);
        button.addEventListener("click", () => actions.showPooledMap(map));
        return button;
      });
      strip.replaceChildren(...buttons);
    },
  );
  drawWhileSeen(
    context,
    partIn(root, "pooling-cnn", HTMLElement),
    (state) => [...shownNow(state), state.pooledMap],
    (state) => {
      const found = scatteredNow(state, "cnn")?.found;
      if (!found) return;
      const { before } = bothMapsOf(found, "maps");
      const { strongest, shown } = mapsToShow(state, found);
      canvases.forEach((canvas, k) => {
        const { context: painter, width: side } = fitCanvas(canvas);
        const map = mapOf(before, strongest[k]);
        drawMap(painter, map, before, { side, most: maximum(map), palette: state.palette });
        /** @type {HTMLElement} */ (canvas.parentElement).ariaPressed = String(strongest[k] === shown);
      });
    },
  );
}

/**
 * The map that is shown, before and after.
 * @param {State} state
 * @param {ScatteredSeen} found
 */
function shownMap(state, found) {
  const { before, after } = bothMapsOf(found, "maps");
  const { shown } = mapsToShow(state, found);
  const values = [mapOf(before, shown), mapOf(after, shown)];
  return { number: shown, size: before, values, places: values.map((map) => largestPlaces(map, before)) };
}

/** @param {Placed<State, Actions>} context */
function maps(context) {
  const { root } = context;
  const canvases = ["pooling-before", "pooling-after"].map((id) => canvasIn(root, id));
  const pooled = canvasIn(root, "pooling-pooled");
  const [caption, called] = [
    partIn(root, "pooling-pooled-told", HTMLElement),
    /** @type {HTMLElement} */ (root.querySelector(".pooling-map")),
  ];
  drawWhileSeen(
    context,
    partIn(root, "pooling-cnn", HTMLElement),
    (state) => [...shownNow(state), state.pooledMap],
    (state) => {
      const fitted = canvases.map(fitCanvas);
      const { context: painter, width: side } = fitCanvas(pooled);
      const found = scatteredNow(state, "cnn")?.found;
      if (!found) return;
      const { palette } = state;
      const { number, size, values, places } = shownMap(state, found);
      const most = maximum(values[0]);
      called.textContent = String(number + 1);
      fitted.forEach(({ context: own, width }, k) => {
        const cell = drawMap(own, values[k], size, { side: width, most, palette });
        drawWindows(own, places[k], size, { cell, palette });
      });
      const { before, after } = bothMapsOf(found, "pooled");
      const [one, other] = [mapOf(before, number), mapOf(after, number)];
      drawMap(painter, other, before, { side, most, palette });
      const differing = one.filter((value, k) => value !== other[k]).length;
      caption.textContent = differing
        ? `after the pooling, scattered: ${differing} of ${one.length} numbers differ`
        : `after the pooling: the same ${one.length} numbers from both`;
    },
  );
}

/** @param {Placed<State, Actions>} context */
function pictures(context) {
  const { root } = context;
  for (const [id, name] of [
    ["pooling-saw", "image"],
    ["pooling-imagined", "imagined"],
  ]) {
    const canvas = canvasIn(root, id);
    drawWhileSeen(context, canvas, shownNow, (state) => {
      const { context: painter, width: size } = fitCanvas(canvas);
      const found = scatteredNow(state, "cnn")?.found;
      if (!found) return;
      const { shape, data } = found.tensors[name];
      drawPicture({ ...found.of.trace.geometry, height: shape[0], width: shape[1] }, painter, data, state.palette, {
        left: 0,
        top: 0,
        size,
      });
    });
  }
}

/** @param {Placed<State, Actions>} context */
function told({ root, store }) {
  const lines = [...partIn(root, "pooling-told", HTMLElement).children];
  const canvas = canvasIn(root, "pooling-after");
  const say = speaker(canvas);
  store.watch(
    (state) => [...shownNow(state), state.pooledMap],
    (state) => {
      const found = scatteredNow(state, "cnn")?.found;
      const texts = found ? linesOf(state, found) : [];
      lines.forEach((line, k) => (line.textContent = texts[k] ?? ""));
      say(found ? `The map after: ${texts[0]}` : null);
    },
  );
}

/** @param {State} state @param {ScatteredSeen} found */
function linesOf(state, found) {
  const { number, places } = shownMap(state, found);
  const [before, after] = bothOf(found, "maps");
  const { residual, own_residual: own } = found.metadata;
  return [
    movedText(number + 1, movedWindows(places[0], places[1])),
    equalText(...bothOf(found, "scores")),
    `The last picture is the closest that was found. ${imaginedText({
      residual: Number(residual),
      ofDigit: unexplained(after, before),
      own: Number(own),
    })}`,
    keptText(contrastCard(state)?.architecture === "cnn-global"),
  ];
}

/** @param {Placed<State, Actions>} context */
function scores({ root, store }) {
  const body = /** @type {HTMLTableSectionElement} */ (root.querySelector("#pooling-scores tbody"));
  store.watch(shownNow, (state) => {
    const found = scatteredNow(state, "cnn")?.found;
    if (!found) return body.replaceChildren();
    const [before, after] = bothOf(found, "scores");
    body.replaceChildren(
      ...Array.from(before, (value, label) =>
        element(
          "tr",
          { className: value === after[label] ? "" : "differs" },
          element("th", { scope: "row", textContent: found.of.trace.classNames[label] ?? String(label) }),
          ...[value, after[label]].map((each) => element("td", { textContent: allDigits(each) })),
        ),
      ),
    );
  });
}
