/** One drawing routed with 1 to 10 iterations, and what each number of them makes of the test digits. */
/** @import { Context } from "./dom.js" @import { IterationStudy, TenIterations } from "../types.js" */
import { entropyAxis, linearAxis, roundAxis } from "../draw/axis.js";
import { drawBars } from "../draw/bars.js";
import { fitCanvas } from "../draw/canvas.js";
import { drawCurves } from "../draw/curves.js";
import { drawPicture } from "../draw/picture.js";
import { margin } from "../lib/convergence.js";
import { fixed, lengthText, thousands } from "../lib/format.js";
import { argmax, maximum } from "../lib/math.js";
import { CLASSES, MAX_ITERATIONS, PIXELS } from "../lib/network.js";
import { numbersText } from "../lib/spoken.js";
import { bestText } from "../lib/study.js";
import { wasMeasured } from "../state/selectors.js";
import { tenNow } from "../state/studying.js";
import { byId, canvasById, drawOn, element } from "./dom.js";
import { whenSettled } from "./settled.js";

/** @param {Context} context */
export function iterationsView(context) {
  const section = byId("iterations-compared", HTMLElement);
  ask(context, section);
  smallMultiples(context, section);
  overTheTestDigits(context);
}

/** @param {Context} context @param {HTMLElement} section */
function ask({ store, actions }, section) {
  whenSettled(store, byId("how-many", HTMLElement), ({ trace, models, tenIterations }) => [trace, models, tenIterations], async () => {
    const again = await Promise.all([actions.needIterations(), actions.needStudy()]);
    return again.some(Boolean);
  });
  store.watch((state) => [isBehind(state)], (state) => section.classList.toggle("behind", isBehind(state)));
}

/** Whether the ten routings are still those of another drawing. @param {import("../types.js").State} state */
const isBehind = (state) => state.tenIterations !== null && tenNow(state) === null;

/** @param {Context} context @param {HTMLElement} root */
function smallMultiples(context, root) {
  const { store, actions } = context;
  const cells = Array.from({ length: MAX_ITERATIONS }, (_, k) => makeCell(k + 1));
  root.append(...cells.map(({ button }) => button));
  cells.forEach(({ button }, k) => button.addEventListener("click", () => actions.setIterations(k + 1)));

  drawOn(context, root, ({ tenIterations }) => [tenIterations], ({ tenIterations, palette }) => {
    const fitted = cells.map(({ bars, picture }) => ({ bars: fitCanvas(bars), picture: fitCanvas(picture) }));
    if (!tenIterations) return cells.forEach((cell, r) => silence(cell, r + 1));
    const rows = rowsOf(tenIterations);
    fitted.forEach(({ bars, picture }, r) => {
      drawBars(bars.context, rows[r].lengths, { ...bars, palette, lit: rows[r].answer });
      const drawn = tenIterations.reconstructions.subarray(r * PIXELS, (r + 1) * PIXELS);
      drawPicture(picture.context, drawn, palette, { left: 0, top: 0, size: picture.width });
    });
    cells.forEach((cell, r) => tell(cell, r + 1, rows[r]));
  });
  store.watch(({ iterations }) => [iterations], ({ iterations }) => {
    cells.forEach(({ button }, k) => (button.ariaPressed = String(iterations === k + 1)));
  });
}

/** @param {number} iterations */
function makeCell(iterations) {
  const [bars, picture] = [element("canvas", { className: "bars" }), element("canvas", { className: "picture" })];
  const answer = element("b", { textContent: "–" });
  const numbers = ["‖v‖", "margin", "entropy"].map((name) => ({ name, value: element("span") }));
  const button = element(
    "button",
    { type: "button", className: "iterations-cell", title: "Route with so many iterations, above", "aria-label": cellName(iterations) },
    element("span", { className: "count", textContent: `r = ${iterations}` }),
    bars,
    element("span", { className: "read" }, answer, picture),
    ...numbers.map(({ name, value }) => element("span", { className: "figure-line" }, element("i", { textContent: name }), value)),
  );
  return { button, bars, picture, answer, values: numbers.map(({ value }) => value) };
}

/** @param {ReturnType<typeof makeCell>} cell @param {number} iterations @param {ReturnType<typeof rowsOf>[number]} row */
function tell({ button, answer, values }, iterations, row) {
  answer.textContent = String(row.answer);
  const texts = [lengthText(row.length), fixed(row.margin), fixed(row.entropy, 3)];
  values.forEach((value, k) => (value.textContent = texts[k]));
  button.ariaLabel = `${cellName(iterations)}: reads ${row.answer}, length ${texts[0]}, margin ${texts[1]}, entropy ${texts[2]}`;
}

/** There is nothing to tell. @param {ReturnType<typeof makeCell>} cell @param {number} iterations */
function silence({ button, answer, values }, iterations) {
  answer.textContent = "–";
  for (const value of values) value.textContent = "";
  button.ariaLabel = cellName(iterations);
}

/** @param {number} iterations */
const cellName = (iterations) => `${iterations} iteration${iterations > 1 ? "s" : ""}`;

/** The numbers of each number of iterations. @param {TenIterations} ten */
function rowsOf({ lengths, entropies }) {
  return Array.from({ length: MAX_ITERATIONS }, (_, r) => {
    const own = lengths.subarray(r * CLASSES, (r + 1) * CLASSES);
    const answer = argmax(own);
    return { lengths: own, answer, length: own[answer], margin: margin(own, answer)[0], entropy: entropies[r] };
  });
}

/** @param {Context} context */
function overTheTestDigits(context) {
  const plots = [
    { canvas: canvasById("study-errors"), of: errors },
    { canvas: canvasById("study-lengths"), of: winningLengths },
    { canvas: canvasById("study-entropies"), of: entropies },
  ];
  const [root, missing, digits, trained, best] = ["iterations-study", "study-missing", "study-digits", "study-trained", "study-best"].map(
    (id) => byId(id, HTMLElement),
  );

  drawOn(context, root, (state) => [state.trace?.model, state.models, state.study, tenNow(state)], (state) => {
    const { trace, study, palette } = state;
    const unmeasured = wasMeasured(state, "iterations") === false;
    root.hidden = unmeasured; // while nothing is known it keeps its place, so that what stands below does not move
    missing.hidden = !unmeasured;
    missing.textContent = unmeasured && trace ? absence(trace) : "";
    const fitted = plots.map(({ canvas }) => fitCanvas(canvas));
    if (!study || study.model !== trace?.model) return;
    plots.forEach(({ canvas, of }, k) => {
      const { curves, axis, said } = of(study, tenNow(state));
      const { context: painter, width, height } = fitted[k];
      drawCurves(painter, curves, { width, height, palette, playhead: study.trained_with, axis });
      canvas.ariaLabel = said;
    });
    digits.textContent = thousands(study.digits);
    trained.textContent = String(study.trained_with);
    best.textContent = bestText(study);
  });
}

/** @param {import("../types.js").Trace} trace */
const absence = ({ model }) => `Of this network the test digits have not been routed with other numbers of iterations; “capsnet study-iterations --model ${model}” does it.`;

/** @param {IterationStudy} study */
function errors({ errors: values }) {
  return { curves: [{ values, name: "all", lit: false }], axis: roundAxis(maximum(values)), said: `Test error in per cent: ${numbersText(values)}` };
}

/** @param {IterationStudy} study @param {TenIterations | null} ten */
function winningLengths({ winning_lengths: values }, ten) {
  const own = ten && rowsOf(ten).map(({ length }) => length);
  return { curves: both(values, own), axis: linearAxis(0, 1, [0, 0.5, 1]), said: `Mean length of the longest class capsule: ${numbersText(values)}${saidOf(own)}` };
}

/** @param {IterationStudy} study @param {TenIterations | null} ten */
function entropies({ entropies: values }, ten) {
  const own = ten && Array.from(ten.entropies);
  return { curves: both(values, own), axis: entropyAxis(Math.min(...values, ...(own ?? []))), said: `Mean entropy of the coupling coefficients in bits: ${numbersText(values)}${saidOf(own)}` };
}

/** @param {number[]} all @param {number[] | null} own @returns {import("../draw/curves.js").Curve[]} */
const both = (all, own) => [{ values: all, name: "all", lit: false }, ...(own ? [{ values: own, name: "this", lit: true }] : [])];

/** @param {number[] | null} own */
const saidOf = (own) => (own ? `; of this drawing: ${numbersText(own)}` : "");
