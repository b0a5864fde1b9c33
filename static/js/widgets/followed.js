/** The choice of the transformation that the figures about ways and directions follow. */
/** @import { Context } from "./dom.js" @import { Following } from "../state/view/following.js" */
/** @import { Name } from "../capsules/viewpoint.js" */
import { TRANSFORMATIONS } from "../capsules/viewpoint.js";
import { FOLLOWABLE } from "../state/view/following.js";
import { element } from "./dom.js";

/**
 * @param {HTMLElement} place a fieldset
 * @param {string} group a name for its radio buttons, and the beginning of their ids
 * @param {Context<Following, {follow: (name: Name) => void}>} context
 */
export function followedChoice(place, group, { store, actions }) {
  for (const name of FOLLOWABLE) {
    const input = element("input", { type: "radio", name: group, id: `${group}-${name}` });
    input.addEventListener("change", () => actions.follow(name));
    place.append(element("label", {}, input, ` ${TRANSFORMATIONS[name].title}`));
    store.watch(
      ({ followed }) => [followed],
      ({ followed }) => (input.checked = followed === name),
    );
  }
}
