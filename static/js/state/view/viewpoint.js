/** From where the digit is seen: what is done to its upright picture. */
/** @import { Name, Viewpoint } from "../../capsules/viewpoint.js" */
/** @import { LinkText, Row } from "../../shell/link.js" @import { Store } from "../../shell/store.js" */
import { NAMES, PIECES, REST, TRANSFORMATIONS, isSameView, settledAmount } from "../../capsules/viewpoint.js";

/** @typedef {{viewpoint: Viewpoint}} WithViewpoint */

/** @type {WithViewpoint} */
export const initial = { viewpoint: REST };

/** Between the numbers of a link, and between a name and its number. */
const [BETWEEN, IS] = ["_", "*"];

/** As `rotation*15_right*-2`: what is at rest is left out. @type {Row<WithViewpoint>[]} */
export const link = [
  {
    key: "view",
    what: "the viewpoint",
    fields: ["viewpoint"],
    write({ viewpoint }) {
      const moved = [...NAMES, /** @type {const} */ ("pieces")].filter((name) => viewpoint[name] !== REST[name]);
      return moved.map((name) => `${name}${IS}${viewpoint[name]}`).join(BETWEEN) || null;
    },
    read: (text) => ({
      viewpoint: { ...REST, ...Object.assign({}, ...text.parts(BETWEEN, (part) => readPart(text, part))) },
    }),
  },
];

/**
 * @param {LinkText} text
 * @param {string} part of it
 * @returns {Partial<Viewpoint>}
 * @throws {RangeError} where it is none
 */
function readPart(text, part) {
  const [key, value = ""] = part.split(IS);
  const pieces = PIECES.find((kind) => kind === value);
  if (key === "pieces" && pieces) return { pieces };
  const name = NAMES.find((known) => known === key);
  if (!name) throw new RangeError(`no part of a viewpoint: ${part}`);
  const { low, high } = TRANSFORMATIONS[name];
  return { [name]: settledAmount(name, text.number(low, high, value)) };
}

/**
 * @param {Store<WithViewpoint>} store
 * @param {unknown} _services
 * @param {{askViews: () => void}} others
 */
export function actions(store, _services, others) {
  const own = {
    /**
     * See the digit from elsewhere. Numbers are brought into their ranges, and to their steps.
     * @param {Partial<Viewpoint>} patch what is to change
     */
    turnTo(patch) {
      const { viewpoint: before } = store.get();
      const viewpoint = settled({ ...before, ...patch });
      if (isSameView(viewpoint, before)) return;
      store.set({ viewpoint });
      others.askViews();
    },

    /** The picture stands upright again. */
    resetView: () => own.turnTo(REST),
  };
  return own;
}

/** @param {Viewpoint} viewpoint @returns {Viewpoint} */
const settled = (viewpoint) => ({
  .../** @type {Record<Name, number>} */ (
    Object.fromEntries(NAMES.map((name) => [name, settledAmount(name, viewpoint[name])]))
  ),
  pieces: viewpoint.pieces,
});
