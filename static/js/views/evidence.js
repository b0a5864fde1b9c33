/** What was measured of the chosen number: its spread, its place, and the measures that follow it. */
/** @import { Dimensions, State } from "../types.js" @import { Context } from "./dom.js" */
import { fitCanvas } from "../draw/canvas.js";
import { drawMeasure, drawPlace, drawSpread } from "../draw/evidence.js";
import { drawDifference } from "../draw/picture.js";
import { capital, fixed, signed, thousands } from "../lib/format.js";
import { restsOn, slightness, titleOf } from "../lib/naming.js";
import { COLUMNS } from "../lib/reach.js";
import { pictureAt } from "../lib/sweeps.js";
import { dialName, dimensionsOf, isUnmeasured, perturbationsNow } from "../state/dimensions.js";
import { foundPose, shownClass } from "../state/selectors.js";
import { byId, canvasById, drawOn, element } from "./dom.js";

/** @param {Context} context */
export function evidenceView(context) {
  const { store } = context;
  const [title, text, source] = ["title-evidence", "evidence-text", "evidence-source"].map((id) => byId(id, HTMLElement));
  const [plots, measures] = [byId("evidence-plots", HTMLElement), byId("measures", HTMLElement)];

  /** @param {State} state */
  function write(state) {
    const measured = dimensionsOf(state);
    const d = state.chosenDimension;
    plots.hidden = !measured || d === null;
    title.textContent = d === null ? "What a number means" : `${d + 1} ${dialName(state, d)}`;
    text.textContent = textOf(state);
    source.textContent = measured && d !== null ? sourceOf(measured) : "";
    if (!measured || d === null) return;
    const { evidence } = measured.dimensions[d];
    if (measures.childElementCount !== evidence.length) measures.replaceChildren(...evidence.map(makeMeasure));
  }

  /** @param {State} state */
  function draw(state) {
    write(state);
    const { palette, chosenDimension: d } = state;
    const perturbations = perturbationsNow(state);
    const [dimension, found] = [d !== null && dimensionsOf(state)?.dimensions[d], foundPose(state)];
    if (d === null || !dimension || !found) return;
    const spread = fitCanvas(canvasById("spread"));
    drawSpread(spread.context, dimension, found[d], { ...spread, palette });
    byId("spread-caption", HTMLElement).textContent = `${shownClass(state)}s of the training digits, their mean and ± 2 σ; this digit is at ${fixed(found[d])}`;
    canvasById("spread").ariaLabel = `Mean ${fixed(dimension.mean)}, standard deviation ${fixed(dimension.deviation, 3)}; this digit ${fixed(found[d])}`;

    const place = fitCanvas(canvasById("place"));
    if (perturbations) {
      const [first, last] = [0, COLUMNS - 1].map((column) => pictureAt(perturbations, d, column));
      drawDifference(place.context, last, first, palette, { left: 0, top: 0, size: place.width });
    }
    drawPlace(place.context, dimension.place, palette, place.width);
    byId("place-caption", HTMLElement).textContent = `of this digit, the last picture less the first; the ring is where the training digits change most: ${dimension.place.name}`;
    canvasById("place").ariaLabel = `The change lies around column ${fixed(dimension.place.x, 0)}, row ${fixed(dimension.place.y, 0)}: ${dimension.place.name}`;

    const sorted = [...dimension.evidence].sort((a, b) => Math.abs(b.r) - Math.abs(a.r));
    sorted.forEach((evidence, k) => {
      const [canvas, caption] = measures.children[k].children;
      if (!(canvas instanceof HTMLCanvasElement)) return;
      const lit = evidence.measure === dimension.measure;
      const { context: painter, width, height } = fitCanvas(canvas);
      drawMeasure(painter, evidence, dimension.offsets, { width, height, palette, lit });
      caption.textContent = `${titleOf(evidence.measure)} in ${evidence.unit}, r = ${signed(evidence.r)}`;
      canvas.ariaLabel = `${titleOf(evidence.measure)} from ${fixed(evidence.values[0], 1)} to ${fixed(evidence.values.at(-1) ?? 0, 1)} ${evidence.unit}, r = ${signed(evidence.r)}`;
    });
  }

  drawOn(context, byId("evidence", HTMLElement), (state) => [state.chosenDimension, dimensionsOf(state), isUnmeasured(state), state.dialNames, state.trace, perturbationsNow(state)], draw);
  store.watch((state) => [shownClass(state)], write);
}

/** @param {State} state */
function textOf(state) {
  const d = state.chosenDimension;
  if (isUnmeasured(state)) return "Of this network nobody has measured what its numbers draw: the dials go ± 0.5 around what was found.";
  if (d === null) return "Choose a row: what its number does to the picture was measured on training digits.";
  const dimension = dimensionsOf(state)?.dimensions[d];
  if (!dimension) return "…";
  const given = dialName(state, d) === dimension.name ? "" : `Measured as “${dimension.name}”. `;
  return `${given}${capital(dimension.detail)}${slightness(dimension)}. ${restsOn(dimension)}`.trim();
}

/** @param {Dimensions} measured */
const sourceOf = ({ digits, swept, label }) =>
  `Means and deviations σ are of ${thousands(digits)} training digits of class ${label}. In ${thousands(swept)} of them this number alone is moved, from −2 to +2 σ around where each has it, and each drawn picture is measured: the curves are the means over the ${thousands(swept)}, and r is the correlation of measure and number, each digit against its own mean. The name rests on these, not on the digit above.`;

const makeMeasure = () => element("figure", {}, element("canvas", { role: "img" }), element("figcaption"));
