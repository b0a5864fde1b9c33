/** An outline and the frame that it is seen in: how both are turned. No network sees them. */
/** @import { Row } from "../../shell/link.js" @import { Store } from "../../shell/store.js" */
import { MOST, wrapped } from "../../capsules/square.js";

/** @typedef {{outlineAngle: number, frameAngle: number}} Frame whole degrees, anticlockwise, from -90 to 90 */

/** @type {Frame} */
export const initial = { outlineAngle: 0, frameAngle: 0 };

/** @type {Row<Frame>[]} */
export const link = [
  {
    key: "shape",
    what: "the outline and its frame",
    fields: ["outlineAngle", "frameAngle"],
    write: ({ outlineAngle, frameAngle }) => (outlineAngle || frameAngle ? `${outlineAngle}_${frameAngle}` : null),
    read(text) {
      const [outlineAngle, frameAngle = 0] = text.parts("_", (part) => text.whole(-MOST, MOST, part), 2);
      return { outlineAngle, frameAngle };
    },
  },
];

/** @param {Store<Frame>} store */
export const actions = (store) => ({
  /** @param {number} angle degrees; beyond the ends it is the one that shows the same */
  turnOutline: (angle) => store.set({ outlineAngle: settled(angle) }),

  /** @param {number} angle as `turnOutline` */
  turnFrame: (angle) => store.set({ frameAngle: settled(angle) }),
});

/** @param {number} angle */
const settled = (angle) => (Math.abs(angle) === MOST ? angle : Math.round(wrapped(angle)));
