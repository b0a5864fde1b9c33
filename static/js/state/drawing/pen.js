/** A pen on a pad: how its points become strokes. */
/** @import { Point, Stroke } from "../../capsules/types.js" @import { Source } from "../../api/drawing.js" */
import { replaced } from "../../shell/arrays.js";
import { extendStroke, snap } from "../../capsules/strokes.js";

/**
 * @typedef {object} Paper what the pen draws on
 * @property {() => Source} source that lies on it now
 * @property {() => Source | null} cleared what was taken away last, until something new is drawn
 * @property {(source: Source) => void} look at more or less of the same drawing
 * @property {(source: Source) => void} lookAtNew a drawing that has nothing to do with the one before
 * @property {() => void} clear
 *
 * @typedef {ReturnType<typeof penOn>} Pen
 * @param {Paper} paper
 */
export function penOn(paper) {
  /** @returns {Stroke[]} */
  function strokes() {
    const source = paper.source();
    return source.kind === "strokes" ? source.strokes : [];
  }

  /** @type {Stroke[] | null} those whose last one the pen is drawing */
  let open = null;
  /** What the stroke that is being drawn began on. @type {Source} */
  let before = { kind: "empty" };
  const isPenDown = () => open !== null && open === strokes();

  /** @param {Stroke[]} drawn */
  function draw(drawn) {
    const look = strokes().length ? paper.look : paper.lookAtNew;
    open = drawn;
    look({ kind: "strokes", strokes: drawn });
  }

  return {
    /** Begin a stroke; on top of a test digit or a picture this begins a new drawing. @param {Point} point */
    beginStroke(point) {
      before = paper.source();
      draw([...strokes(), [snap(point)]]);
    },

    /**
     * Where the stroke was taken back meanwhile, the pen draws nothing until it is set down anew.
     * @param {Point[]} points
     */
    continueStroke(points) {
      const last = isPenDown() && strokes().at(-1);
      if (!last) return;
      const longer = points.map(snap).reduce(extendStroke, last);
      if (longer !== last) draw(replaced(strokes(), -1, longer));
    },

    endStroke: () => void (open = null),

    /** What was drawn since the pen was set down was none of it: a palm's. */
    dropStroke() {
      if (!isPenDown()) return;
      open = null;
      if (before.kind === "empty") paper.clear();
      else paper.look(before);
    },

    isPenDown,

    /** Take the last stroke back, or bring back what was cleared. */
    undo() {
      const left = strokes().slice(0, -1);
      const cleared = paper.cleared();
      if (!cleared && !strokes().length) return; // a test digit, or a picture, was not drawn
      if (cleared) paper.look(cleared);
      else if (left.length) paper.look({ kind: "strokes", strokes: left });
      else paper.clear();
    },

    /** The same strokes with a pen of another width. */
    redraw: () => void (strokes().length && paper.look({ kind: "strokes", strokes: strokes() })),
  };
}
