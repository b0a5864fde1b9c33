/** What is pointed at in the network, and what is pinned so that it stays. */
/** @import { Geometry } from "../../capsules/geometry.js" @import { Arrival } from "../compose.js" */
/** @import { Choice } from "./choosing.js" @import { Playback } from "./playback.js" */
/** @import { Traced, Traces } from "./traces.js" */
/** @import { Store } from "../../shell/store.js" @import { LinkText, Row } from "../../shell/link.js" */
import { FEW_CAPSULES } from "../../capsules/limits.js";
import { shownClass } from "./choosing.js";
import { ownershipMaps } from "./measures.js";
import { atPlayhead } from "./playhead.js";

/**
 * @typedef {object} Pointing
 * @property {number | null} hoveredClass
 * @property {number | null} pinnedClass the class whose share of the drawing stays painted
 * @property {number | null} hoveredCapsule
 * @property {readonly number[]} pinnedCapsules in the order in which they were pinned
 * @property {number | null} hoveredType
 * @property {number | null} pinnedType
 * @property {number | null} hoveredMap a map of Conv1
 * @property {{capsule: number, label: number} | null} hoveredLink from a primary capsule to a class
 */

/** @type {Pointing} */
export const initial = {
  hoveredClass: null,
  pinnedClass: null,
  hoveredCapsule: null,
  pinnedCapsules: [],
  hoveredType: null,
  pinnedType: null,
  hoveredMap: null,
  hoveredLink: null,
};

const NOTHING_PINNED = { pinnedCapsules: initial.pinnedCapsules, pinnedType: null, pinnedClass: null };

/** @param {number | null} index */
const written = (index) => (index === null ? null : String(index));

/** @type {Row<Pointing>[]} */
export const link = [
  {
    key: "owns",
    what: "the pinned class",
    fields: ["pinnedClass"],
    write: ({ pinnedClass }) => written(pinnedClass),
    read: (text) => ({ pinnedClass: text.index() }),
  },
  {
    key: "capsule", // one or several, in their order
    what: "the pinned capsules",
    fields: ["pinnedCapsules"],
    write: ({ pinnedCapsules }) => (pinnedCapsules.length ? pinnedCapsules.join(".") : null),
    read: (text) => ({ pinnedCapsules: readCapsules(text) }),
  },
  {
    key: "type",
    what: "the pinned type",
    fields: ["pinnedType"],
    write: ({ pinnedType }) => written(pinnedType),
    read: (text) => ({ pinnedType: text.index() }),
  },
];

/** @param {LinkText} text */
const readCapsules = (text) => [...new Set(text.parts(".", (part) => text.index(part)))].slice(0, FEW_CAPSULES);

/** @param {Pointing} _state @param {Arrival} arrival */
export const arrived = (_state, { isNew }) => (isNew ? { pinnedClass: null } : {});

export const cleared = NOTHING_PINNED;

/** @param {Pointing} state @param {Geometry} geometry @returns {Partial<Pointing>} */
export function fitted(state, { classes, primaries, types, maps }) {
  const { hoveredLink } = state;
  const within = (/** @type {number | null} */ index, /** @type {number} */ end) => index === null || index < end;
  return {
    ...(within(state.hoveredClass, classes) ? {} : { hoveredClass: null }),
    ...(within(state.pinnedClass, classes) ? {} : { pinnedClass: null }),
    ...(within(state.hoveredCapsule, primaries) ? {} : { hoveredCapsule: null }),
    ...(within(state.hoveredType, types) ? {} : { hoveredType: null }),
    ...(within(state.pinnedType, types) ? {} : { pinnedType: null }),
    ...(within(state.hoveredMap, maps) ? {} : { hoveredMap: null }),
    ...(hoveredLink && (hoveredLink.capsule >= primaries || hoveredLink.label >= classes) && { hoveredLink: null }),
    ...(state.pinnedCapsules.every((capsule) => capsule < primaries)
      ? {}
      : { pinnedCapsules: state.pinnedCapsules.filter((capsule) => capsule < primaries) }),
  };
}

/**
 * @param {Store<Pointing>} store
 * @param {unknown} _services
 * @param {{needVotesOfLookedAt: () => unknown, needKernels: () => unknown}} others
 */
export function actions(store, _services, others) {
  /** @param {readonly number[]} pinnedCapsules */
  const pin = (pinnedCapsules) => store.set({ pinnedCapsules });

  return {
    /** @param {number | null} label */
    hoverClass: (label) => store.set({ hoveredClass: label }),

    /** Keep painted what a class owns, or no longer. @param {number} label */
    pinClass: (label) => store.set({ pinnedClass: label === store.get().pinnedClass ? null : label }),

    /** @param {number | null} capsule */
    hoverCapsule(capsule) {
      store.set({ hoveredCapsule: capsule });
      if (capsule !== null) others.needVotesOfLookedAt();
    },

    /**
     * Pin a primary capsule beside those that are pinned, of which one too many lets the first go; or let it go.
     * @param {number} capsule
     */
    pinCapsule(capsule) {
      const pinned = store.get().pinnedCapsules;
      if (pinned.includes(capsule)) return pin(pinned.filter((other) => other !== capsule));
      pin([...pinned, capsule].slice(-FEW_CAPSULES));
      others.needVotesOfLookedAt();
    },

    /** Let go of everything that is pinned. */
    letGo: () => store.set(NOTHING_PINNED),

    /** @param {number | null} type */
    hoverType: (type) => store.set({ hoveredType: type }),

    /** Pin a type of primary capsules, or let it go. @param {number} type */
    pinType: (type) => store.set({ pinnedType: type === store.get().pinnedType ? null : type }),

    /** Point at a link: the others stay, so that one can go from line to line. @param {Pointing["hoveredLink"]} link */
    hoverLink(link) {
      const before = store.get().hoveredLink;
      if (before?.capsule === link?.capsule && before?.label === link?.label) return;
      store.set({ hoveredLink: link });
      if (link) others.needVotesOfLookedAt();
    },

    /** From its capsules back to a class, with those that made it. @param {number} label */
    showSupporters: (label) => store.set({ ...NOTHING_PINNED, hoveredCapsule: null, pinnedClass: label }),

    /** @param {number | null} map */
    hoverMap(map) {
      store.set({ hoveredMap: map });
      if (map !== null) others.needKernels();
    },
  };
}

/**
 * The class whose links are lit: the one under the pointer, else the chosen one.
 * @param {Pointing & Choice & Traces} state
 */
export const litClass = (state) => state.hoveredClass ?? shownClass(state);

/** The class whose share of the drawing is painted. @param {Pointing} state */
export const ownedClass = (state) => state.hoveredClass ?? state.pinnedClass;

/**
 * Which parts of the picture a class capsule owns at the playhead, eased from iteration to iteration.
 * @param {Traced & Playback} state
 * @param {number} label
 * @returns {Float32Array} (H, W) in [0, 1)
 */
export const ownershipNow = ({ trace, playhead }, label) =>
  atPlayhead(ownershipMaps(trace, label), playhead, trace.geometry.pixels);

/**
 * The one primary capsule that is looked at: of several that are pinned, the last.
 * @param {Pointing} state
 * @returns {number | null}
 */
export const lookedAtCapsule = (state) =>
  state.hoveredCapsule ??
  state.hoveredLink?.capsule ??
  (state.hoveredType === null ? (state.pinnedCapsules.at(-1) ?? null) : null);

/** The type that is looked at, while no capsule is. @param {Pointing} state @returns {number | null} */
export const lookedAtType = (state) =>
  lookedAtCapsule(state) === null ? (state.hoveredType ?? state.pinnedType) : null;

/**
 * All primary capsules that are looked at: the one under the pointer, those of a type, or the pinned ones.
 * @param {Pointing & Traces} state
 * @returns {readonly number[] | null} null where none is
 */
export function lookedAtCapsules(state) {
  const hovered = state.hoveredCapsule ?? state.hoveredLink?.capsule;
  if (hovered !== undefined) return [hovered];
  const type = lookedAtType(state);
  const perType = state.trace?.geometry.perType ?? 0;
  if (type !== null) return Array.from({ length: perType }, (_, k) => type * perType + k);
  return state.pinnedCapsules.length ? state.pinnedCapsules : null;
}

/**
 * Whether a class is pointed at: for as long it sets aside what is pinned, or its links would not be seen.
 * @param {Pointing} state
 */
export const isClassPointedAt = ({ hoveredClass, hoveredCapsule, hoveredType }) =>
  hoveredClass !== null && hoveredCapsule === null && hoveredType === null;

/**
 * The capsules whose links alone are drawn.
 * @param {Pointing & Traces} state
 * @returns {readonly number[] | null} null for all
 */
export const linkedCapsules = (state) =>
  isClassPointedAt(state) ? null : lookedAtCapsules({ ...state, hoveredLink: null });

/** What of the state decides what is looked at, to be watched. @param {Pointing} state */
export const pointedAt = ({ hoveredCapsule, hoveredLink, hoveredType, pinnedCapsules, pinnedType }) => [
  hoveredCapsule,
  hoveredLink,
  hoveredType,
  pinnedCapsules,
  pinnedType,
];
