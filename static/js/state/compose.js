/**
 * Slices of the state, and what becomes of them together.
 *
 * A slice is a module about one thing. It exports some of these:
 *
 * - `initial`: its part of the state, as it is at first
 * - `link`: its rows of the link (shell/link)
 * - `actions(store, services, others, life)`: makes its actions. `services` is what it needs of the world, `others`
 *   holds the actions of all slices, once all are made, `life` calls the hooks below
 * - `arrived(state, arrival)`: what changes in its part when a new trace comes; the patch itself where that is always
 *   the same
 * - `traced(actions)`: what is asked for once that trace is shown: in the frame after the answer
 * - `chosen(actions)`: what follows when another class is selected
 * - `fitted(state, geometry)`: what must be let go of because a network of these sizes does not have it
 * - `cleared`: what its part becomes when the pad is cleared
 * - `lasting`: the names of what stays when a link is opened in a page that is open; all else begins anew
 *
 * A subject is a list of slices; a room composes the slices of its subjects. A slice that two subjects share counts
 * once.
 */
/** @import { Geometry } from "../capsules/geometry.js" @import { Trace } from "../capsules/types.js" */
/** @import { Row } from "../shell/link.js" @import { Store } from "../shell/store.js" */
/** @import { Drawing } from "../api/client.js" @import { Pair, Source } from "../api/drawing.js" */
import { linkOf } from "../shell/link.js";

/**
 * @typedef {object} Arrival a new trace
 * @property {Trace} trace
 * @property {Trace | null} untouched the same without the interventions, where there are any
 * @property {Source | Pair} source that was asked about: of a picture that was opened, the one before
 * @property {Drawing} drawing what both were made from
 * @property {boolean} isNew whether it is of another drawing than the one before
 * @property {boolean} keepDials whether the dials were meant to stay
 *
 * @typedef {object} Life what happens to all slices at once
 * @property {(state: any, arrival: Arrival) => object} arrived
 * @property {() => void} chosen
 * @property {(state: any, geometry: Geometry) => object} fitted
 * @property {() => object} cleared
 * @property {(state: any) => object} opened the state as a link finds it
 * @property {(fields: Iterable<string>) => string[]} named what the link calls these fields
 *
 * @typedef {object} Slice
 * @property {object} [initial]
 * @property {readonly Row<any>[]} [link]
 * @property {(store: Store<any>, services: any, others: any, life: Life) => object} [actions]
 * @property {object | ((state: any, arrival: Arrival) => object)} [arrived]
 * @property {(actions: any) => void} [traced]
 * @property {(actions: any) => void} [chosen]
 * @property {(state: any, geometry: Geometry) => object} [fitted]
 * @property {object} [cleared]
 * @property {readonly string[]} [lasting]
 */

/**
 * @template U
 * @typedef {(U extends unknown ? (given: U) => void : never) extends (given: infer I) => void ? I : never} Both
 *   of a union, what is all of its members at once
 */

/** @template S @typedef {S extends {initial: infer I} ? I : never} PartOf */
/** @template S @typedef {S extends {actions: (...given: any[]) => infer A} ? A : never} ActionsOf */
/**
 * @template S
 * @typedef {S extends {actions: (store: any, services: infer N, ...rest: any[]) => any}
 *   ? unknown extends N ? never : N : never} NeedsOf nothing of a slice that needs nothing
 */

/** @template {readonly Slice[]} L @typedef {Both<PartOf<L[number]>>} StateOf the state of these slices */
/** @template {readonly Slice[]} L @typedef {Both<ActionsOf<L[number]>>} AllActions */
/** @template {readonly Slice[]} L @typedef {Both<NeedsOf<L[number]>>} ServicesOf what these slices need of the world */

/**
 * @template {readonly Slice[]} L
 * @typedef {object} Composed
 * @property {StateOf<L>} initial
 * @property {ReturnType<typeof linkOf>} link
 * @property {(store: Store<StateOf<L>>, services: ServicesOf<L>) => AllActions<L>} createActions
 */

/**
 * @template {readonly Slice[]} L
 * @param {L} given
 * @returns {Composed<L>}
 * @throws {TypeError} where two slices claim one part of the state, one key of the link, or one action
 */
export function compose(given) {
  const slices = [...new Set(given)];
  const rows = slices.flatMap((slice) => slice.link ?? []);
  merge(rows.map(({ key }) => ({ [key]: true })));
  const link = linkOf(rows);
  const initial = merge(slices.map((slice) => slice.initial));
  const lasting = slices.flatMap((slice) => slice.lasting ?? []);
  /** @type {Omit<Life, "chosen">} */
  const patches = {
    arrived: (state, arrival) =>
      merge(slices.map(({ arrived }) => (typeof arrived === "function" ? arrived(state, arrival) : arrived))),
    fitted: (state, geometry) => merge(slices.map((slice) => slice.fitted?.(state, geometry))),
    cleared: () => merge(slices.map((slice) => slice.cleared)),
    opened: (state) => ({ ...initial, ...Object.fromEntries(lasting.map((name) => [name, state[name]])) }),
    named: link.named,
  };
  return /** @type {Composed<any>} */ ({
    initial,
    link,
    createActions: (/** @type {Store<any>} */ store, /** @type {unknown} */ services) =>
      makeActions(slices, store, services, patches),
  });
}

/**
 * @param {Slice[]} slices
 * @param {Store<any>} store
 * @param {unknown} services
 * @param {Omit<Life, "chosen">} patches
 */
function makeActions(slices, store, services, patches) {
  /** @type {Record<string, unknown>} */
  const actions = {};
  const life = {
    ...patches,
    chosen: () => slices.forEach((slice) => slice.chosen?.(actions)),
  };
  // The first of all watchers, so that what it asks for is on its way before the figures paint.
  store.watch(
    ({ trace }) => [trace],
    ({ trace }) => trace && slices.forEach((slice) => slice.traced?.(actions)),
    { name: "what is asked for beside a trace" },
  );
  return Object.assign(actions, merge(slices.map((slice) => slice.actions?.(store, services, actions, life))));
}

/**
 * @param {(object | undefined)[]} parts
 * @returns {Record<string, any>}
 * @throws {TypeError} where two of them name the same
 */
function merge(parts) {
  /** @type {Record<string, unknown>} */
  const merged = {};
  for (const part of parts) {
    for (const [key, value] of Object.entries(part ?? {})) {
      if (Object.hasOwn(merged, key)) throw new TypeError(`two slices claim “${key}”`);
      merged[key] = value;
    }
  }
  return merged;
}
