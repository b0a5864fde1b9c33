/** One drawing as each of the classes: what the decoder draws from each class capsule alone. */
/** @import { Masks } from "../../capsules/types.js" @import { PartKind } from "./parts.js" */
/** @import { Store } from "../../shell/store.js" @import { Row } from "../../shell/link.js" */

/**
 * @typedef {object} MaskLook
 * @property {"error" | "length"} maskOrder what the masks are ranked by
 * @property {boolean} stretched whether each mask is drawn with its capsule as long as the longest
 */

/** @type {MaskLook} */
export const initial = { maskOrder: "error", stretched: true };

/** @type {Row<MaskLook>[]} */
export const link = [
  {
    key: "masks",
    what: "the order of the masks",
    fields: ["maskOrder", "stretched"],
    write: ({ maskOrder, stretched }) =>
      [maskOrder === "length" && "length", !stretched && "found"].filter(Boolean).join(".") || null,
    read: (text) => {
      const words = text.parts(".", readWord);
      return { maskOrder: words.includes("length") ? "length" : "error", stretched: !words.includes("found") };
    },
  },
];

/** @param {string} part @throws {RangeError} */
function readWord(part) {
  if (part !== "length" && part !== "found") throw new RangeError(`nothing about masks: ${part}`);
  return part;
}

/** @type {PartKind<Masks, unknown, {fetchMasks: typeof import("../../api/client.js").fetchMasks}>} */
export const MASKS = {
  name: "masks",
  detail: () => "",
  ask: ({ fetchMasks }, drawing, trace) => fetchMasks(drawing, trace),
};

/**
 * @param {Store<MaskLook>} store
 * @param {{fetchMasks: typeof import("../../api/client.js").fetchMasks}} _services
 * @param {{needPart: (kind: typeof MASKS) => Promise<number>}} others
 */
export const actions = (store, _services, others) => ({
  needMasks: () => others.needPart(MASKS),

  /** @param {MaskLook["maskOrder"]} maskOrder */
  orderMasks: (maskOrder) => store.set({ maskOrder }),

  /** @param {boolean} stretched */
  stretchMasks: (stretched) => store.set({ stretched }),
});
