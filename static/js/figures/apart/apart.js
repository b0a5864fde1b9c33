/** Each of two digits alone, beside what the decoder draws of its class capsule. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/pair/subject.js" @import { Which } from "../../state/pair/layers.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawOne } from "../../charts/pair.js";
import { drawPicture } from "../../charts/picture.js";
import { hasInk, layerOf } from "../../capsules/overlap.js";
import { chosenPair, misfit, readClasses, reconstructionOf } from "../../state/pair/classes.js";
import { ENDINGS } from "../../state/pair/layers.js";
import { chosenText, drawnText, layerText } from "../../words/answer.js";
import { buttonIn, canvasIn, drawOn, partIn } from "../../widgets/dom.js";

/** The colour of each layer. */
const COLOURS = /** @type {const} */ (["first", "second"]);

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountApart(root, context) {
  const placed = { ...context, root };
  truePicture(placed, 0);
  truePicture(placed, 1);
  drawnPicture(placed, 0);
  drawnPicture(placed, 1);
  chosen(placed);
}

/** @param {Placed<State, Actions>} context @param {Which} k */
function truePicture(context, k) {
  const { root, store } = context;
  const canvas = canvasIn(root, `true-${ENDINGS[k]}`);
  const told = partIn(root, `true-told-${ENDINGS[k]}`, HTMLElement);
  drawOn(
    context,
    canvas,
    ({ trace }) => [trace],
    ({ trace, palette }) => {
      const { context: painter, width: size } = fitCanvas(canvas);
      if (!trace?.layers) return;
      const layer = layerOf(trace.geometry, trace.layers, k);
      drawPicture(trace.geometry, painter, layer, palette, { left: 0, top: 0, size });
    },
  );
  store.watch(
    ({ trace }) => [trace],
    ({ trace }) => {
      const layer = trace?.layers && layerOf(trace.geometry, trace.layers, k);
      told.textContent = trace && layer ? layerText(!hasInk(layer)) : "";
    },
  );
}

/** @param {Placed<State, Actions>} context @param {Which} k */
function drawnPicture(context, k) {
  const { root, store } = context;
  const [colour, ending] = [COLOURS[k], ENDINGS[k]];
  const canvas = canvasIn(root, `drawn-${ending}`);
  const told = partIn(root, `drawn-told-${ending}`, HTMLElement);
  drawOn(
    context,
    canvas,
    (state) => [state.trace, chosenPair(state)],
    (state) => {
      const { context: painter, width: size } = fitCanvas(canvas);
      const { trace, palette } = state;
      const label = chosenPair(state)?.[k];
      if (!trace?.reconstructions || label === undefined) return;
      const picture = reconstructionOf(trace, label);
      drawOne(trace.geometry, painter, picture, palette[colour], palette, { left: 0, top: 0, size });
    },
  );
  store.watch(
    (state) => [state.trace, chosenPair(state)],
    (state) => {
      const { trace } = state;
      const label = chosenPair(state)?.[k];
      const isThere = trace?.reconstructions && trace.layers && label !== undefined;
      told.textContent = isThere ? drawnText(trace.classNames[label], misfit(trace, label, k)) : "";
    },
  );
}

/** Classes that somebody chose stay until the network is followed again. @param {Placed<State, Actions>} context */
function chosen({ root, store, actions }) {
  const [line, text] = [partIn(root, "chosen-told", HTMLElement), partIn(root, "chosen-text", HTMLElement)];
  const follow = buttonIn(root, "follow-network");
  follow.addEventListener("click", () => actions.chooseClasses(null));
  store.watch(
    ({ trace, chosenClasses }) => [trace, chosenClasses],
    ({ trace, chosenClasses }) => {
      const isChosen = chosenClasses !== null && trace?.reconstructions !== undefined;
      line.hidden = !isChosen;
      text.textContent = isChosen ? chosenText(readClasses(trace).map((label) => trace.classNames[label])) : "";
    },
  );
}
