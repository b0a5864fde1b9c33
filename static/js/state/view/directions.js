/** What was measured of both networks: where a pose, or a CNN's features, go while digits are transformed. */
/** @import { ViewpointPaths } from "../../capsules/paths.js" @import { Name } from "../../capsules/viewpoint.js" */
/** @import { Choice } from "../trace/choosing.js" @import { Network } from "../trace/network.js" */
/** @import { Traces } from "../trace/traces.js" @import { Troubles } from "../trace/troubles.js" */
/** @import { Contrast } from "./contrast.js" @import { Following } from "./following.js" */
/** @import { Side } from "./viewed.js" @import { WithViewpoint } from "./viewpoint.js" */
/** @import { Store } from "../../shell/store.js" */
import { movedNames } from "../../capsules/viewpoint.js";
import { once } from "../../shell/once.js";
import { attempt } from "../trace/troubles.js";
import { contrastCard } from "./contrast.js";
import { SIDES, viewedClass } from "./viewed.js";

/** @typedef {{directions: Readonly<Record<string, ViewpointPaths>>}} Directions by network, class and transformation */

/** @type {Directions} */
export const initial = { directions: {} };

/** @typedef {Directions & Following & WithViewpoint & Contrast & Choice & Network & Traces} DirectionsState */

/**
 * @param {Store<DirectionsState & Troubles>} store
 * @param {{fetchViewpointPaths: typeof import("../../api/viewpoints.js").fetchViewpointPaths}} services
 */
export function actions(store, { fetchViewpointPaths }) {
  /** One answer for whoever asks the same. @type {ReturnType<typeof once<string>>} */
  const ask = once();

  /** @param {Asked} asked */
  async function need({ side, model, label, name }) {
    const key = keyOf(model, label, name);
    if (store.get().directions[key]) return 0;
    return ask(key, () =>
      attempt(
        store,
        { name: `directions-${side}`, key },
        () => fetchViewpointPaths({ model, label, transformation: name }),
        { take: (found) => store.set({ directions: { ...store.get().directions, [key]: found } }) },
      ),
    );
  }

  return {
    /**
     * Of the followed class: the transformation that is followed, of both networks, and of the capsules those that the
     * digit stands in. Each is asked for once.
     * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
     */
    async needDirections() {
      const asked = SIDES.flatMap((side) => askedOf(store.get(), side));
      return Math.max(0, ...(await Promise.all(asked.map(need))));
    },
  };
}

/**
 * @typedef {{side: Side, model: string, label: number, name: Name}} Asked
 *
 * @param {DirectionsState} state
 * @param {Side} side
 * @returns {Asked[]}
 */
function askedOf(state, side) {
  const [model, label] = [modelOf(state, side), viewedClass(state)];
  if (model === null || label === null || !areMeasured(state, side)) return [];
  const names = side === "capsule" ? [state.followed, ...movedNames(state.viewpoint)] : [state.followed];
  return [...new Set(names)].map((name) => ({ side, model, label, name }));
}

/**
 * The network of a side.
 * @param {Contrast & Network & Traces} state
 * @param {Side} side
 * @returns {string | null} null where there is none
 */
export const modelOf = (state, side) =>
  side === "capsule" ? (state.trace?.model ?? null) : (contrastCard(state)?.name ?? null);

/**
 * Whether the paths of a network were measured.
 * @param {Contrast & Network & Traces} state
 * @param {Side} side
 * @returns {boolean | null} null where there is no such network, and until the networks are known
 */
export function areMeasured(state, side) {
  const name = modelOf(state, side);
  return state.models.find((card) => card.name === name)?.measured.includes("viewpoints") ?? null;
}

/**
 * What was measured of the followed class under one transformation.
 * @param {DirectionsState} state
 * @param {Side} side
 * @param {Name} [name] the followed one
 * @returns {ViewpointPaths | null} null until it is known
 */
export function directionOf(state, side, name = state.followed) {
  const [model, label] = [modelOf(state, side), viewedClass(state)];
  return (model !== null && label !== null && state.directions[keyOf(model, label, name)]) || null;
}

/** @param {string} model @param {number} label @param {Name} name */
const keyOf = (model, label, name) => `${model} ${label} ${name}`;
