/** The votes for two classes, each on the plane that holds most of them. */
/** @import { VotePlanes } from "../../capsules/types.js" @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Choice } from "./choosing.js" @import { PartKind } from "./parts.js" */
/** @import { Playback } from "./playback.js" */
/** @import { Traced, Traces } from "./traces.js" @import { Store } from "../../shell/store.js" */
/** @import { LinkText, Row } from "../../shell/link.js" */
import { choice } from "../../shell/link.js";
import { shownClass } from "./choosing.js";
import { couplingColumn, supportColumn, runnerUp } from "./measures.js";
import { atPlayhead } from "./playhead.js";

/**
 * @typedef {object} PlaneLook how the planes are drawn
 * @property {"position" | "type"} colour what the points' colours stand for
 * @property {"root" | "linear"} distance whether distances from zero are drawn as their square roots
 *
 * @typedef {object} Planes
 * @property {readonly [number | null, number | null]} planeClasses null follows: the shown class, and the longest other
 *   one
 * @property {PlaneLook} planeLook
 * @property {"support" | "coupling"} planeShows what the size of a point stands for
 */

/** @type {Planes} */
export const initial = {
  planeClasses: [null, null],
  planeLook: { colour: "position", distance: "root" },
  planeShows: "support",
};

/** @type {Row<Planes>[]} */
export const link = [
  {
    key: "planes", // a class or nothing on either side of the point
    what: "the classes of the votes",
    fields: ["planeClasses"],
    write: ({ planeClasses }) =>
      planeClasses.every((label) => label === null) ? null : planeClasses.map((label) => label ?? "").join("."),
    read: (text) => ({ planeClasses: readPair(text) }),
  },
  choice("dots", "what the dots of the votes show", "planeShows", ["support", "coupling"]),
  {
    key: "points",
    what: "the colours of the votes",
    fields: ["planeLook"],
    write: ({ planeLook: { colour } }) => (colour === initial.planeLook.colour ? null : colour),
    read: (text, { planeLook = initial.planeLook }) => ({
      planeLook: { ...planeLook, colour: text.oneOf(/** @type {const} */ (["position", "type"])) },
    }),
  },
  {
    key: "distance",
    what: "the scale of the votes",
    fields: ["planeLook"],
    write: ({ planeLook: { distance } }) => (distance === initial.planeLook.distance ? null : distance),
    read: (text, { planeLook = initial.planeLook }) => ({
      planeLook: { ...planeLook, distance: text.oneOf(/** @type {const} */ (["root", "linear"])) },
    }),
  },
];

/** @param {LinkText} text @returns {[number | null, number | null]} */
function readPair(text) {
  const [first, second] = text.text.split(".").map((part) => (part === "" ? null : text.index(part)));
  return [first, second ?? null];
}

/** @param {Planes} state @param {Geometry} geometry @returns {Partial<Planes>} */
export const fitted = ({ planeClasses }, { classes }) =>
  planeClasses.every((label) => label === null || label < classes) ? {} : { planeClasses: initial.planeClasses };

/**
 * @type {PartKind<VotePlanes, Planes & Choice & Traces, {fetchPlanes: typeof
 *   import("../../api/client.js").fetchPlanes}>}
 */
export const PLANES = {
  name: "planes",
  detail: (state) => planeLabels(state)?.join(",") ?? null,
  ask: ({ fetchPlanes }, drawing, trace, state) =>
    fetchPlanes(drawing, { ...trace, labels: /** @type {number[]} */ (planeLabels(state)).join(",") }),
};

/**
 * @param {Store<Planes>} store
 * @param {{fetchPlanes: typeof import("../../api/client.js").fetchPlanes}} _services
 * @param {{needPart: (kind: typeof PLANES) => Promise<number>}} others
 */
export const actions = (store, _services, others) => ({
  needPlanes: () => others.needPart(PLANES),

  /** Choose the class of a plane of votes. @param {0 | 1} which @param {number | null} label null follows the answer */
  showPlane: (which, label) =>
    store.set({ planeClasses: which ? [store.get().planeClasses[0], label] : [label, store.get().planeClasses[1]] }),

  /** @param {Planes["planeShows"]} planeShows */
  showOnPlanes: (planeShows) => store.set({ planeShows }),

  /** @param {Partial<PlaneLook>} look */
  lookAtPlanes: (look) => store.set({ planeLook: { ...store.get().planeLook, ...look } }),
});

/** The two classes whose votes are shown. @param {Planes & Choice & Traces} state @returns {[number, number] | null} */
export function planeLabels(state) {
  const { trace, planeClasses } = state;
  const first = planeClasses[0] ?? shownClass(state);
  return trace && first !== null ? [first, planeClasses[1] ?? runnerUp(trace, first)] : null;
}

/**
 * c_ij of all primary capsules to one class at the playhead.
 * @param {Traced & Playback} state
 * @param {number} label
 * @returns {Float32Array} (P)
 */
export const couplingsTo = ({ trace, playhead }, label) =>
  atPlayhead(couplingColumn(trace, label), playhead, trace.geometry.primaries);

/**
 * What each vote adds to the length of a class's sum at the playhead, or takes from it.
 * @param {Traced & Playback} state
 * @param {number} label
 * @returns {Float32Array} (P)
 */
export const supportTo = ({ trace, playhead }, label) =>
  atPlayhead(supportColumn(trace, label), playhead, trace.geometry.primaries);
