/** Error over the number of training digits, of networks trained alike: curves, numbers, and what follows. */
/** @import { Context, Placed } from "../../widgets/dom.js" @import { Mark } from "../../charts/intervals.js" */
/** @import { Curve } from "../../capsules/fewer-digits.js" @import { Palette } from "../../shell/theme.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { comparedOf, countsOf, curvesOf, pointOf } from "../../capsules/fewer-digits.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawFewerDigits } from "../../charts/fewer-digits.js";
import { drawMark } from "../../charts/intervals.js";
import { thousands } from "../../shell/format.js";
import { fewerDigitsNow } from "../../state/view/fewer-digits.js";
import {
  UNMEASURED,
  differenceText,
  findings,
  nameText,
  pictureText,
  pointParts,
  trainingText,
} from "../../words/fewer-digits.js";
import { canvasIn, drawWhileSeen, element, partIn } from "../../widgets/dom.js";
import { whenSettled } from "../../widgets/settled.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountFewerDigits(root, context) {
  const { store, actions, signal } = context;
  const placed = { ...context, root };
  whenSettled(
    store,
    partIn(root, "fewer-digits", HTMLElement),
    ({ fewerDigits }) => [fewerDigits],
    actions.needFewerDigits,
    { signal },
  );
  missing(placed);
  texts(placed);
  picture(placed);
}

/** @param {State} state @returns {Curve[]} none where nothing was measured */
function curvesNow(state) {
  const study = fewerDigitsNow(state);
  return study ? curvesOf(study) : [];
}

/** @param {Placed<State, Actions>} context */
function missing({ root, store }) {
  const place = partIn(root, "fewer-digits-place", HTMLElement);
  const told = partIn(root, "fewer-digits-missing", HTMLElement);
  told.textContent = UNMEASURED;
  store.watch(
    ({ fewerDigits }) => [fewerDigits],
    (state) => {
      const study = fewerDigitsNow(state);
      const isMissing = state.fewerDigits === "unmeasured" || study?.runs.length === 0;
      place.hidden = isMissing; // while nothing is known it keeps its place, so that what stands below does not move
      told.hidden = !isMissing;
    },
  );
}

/** @param {Placed<State, Actions>} context */
function texts({ root, store }) {
  const [names, head, body, list, training] = ["names", "head", "numbers", "findings", "training"].map((end) =>
    partIn(root, `fewer-digits-${end}`, HTMLElement),
  );
  store.watch(
    ({ fewerDigits }) => [fewerDigits],
    (state) => {
      const [study, curves] = [fewerDigitsNow(state), curvesNow(state)];
      if (!study || !curves.length) return;
      names.replaceChildren(...curves.map(({ network }) => nameOf(network)));
      const titles = ["training digits", ...curves.map(({ network }) => nameText(network)), "difference"];
      head.replaceChildren(
        element("tr", {}, ...titles.map((textContent) => element("th", { scope: "col", textContent }))),
      );
      body.replaceChildren(...rowsOf(curves));
      const [first, second] = curves;
      const told = second ? findings(comparedOf(first, second), [first.network, second.network]) : [];
      list.replaceChildren(...told.map((textContent) => element("li", { textContent })));
      training.textContent = trainingText(study);
    },
  );
}

/** A network in the legend, with its mark. @param {string} network */
const nameOf = (network) =>
  element("li", {}, element("canvas", { "aria-hidden": "true" }), element("span", {}, nameText(network)));

/** A row for each number of digits. @param {Curve[]} curves */
function rowsOf(curves) {
  const [first, second] = curves;
  const compared = second ? comparedOf(first, second) : [];
  return countsOf(curves).map((count) => {
    const found = compared.find((one) => one.count === count);
    return element(
      "tr",
      {},
      element("th", { scope: "row", textContent: thousands(count) }),
      ...curves.map((curve) => errorCell(curve, count)),
      element("td", { textContent: found ? differenceText(found) : "–" }),
    );
  });
}

/** @param {Curve} curve @param {number} count */
function errorCell(curve, count) {
  const point = pointOf(curve, count);
  if (!point) return element("td", { textContent: "–" });
  const [mean, rest] = pointParts(point);
  return element("td", {}, element("b", { textContent: mean }), " ", element("span", { textContent: rest }));
}

/**
 * How a network is drawn: the first as a disc, others as a diamond.
 * @param {number} k
 * @param {Palette} palette
 * @returns {Mark}
 */
const markOf = (k, { accent, negative }) =>
  k === 0 ? { shape: "disc", colour: accent } : { shape: "diamond", colour: negative };

/** @param {Placed<State, Actions>} context */
function picture(context) {
  const { root } = context;
  const canvas = canvasIn(root, "fewer-digits-curves");
  const names = partIn(root, "fewer-digits-names", HTMLElement);
  drawWhileSeen(
    context,
    partIn(root, "fewer-digits-place", HTMLElement),
    ({ fewerDigits }) => [fewerDigits],
    (state) => {
      const keys = [...names.querySelectorAll("canvas")];
      const [{ context: painter, width, height }, ...fitted] = [canvas, ...keys].map(fitCanvas);
      const [curves, { palette }] = [curvesNow(state), state];
      if (!curves.length) return;
      canvas.ariaLabel = pictureText(curves);
      const series = curves.map((curve, k) => ({ curve, mark: markOf(k, palette) }));
      drawFewerDigits(painter, series, { width, height, palette });
      fitted.forEach(({ context: key, width: wide, height: high }, k) =>
        drawMark(key, markOf(k, palette), palette, { x: wide / 2, y: high / 2 }),
      );
    },
  );
}
