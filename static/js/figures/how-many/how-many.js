/** One drawing routed with 1 to 10 iterations, and the same over the test digits. */
/** @import { Context, Placed } from "../../widgets/dom.js" @import { IterationStudy } from "../../capsules/types.js" */
/** @import { TenIterations } from "../../state/digit/how-many.js" */
/** @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Actions, State } from "../../state/digit/subject.js" */
import { entropyAxis, linearAxis, roundAxis } from "../../charts/axis.js";
import { drawBars } from "../../charts/bars.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawCurves } from "../../charts/curves.js";
import { drawPicture } from "../../charts/picture.js";
import { lead } from "../../capsules/convergence.js";
import { fixed, lengthText, thousands } from "../../shell/format.js";
import { argmax, maximum } from "../../shell/math.js";
import { MAX_ITERATIONS } from "../../capsules/limits.js";
import { numbersText } from "../../words/spoken.js";
import { leadText, notStudiedText, studyText } from "../../words/how-many.js";
import { tenNow } from "../../state/digit/how-many.js";
import { wasMeasured } from "../../state/trace/network.js";
import { canvasIn, drawOn, element, partIn, unseen } from "../../widgets/dom.js";
import { rove } from "../../widgets/roving.js";
import { whenSettled } from "../../widgets/settled.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountHowMany(root, context) {
  const placed = { ...context, root };
  const section = partIn(root, "iterations-compared", HTMLElement);
  ask(placed, section);
  smallMultiples(placed, section, partIn(root, "lead-falls", HTMLElement));
  overTheTestDigits(placed);
}

/** @param {Placed<State, Actions>} context @param {HTMLElement} section */
function ask({ root, store, actions, signal }, section) {
  whenSettled(
    store,
    partIn(root, "how-many", HTMLElement),
    ({ trace, models, tenIterations }) => [trace, models, tenIterations],
    async () => {
      const again = await Promise.all([actions.needIterations(), actions.needStudy()]);
      return soonest(again);
    },
    { signal },
  );
  store.watch(
    (state) => [isBehind(state)],
    (state) => section.classList.toggle("behind", isBehind(state)),
  );
}

/** When the first of several is to be asked for again; 0 where none is. @param {number[]} waits in milliseconds */
const soonest = (waits) => (waits.some(Boolean) ? Math.min(...waits.filter(Boolean)) : 0);

/**
 * Whether the ten routings are still those of another drawing.
 * @param {State} state
 */
const isBehind = (state) => state.tenIterations !== null && tenNow(state) === null;

/**
 * @param {Context<State, Actions>} context
 * @param {HTMLElement} root
 * @param {HTMLElement} falls says whether the lead falls
 */
function smallMultiples(context, root, falls) {
  const { store, actions } = context;
  const cells = Array.from({ length: MAX_ITERATIONS }, (_, k) => makeCell(k + 1));
  root.append(...cells.map(({ button }) => button));
  rove(root, ".iterations-cell", context.signal);
  cells.forEach(({ button }, k) => button.addEventListener("click", () => actions.setIterations(k + 1)));

  drawOn(
    context,
    root,
    ({ tenIterations }) => [tenIterations],
    ({ tenIterations, palette }) => {
      const fitted = cells.map(({ bars, picture }) => ({ bars: fitCanvas(bars), picture: fitCanvas(picture) }));
      falls.textContent = "\u00a0"; // it keeps its line
      if (!tenIterations) return cells.forEach(silence);
      const { geometry, classNames } = tenIterations.of;
      const rows = rowsOf(tenIterations);
      fitted.forEach(({ bars, picture }, r) => {
        drawBars(bars.context, rows[r].lengths, { ...bars, palette, lit: rows[r].answer, names: classNames });
        const drawn = tenIterations.reconstructions.subarray(r * geometry.pixels, (r + 1) * geometry.pixels);
        drawPicture(geometry, picture.context, drawn, palette, { left: 0, top: 0, size: picture.width });
      });
      cells.forEach((cell, r) => tell(cell, rows[r]));
      falls.textContent = leadText(rows.map(({ lead: ahead }) => ahead)) || "\u00a0";
    },
  );
  store.watch(
    ({ iterations }) => [iterations],
    ({ iterations }) => {
      cells.forEach(({ button }, k) => (button.ariaPressed = String(iterations === k + 1)));
    },
  );
}

/** @param {number} iterations */
function makeCell(iterations) {
  const [bars, picture] = [element("canvas", { className: "bars" }), element("canvas", { className: "picture" })];
  const answer = element("b", { textContent: "–" });
  const reads = unseen("");
  const numbers = ["‖v‖", "lead", "entropy"].map((name) => ({ name, value: element("span") }));
  const button = element(
    "button",
    {
      type: "button",
      className: "iterations-cell",
      title: "Route the whole page with this many iterations",
    },
    element("span", { className: "count", textContent: `R = ${iterations}` }),
    bars,
    element("span", { className: "read" }, reads, answer, picture),
    ...numbers.map(({ name, value }) =>
      element("span", { className: "figure-line" }, element("i", { textContent: name }), value),
    ),
  );
  return { button, bars, picture, reads, answer, values: numbers.map(({ value }) => value) };
}

/**
 * @param {ReturnType<typeof makeCell>} cell
 * @param {ReturnType<typeof rowsOf>[number]} row
 */
function tell({ reads, answer, values }, row) {
  reads.textContent = "reads";
  answer.textContent = row.name;
  const [length, lead, entropy] = [lengthText(row.length), fixed(row.lead), fixed(row.entropy, 3)];
  [length, lead, entropy].forEach((text, k) => (values[k].textContent = text));
}

/** There is nothing to tell. @param {ReturnType<typeof makeCell>} cell */
function silence({ reads, answer, values }) {
  [reads.textContent, answer.textContent] = ["", "–"];
  for (const value of values) value.textContent = "";
}

/** What each number of iterations gives. @param {TenIterations} ten */
function rowsOf({ of: { geometry, classNames }, lengths, entropies }) {
  const { classes } = geometry;
  return Array.from({ length: MAX_ITERATIONS }, (_, r) => {
    const own = lengths.subarray(r * classes, (r + 1) * classes);
    const answer = argmax(own);
    return {
      lengths: own,
      answer,
      name: classNames[answer],
      length: own[answer],
      lead: lead(geometry, own, answer)[0],
      entropy: entropies[r],
    };
  });
}

/** @param {Placed<State, Actions>} context */
function overTheTestDigits(context) {
  const { root } = context;
  const plots = [
    { canvas: canvasIn(root, "study-errors"), of: errors },
    { canvas: canvasIn(root, "study-lengths"), of: winningLengths },
    { canvas: canvasIn(root, "study-entropies"), of: entropies },
  ];
  const [place, missing, digits, trained, text] = [
    "iterations-study",
    "study-missing",
    "study-digits",
    "study-trained",
    "study-best",
  ].map((id) => partIn(root, id, HTMLElement));

  drawOn(
    context,
    place,
    (state) => [state.trace?.model, state.models, state.study, tenNow(state)],
    (state) => {
      const { trace, study, palette } = state;
      const unmeasured = wasMeasured(state, "iterations") === false;
      place.hidden = unmeasured; // while nothing is known it keeps its place, so that what stands below does not move
      missing.hidden = !unmeasured;
      missing.textContent = unmeasured && trace ? notStudiedText(trace.model) : "";
      const fitted = plots.map(({ canvas }) => fitCanvas(canvas));
      if (!study || study.model !== trace?.model) return;
      plots.forEach(({ canvas, of }, k) => {
        const { curves, axis, said } = of(study, tenNow(state), trace.geometry);
        const { context: painter, width, height } = fitted[k];
        drawCurves(painter, curves, { width, height, palette, playhead: study.trained_with, axis });
        canvas.ariaLabel = said;
      });
      digits.textContent = thousands(study.digits);
      trained.textContent = String(study.trained_with);
      text.textContent = studyText(study);
    },
  );
}

/** @param {IterationStudy} study */
function errors({ errors: values }) {
  return {
    curves: [{ values, name: "all", lit: false }],
    axis: roundAxis(maximum(values)),
    said: `Test error in per cent: ${numbersText(values)}`,
  };
}

/** @param {IterationStudy} study @param {TenIterations | null} ten */
function winningLengths({ winning_lengths: values }, ten) {
  const own = ten && rowsOf(ten).map(({ length }) => length);
  return {
    curves: both(values, own),
    axis: linearAxis(0, 1, [0, 0.5, 1]),
    said: `Mean length of the longest class capsule: ${numbersText(values)}${saidOf(own)}`,
  };
}

/** @param {IterationStudy} study @param {TenIterations | null} ten @param {Geometry} geometry */
function entropies({ entropies: values }, ten, geometry) {
  const own = ten && Array.from(ten.entropies);
  return {
    curves: both(values, own),
    axis: entropyAxis(geometry, Math.min(...values, ...(own ?? []))),
    said: `Mean entropy of the coupling coefficients in bits: ${numbersText(values)}${saidOf(own)}`,
  };
}

/** @param {number[]} all @param {number[] | null} own @returns {import("../../charts/curves.js").Curve[]} */
const both = (all, own) => [
  { values: all, name: "all", lit: false },
  ...(own ? [{ values: own, name: "this", lit: true }] : []),
];

/** @param {number[] | null} own */
const saidOf = (own) => (own ? `; of your drawing: ${numbersText(own)}` : "");
