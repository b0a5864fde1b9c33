/** Actions of the pen. @import { Point, Store, Stroke } from "../types.js" */
import { extendStroke, snap } from "../lib/strokes.js";

/**
 * @param {Store} store
 * @param {Pick<ReturnType<typeof import("./looking.js").lookingActions>, "look" | "lookAtNew" | "clear">} looking
 */
export function strokeActions(store, looking) {
  /** @returns {Stroke[]} */
  function strokes() {
    const { source } = store.get();
    return source.kind === "strokes" ? source.strokes : [];
  }

  /** @type {Stroke[] | null} those whose last one the pen is drawing */
  let open = null;
  const isPenDown = () => open !== null && open === strokes();

  /** @param {Stroke[]} drawn */
  function draw(drawn) {
    const look = strokes().length ? looking.look : looking.lookAtNew;
    open = drawn;
    look({ kind: "strokes", strokes: drawn });
  }

  return {
    /** Begin a stroke; on top of a gallery digit or a picture this begins a new drawing. @param {Point} point */
    beginStroke: (point) => draw([...strokes(), [snap(point)]]),

    /** Where the stroke was taken back meanwhile, the pen draws nothing until it is set down anew. @param {Point[]} points */
    continueStroke(points) {
      const last = isPenDown() && strokes().at(-1);
      if (!last) return;
      const longer = points.map(snap).reduce(extendStroke, last);
      if (longer !== last) draw(strokes().with(-1, longer));
    },

    endStroke: () => void (open = null),

    isPenDown,

    /** Take the last stroke back, or bring back what was cleared. */
    undo() {
      const left = strokes().slice(0, -1);
      const { cleared } = store.get();
      if (!cleared && !strokes().length) return; // a test digit, or a picture, was not drawn
      if (cleared) looking.look(cleared);
      else if (left.length) looking.look({ kind: "strokes", strokes: left });
      else looking.clear();
    },

    /** @param {number} penWidth in parts of the pad's side */
    setPenWidth(penWidth) {
      store.set({ penWidth });
      if (strokes().length) looking.look({ kind: "strokes", strokes: strokes() });
    },
  };
}
