/** Digits turned, sheared, stretched and moved as affNIST is made: what they look like, and how networks read them. */
/** @import { Context, Placed } from "../../widgets/dom.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
/** @import { AffineExample, Counted, Measured } from "../../capsules/affine.js" */
/** @import { Palette } from "../../shell/theme.js" @import { Mark } from "../../charts/intervals.js" */
import { PAPER, measuredOf } from "../../capsules/affine.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawDots, drawDotsAxis, sharesAxis } from "../../charts/dots.js";
import { drawPicture } from "../../charts/picture.js";
import { capital } from "../../shell/format.js";
import { PAPERS, countedParts, findings, nameOf, paperText, rowText, sizeText } from "../../words/affine.js";
import { canvasIn, drawWhileSeen, element, partIn } from "../../widgets/dom.js";
import { whenSettled } from "../../widgets/settled.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountAffine(root, context) {
  const placed = { ...context, root };
  ask(placed);
  examples(placed);
  table(placed);
  told(placed);
}

/** @param {Placed<State, Actions>} context */
function ask({ root, store, actions, signal }) {
  whenSettled(store, partIn(root, "affine", HTMLElement), ({ affine, trace }) => [affine, trace], actions.needAffine, {
    signal,
  });
  const [place, missing] = ["affine-place", "affine-missing"].map((id) => partIn(root, id, HTMLElement));
  store.watch(
    ({ affine }) => [affine],
    ({ affine }) => {
      const isEmpty = affine?.rows.length === 0;
      place.hidden = isEmpty; // until it is known it keeps its place, so that what stands below does not move
      missing.hidden = !isEmpty;
    },
  );
}

/** Both strips of pictures. @param {Placed<State, Actions>} context */
function examples(context) {
  for (const which of /** @type {const} */ (["unturned", "affine"])) {
    const canvas = canvasIn(context.root, `affine-${which}`);
    drawWhileSeen(
      context,
      canvas,
      ({ affine }) => [affine],
      ({ affine, palette }) => {
        if (!affine?.examples.length) return;
        const { context: painter, width, height } = fitCanvas(canvas);
        const size = Math.min(height, width / affine.examples.length);
        affine.examples.forEach((example, k) => paint(painter, example[which], palette, k * size, size));
      },
    );
  }
}

/**
 * @param {CanvasRenderingContext2D} painter
 * @param {AffineExample["affine"]} levels
 * @param {Palette} palette
 * @param {number} left
 * @param {number} size
 */
function paint(painter, levels, palette, left, size) {
  const [height, width] = [levels.length, levels[0].length];
  const values = Float32Array.from(levels.flat(), (level) => level / 255);
  const geometry = /** @type {any} */ ({ width, height, pixels: width * height });
  drawPicture(geometry, painter, values, palette, { left, top: 0, size });
}

/**
 * @typedef {object} Line of the table
 * @property {string} name
 * @property {string} size
 * @property {{unturned: Counted, affine: Counted}} of
 * @property {boolean} isPapers
 *
 * @param {readonly Measured[]} measured
 * @returns {Line[]} each network, and behind it the paper's
 */
const linesOf = (measured) => [
  ...measured.map((one) => ({ name: capital(nameOf(one.row)), size: sizeText(one.row), of: one, isPapers: false })),
  ...Object.values(PAPERS).map((paper, k) => ({ ...paper, of: Object.values(PAPER)[k], isPapers: true })),
];

/** @param {Placed<State, Actions>} context */
function table(context) {
  const { root, store } = context;
  const [body, place] = [partIn(root, "affine-rows", HTMLElement), partIn(root, "affine-table", HTMLElement)];
  const axis = canvasIn(root, "affine-axis");
  /** @type {{line: Line, canvas: HTMLCanvasElement}[]} */
  let rows = [];
  store.watch(
    ({ affine }) => [affine],
    ({ affine }) => {
      const made = affine ? linesOf(measuredOf(affine)).map(makeRow) : [];
      rows = made;
      body.replaceChildren(...made.map(({ row }) => row));
    },
  );
  drawWhileSeen(
    context,
    place,
    ({ affine }) => [affine],
    ({ palette }) => {
      if (!rows.length) return;
      const scale = sharesAxis(100 * Math.min(...rows.map(({ line }) => line.of.affine.share)));
      for (const { line, canvas } of rows) {
        const { context: painter, width, height } = fitCanvas(canvas);
        drawDots(painter, dotsOf(line, palette), { width, height, palette, axis: scale });
      }
      const { context: painter, width, height } = fitCanvas(axis);
      drawDotsAxis(painter, { width, height, palette, axis: scale });
    },
  );
}

/** @param {Line} line */
function makeRow(line) {
  const { name, size, of, isPapers } = line;
  const canvas = element("canvas", { role: "img", ariaLabel: rowText(name, of) });
  const heading = element("th", { scope: "row" }, name, element("span", { className: "caption" }, size));
  const cells = /** @type {const} */ (["unturned", "affine"]).map((which) => {
    const [share, interval] = isPapers
      ? [paperText(of[which].share), ""]
      : countedParts(of[which], which === "affine" ? 1 : 2);
    return element("td", {}, share, element("span", { className: "interval" }, interval));
  });
  const row = element("tr", { className: isPapers ? "papers" : "" }, heading, ...cells);
  row.append(element("td", { className: "dots" }, canvas));
  return { row, line, canvas };
}

/** @param {Line} line @param {Palette} palette */
function dotsOf({ of, isPapers }, { accent, ink, muted }) {
  /** @type {Record<"unturned" | "affine", Mark>} */
  const marks = {
    unturned: { shape: "ring", colour: muted },
    affine: isPapers ? { shape: "diamond", colour: ink } : { shape: "disc", colour: accent },
  };
  return /** @type {const} */ (["unturned", "affine"]).map((which) => ({
    mark: marks[which],
    share: 100 * of[which].share,
    interval: of[which].interval && /** @type {const} */ ([100 * of[which].interval[0], 100 * of[which].interval[1]]),
  }));
}

/** @param {Placed<State, Actions>} context */
function told({ root, store }) {
  const [list, trained] = ["affine-findings", "affine-trained"].map((id) => partIn(root, id, HTMLElement));
  const text = (/** @type {string} */ textContent) => element("li", { textContent });
  store.watch(
    ({ affine }) => [affine],
    ({ affine }) => {
      const measured = affine ? measuredOf(affine) : [];
      list.replaceChildren(...findings(measured).map(text));
      trained.replaceChildren(
        ...measured.map(({ row }) => {
          const commands = [row.trained_by, row.command].map((textContent) => element("code", { textContent }));
          return element("li", {}, `${capital(nameOf(row))}. First weights: ${row.first_weights}.`, ...commands);
        }),
      );
    },
  );
}
