/** Actions of the pen. @import { Point, Store, Stroke } from "../types.js" */
import { extendStroke, snap } from "../lib/strokes.js";

/**
 * @param {Store} store
 * @param {{look: (source: import("../types.js").Source) => void, clear: () => void}} looking
 */
export function strokeActions(store, looking) {
  /** @returns {Stroke[]} */
  function strokes() {
    const { source } = store.get();
    return source.kind === "strokes" ? source.strokes : [];
  }

  return {
    /** Begin a stroke; on top of a gallery digit or a picture this begins a new drawing. @param {Point} point */
    beginStroke(point) {
      if (!strokes().length) store.set({ selectedClass: null, pinnedClass: null });
      looking.look({ kind: "strokes", strokes: [...strokes(), [snap(point)]] });
    },

    /** @param {Point[]} points */
    continueStroke(points) {
      const before = strokes();
      const last = before.at(-1);
      if (!last) return;
      const longer = points.map(snap).reduce(extendStroke, last);
      if (longer !== last) looking.look({ kind: "strokes", strokes: before.with(-1, longer) });
    },

    /** Take the last stroke back, or bring back what was cleared. */
    undo() {
      const left = strokes().slice(0, -1);
      const { cleared } = store.get();
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
