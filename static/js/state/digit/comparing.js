/** What the reconstruction is compared with. */
/** @import { Store } from "../../shell/store.js" @import { Row } from "../../shell/link.js" */
import { choice } from "../../shell/link.js";

/**
 * @typedef {object} Comparison
 * @property {boolean} ghost whether the outline of what was found lies over the reconstruction
 * @property {"input" | "found"} compareWith what the reconstruction is compared with
 */

/** @type {Comparison} */
export const initial = { ghost: true, compareWith: "input" };

/** @type {Row<Comparison>[]} */
export const link = [
  {
    key: "ghost",
    what: "the outline",
    fields: ["ghost"],
    write: ({ ghost }) => (ghost ? null : "0"),
    read: (text) => ({ ghost: text.whole(0, 1) === 1 }),
  },
  choice("compare", "what the reconstruction is compared with", "compareWith", ["input", "found"]),
];

/** @param {Store<Comparison>} store */
export const actions = (store) => ({
  /** @param {boolean} ghost */
  setGhost: (ghost) => store.set({ ghost }),

  /** @param {Comparison["compareWith"]} compareWith */
  setCompareWith: (compareWith) => store.set({ compareWith }),
});
