/** Misread pairs over their overlap: the curves, all pairs together, and the numbers. */
/** @import { Placed } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/pair/subject.js" */
/** @import { Axis } from "../../charts/axis.js" @import { Mark } from "../../charts/intervals.js" */
/** @import { Measure, Misread, Series } from "../../capsules/overlap-study.js" */
/** @import { Palette } from "../../shell/theme.js" */
/** @import { OverlapBin, OverlapStudy } from "../../capsules/types.js" */
import { linearAxis, percentAxis } from "../../charts/axis.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawIntervals, drawMark } from "../../charts/intervals.js";
import {
  MEASURES,
  PLACEMENTS,
  placeOf,
  pointAt,
  seriesOf,
  totalOf,
  trainedReading,
} from "../../capsules/overlap-study.js";
import { shareParts, thousands } from "../../shell/format.js";
import { overlapStudyNow } from "../../state/pair/study.js";
import {
  AXIS_TEXT,
  emptyText,
  ownText,
  placementText,
  rangeText,
  shortWayText,
  valueText,
  wayText,
} from "../../words/overlap-study.js";
import { buttonIn, canvasIn, drawWhileSeen, element, partIn } from "../../widgets/dom.js";

/** @typedef {{study: OverlapStudy, bins: OverlapBin[], series: Series[]}} Shown */

/** @param {Placed<State, Actions>} context */
export function errors(context) {
  choices(context);
  texts(context); // before the curves: it makes the rows whose marks are drawn with them
  curve(context);
}

/** What is chosen of the study, null while there is none. @param {State} state @returns {Shown | null} */
function shownOf(state) {
  const study = overlapStudyNow(state);
  const { overlapPlacement: placement, overlapMeasure: measure } = state;
  return study && { study, bins: study[placement][measure], series: seriesOf(study, placement, measure) };
}

/** @param {State} state */
const choiceOf = (state) => [overlapStudyNow(state), state.overlapMeasure, state.overlapPlacement];

/** Where the pair on the page lies by the chosen measure. @param {State} state */
const ownOf = ({ trace, shownLayers: [a, b], overlapMeasure }) =>
  placeOf(trace, [a.offset, b.offset])?.[overlapMeasure] ?? null;

/** @param {Placed<State, Actions>} context */
function choices({ root, store, actions }) {
  for (const measure of MEASURES) {
    const button = buttonIn(root, `overlap-by-${measure}`);
    button.addEventListener("click", () => actions.sortOverlapBy(measure));
    store.watch(
      ({ overlapMeasure }) => [overlapMeasure],
      ({ overlapMeasure }) => (button.ariaPressed = String(overlapMeasure === measure)),
    );
  }
  for (const placement of PLACEMENTS) {
    const button = buttonIn(root, `overlap-of-${placement}`);
    button.addEventListener("click", () => actions.showOverlapOf(placement));
    store.watch(
      ({ overlapPlacement }) => [overlapPlacement],
      ({ overlapPlacement }) => (button.ariaPressed = String(overlapPlacement === placement)),
    );
  }
}

/**
 * How a series is drawn: as in training, without routing, with more of it, or by a network that has none.
 * @param {Series} series
 * @param {OverlapStudy} study
 * @param {Palette} palette
 * @returns {Mark}
 */
function markOf({ iterations }, { trained_with: trained }, { accent, ink, muted, negative }) {
  if (iterations === null) return { shape: "diamond", colour: negative };
  if (iterations === trained) return { shape: "disc", colour: accent };
  return iterations === 1 ? { shape: "ring", colour: ink } : { shape: "square", colour: muted };
}

/** The horizontal axis. @param {Measure} measure @param {OverlapBin[]} bins @returns {Axis} */
function acrossOf(measure, bins) {
  const edges = [bins[0].low, ...bins.map(({ high }) => high)];
  const shown = measure === "distance" ? edges : edges.filter((_, k) => k % 2 === 0);
  const { position } = linearAxis(edges[0], edges[edges.length - 1], []);
  return { position, ticks: shown.map((value) => ({ value, text: valueText(measure, value) })) };
}

/** @param {Placed<State, Actions>} context */
function curve(context) {
  const { root } = context;
  const canvas = canvasIn(root, "overlap-curve");
  const ways = partIn(root, "overlap-ways", HTMLElement);
  drawWhileSeen(
    context,
    partIn(root, "overlap-study-place", HTMLElement),
    (state) => [...choiceOf(state), ownOf(state)],
    (state) => {
      const keys = [...ways.querySelectorAll("canvas")];
      const [{ context: painter, width, height }, ...fitted] = [canvas, ...keys].map(fitCanvas);
      const shown = shownOf(state);
      if (!shown) return;
      const { study, bins, series } = shown;
      const { palette, overlapMeasure: measure } = state;
      const marks = series.map((one) => markOf(one, study, palette));
      const own = ownOf(state);
      drawIntervals(
        painter,
        series.map(({ points }, k) => ({ mark: marks[k], points: points.map(inPercent) })),
        {
          width,
          height,
          palette,
          across: acrossOf(measure, bins),
          up: percentAxis(100 * Math.max(...series.flatMap(({ points }) => points.map(({ interval }) => interval[1])))),
          at: own === null || own > bins[bins.length - 1].high ? null : { value: own, name: "this pair" },
          counted: "pairs",
        },
      );
      fitted.forEach(({ context: key, width: wide, height: high }, k) =>
        drawMark(key, marks[k], palette, { x: wide / 2, y: high / 2 }),
      );
    },
  );
}

/** @param {import("../../capsules/overlap-study.js").Point} point */
const inPercent = ({ low, high, pairs, share, interval }) => ({
  low,
  high,
  share: 100 * share,
  interval: /** @type {const} */ ([100 * interval[0], 100 * interval[1]]),
  count: thousands(pairs),
});

/** @param {Placed<State, Actions>} context */
function texts({ root, store }) {
  const [axis, empty, which, ways, head, numbers, own] = [
    "axis",
    "empty",
    "which",
    "ways",
    "numbers-head",
    "numbers",
    "own",
  ].map((end) => partIn(root, `overlap-${end}`, HTMLElement));
  store.watch(choiceOf, (state) => {
    const { overlapMeasure: measure, overlapPlacement: placement, trace } = state;
    axis.textContent = AXIS_TEXT[measure];
    const shown = shownOf(state);
    empty.textContent = shown ? emptyText(measure, shown.bins) : "";
    which.textContent = shown ? placementText(placement, shown.study) : "";
    ways.replaceChildren(...(shown ? waysOf(shown, trace?.geometry.classes ?? 0) : []));
    head.replaceChildren(...(shown ? [headOf(shown)] : []));
    numbers.replaceChildren(...(shown ? numbersOf(shown, measure) : []));
  });
  store.watch(
    (state) => [...choiceOf(state), ownOf(state)],
    (state) => (own.textContent = ownTold(state)),
  );
}

/** @param {State} state */
function ownTold(state) {
  const { overlapMeasure: measure, overlapPlacement: placement } = state;
  const [shown, value] = [shownOf(state), ownOf(state)];
  if (!shown || value === null) return "";
  const k = trainedReading(shown.study);
  const point = pointAt(shown.bins, value, k);
  return ownText(measure, value, { placement, point, iterations: shown.study.trained_with && k + 1 });
}

/** A row for each way to read, with the mark of its curve. @param {Shown} shown @param {number} classes */
const waysOf = ({ study, series }, classes) =>
  series.map(({ iterations, reading }) => {
    const name = wayText(iterations, { trained: study.trained_with, classes });
    const key = element("canvas", { "aria-hidden": "true" });
    const counts = [reading.both, reading.one, reading.none].map(thousands);
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, element("span", { className: "way" }, key, element("span", {}, name))),
      ...counts.map((textContent) => element("td", { textContent })),
      sureCell(totalOf(reading)),
    );
  });

/** A share that may break before its interval. @param {Misread} misread */
function sureCell(misread) {
  const [share, interval] = shareParts(misread);
  return element("td", {}, `${share} `, element("span", { className: "interval", textContent: interval }));
}

/** @param {Shown} shown */
const headOf = ({ series }) =>
  element(
    "tr",
    {},
    ...["", "pairs", ...series.map(({ iterations }) => shortWayText(iterations))].map((textContent) =>
      element("th", { scope: "col", textContent }),
    ),
  );

/** A row for each range, with what each way misreads of it. @param {Shown} shown @param {Measure} measure */
const numbersOf = ({ series }, measure) =>
  series[0].points.map((point, k) =>
    element(
      "tr",
      {},
      element("th", { scope: "row", textContent: rangeText(measure, point) }),
      element("td", { textContent: thousands(point.pairs) }),
      ...series.map(({ points }) => sureCell(points[k])),
    ),
  );
