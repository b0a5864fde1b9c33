/** What was measured of the chosen dimension: its spread, its place, and the measures that follow it. */
/** @import { Dimension, Dimensions, Evidence } from "../../capsules/types.js" */
/** @import { Context } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/digit/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawMeasure, drawPlace, drawSpread } from "../../charts/evidence.js";
import { drawDifference } from "../../charts/picture.js";
import { fixed } from "../../shell/format.js";
import {
  CHOOSE_A_ROW,
  UNMEASURED,
  evidenceText,
  placeText,
  sourceText,
  spreadSaid,
  spreadText,
} from "../../words/dials.js";
import { measureText } from "../../words/naming.js";
import { COLUMNS } from "../../capsules/reach.js";
import { pictureAt } from "../../capsules/perturbations.js";
import { dialName, dimensionsOf, isUnmeasured } from "../../state/digit/dimensions.js";
import { perturbationsNow } from "../../state/digit/perturbations.js";
import { foundPose, shownClass } from "../../state/trace/choosing.js";
import { className, geometryNow } from "../../state/trace/network.js";
import { canvasIn, drawOn, element, partIn } from "../../widgets/dom.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountEvidence(root, context) {
  const { store } = context;
  const [title, text, source] = ["title-evidence", "evidence-text", "evidence-source"].map((id) =>
    partIn(root, id, HTMLElement),
  );
  const place = partIn(root, "evidence", HTMLElement);
  const [plots, measures] = [partIn(root, "evidence-plots", HTMLElement), partIn(root, "measures", HTMLElement)];

  /** @param {State} state */
  function write(state) {
    const measured = dimensionsOf(state);
    const d = state.chosenDimension;
    plots.hidden = !measured || d === null;
    place.toggleAttribute("data-picture-skip", d === null);
    title.textContent = d === null ? "What a dimension means" : `${d + 1} ${dialName(state, d)}`;
    text.textContent = textOf(state);
    source.textContent = measured && d !== null ? sourceText(measured, className(state, measured.label)) : "";
    if (!measured || d === null) return;
    const { evidence } = measured.dimensions[d];
    if (measures.childElementCount !== evidence.length) measures.replaceChildren(...evidence.map(makeMeasure));
  }

  drawOn(
    context,
    place,
    (state) => [
      state.chosenDimension,
      dimensionsOf(state),
      isUnmeasured(state),
      state.dialNames,
      state.trace,
      perturbationsNow(state),
    ],
    (state) => {
      write(state);
      drawEvidence(root, state, measures);
    },
  );
  store.watch((state) => [shownClass(state)], write);
}

/**
 * @param {HTMLElement} root
 * @param {State} state
 * @param {HTMLElement} measures where the plots of the measures stand
 */
function drawEvidence(root, state, measures) {
  const d = state.chosenDimension;
  const [measured, found] = [dimensionsOf(state), foundPose(state)];
  if (d === null || !measured || !found) return;
  const dimension = measured.dimensions[d];
  drawSpreadOf(root, state, measured, d);
  drawPlaceOf(root, state, dimension, d);
  const sorted = [...dimension.evidence].sort((a, b) => Math.abs(b.effect) - Math.abs(a.effect));
  sorted.forEach((evidence, k) => {
    const look = { offsets: measured.offsets, lit: dimension.measures.includes(evidence.measure) };
    drawMeasureOf(state, evidence, look, measures.children[k]);
  });
}

/**
 * How the class is spread over the dimension.
 * @param {HTMLElement} root
 * @param {State} state
 * @param {Dimensions} measured
 * @param {number} d the dimension, from 0
 */
function drawSpreadOf(root, state, { dimensions, label, reach }, d) {
  const canvas = canvasIn(root, "spread");
  const fitted = fitCanvas(canvas);
  const dimension = dimensions[d];
  const found = foundPose(state)?.[d] ?? 0;
  drawSpread(fitted.context, dimension, found, { ...fitted, palette: state.palette, reach });
  partIn(root, "spread-caption", HTMLElement).textContent = spreadText(className(state, label), reach, found);
  canvas.ariaLabel = spreadSaid(dimension, found);
}

/**
 * Where the picture changes.
 * @param {HTMLElement} root
 * @param {State} state
 * @param {Dimension} dimension
 * @param {number} d its number, from 0
 */
function drawPlaceOf(root, state, dimension, d) {
  const { palette } = state;
  const [perturbations, geometry, canvas] = [perturbationsNow(state), geometryNow(state), canvasIn(root, "place")];
  const { context, width: size } = fitCanvas(canvas);
  if (!geometry) return;
  if (perturbations) {
    const [first, last] = [0, COLUMNS - 1].map((column) => pictureAt(geometry, perturbations, d, column));
    drawDifference(geometry, context, last, first, palette, { left: 0, top: 0, size });
  }
  drawPlace(geometry, context, dimension.place, palette, size);
  const { x, y, name } = dimension.place;
  partIn(root, "place-caption", HTMLElement).textContent = placeText(name);
  canvas.ariaLabel = `The change is centred on column ${fixed(x, 0)}, row ${fixed(y, 0)}: ${name}`;
}

/**
 * @param {State} state
 * @param {Evidence} evidence
 * @param {{offsets: number[], lit: boolean}} look
 * @param {Element} figure
 */
function drawMeasureOf({ palette }, evidence, { offsets, lit }, figure) {
  const [canvas, caption] = figure.children;
  if (!(canvas instanceof HTMLCanvasElement)) return;
  const { context, width, height } = fitCanvas(canvas);
  drawMeasure(context, evidence, offsets, { width, height, palette, lit });
  const [from, to] = [evidence.values[0], evidence.values.at(-1) ?? 0].map((value) => fixed(value, 1));
  caption.textContent = measureText(evidence);
  canvas.ariaLabel = `${measureText(evidence)}; on average from ${from} to ${to}`;
}

/** @param {State} state */
function textOf(state) {
  const d = state.chosenDimension;
  if (isUnmeasured(state)) {
    return UNMEASURED;
  }
  if (d === null) return CHOOSE_A_ROW;
  const dimension = dimensionsOf(state)?.dimensions[d];
  if (!dimension) return "…";
  return evidenceText(dimension, dialName(state, d));
}

const makeMeasure = () => element("figure", {}, element("canvas", { role: "img" }), element("figcaption"));
