/** Which transformation the figures below the first screen follow. */
/** @import { Name } from "../../capsules/viewpoint.js" @import { Row } from "../../shell/link.js" */
/** @import { Store } from "../../shell/store.js" */
import { choice } from "../../shell/link.js";

/** In the order in which the page offers them. @type {readonly Name[]} */
export const FOLLOWABLE = ["rotation", "right", "down", "shear", "scale", "stretch", "thickness"];

/** @typedef {{followed: Name}} Following */

/** @type {Following} */
export const initial = { followed: FOLLOWABLE[0] };

/** @type {Row<Following>[]} */
export const link = [choice("along", "the transformation that is followed", "followed", FOLLOWABLE)];

/** @param {Store<Following>} store */
export const actions = (store) => ({
  /** @param {Name} followed */
  follow: (followed) => store.set({ followed }),
});
