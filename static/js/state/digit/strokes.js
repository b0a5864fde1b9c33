/** Actions of the pen. */
/** @import { Source } from "../../api/drawing.js" @import { Store } from "../../shell/store.js" */
/** @import { Sources } from "./source.js" */
import { penOn } from "../drawing/pen.js";

/**
 * @param {Store<Sources>} store
 * @param {unknown} _services
 * @param {{look: (source: Source) => void, lookAtNew: (source: Source) => void, clear: () => void}} looking
 */
export function actions(store, _services, looking) {
  const { redraw, ...pen } = penOn({
    source: () => store.get().source,
    cleared: () => store.get().cleared,
    look: (source) => looking.look(source),
    lookAtNew: (source) => looking.lookAtNew(source),
    clear: () => looking.clear(),
  });
  return {
    ...pen,

    /** @param {number} penWidth in parts of the pad's side */
    setPenWidth(penWidth) {
      store.set({ penWidth });
      redraw();
    },
  };
}
