/** Actions that point at parts of the network, and pin them so that they stay. @import { Store } from "../types.js" */
import { FEW_CAPSULES } from "../lib/network.js";

/**
 * @param {Store} store
 * @param {() => void} needVotes asks for the votes of the trace, which only those who point at a capsule see
 */
export function pointingActions(store, needVotes) {
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
      if (capsule !== null) needVotes();
    },

    /** Pin a primary capsule beside those that are pinned, of which one too many lets the first go; or let it go. @param {number} capsule */
    pinCapsule(capsule) {
      const pinned = store.get().pinnedCapsules;
      if (pinned.includes(capsule)) return pin(pinned.filter((other) => other !== capsule));
      pin([...pinned, capsule].slice(-FEW_CAPSULES));
      needVotes();
    },

    /** Let go of everything that is pinned. */
    letGo: () => store.set({ pinnedCapsules: [], pinnedType: null, pinnedClass: null }),

    /** @param {number | null} type */
    hoverType: (type) => store.set({ hoveredType: type }),

    /** Pin a type of primary capsules, or let it go. @param {number} type */
    pinType: (type) => store.set({ pinnedType: type === store.get().pinnedType ? null : type }),

    /** @param {number | null} map */
    hoverMap: (map) => store.set({ hoveredMap: map }),

    /** Choose the class of a plane of votes. @param {0 | 1} which @param {number | null} label null follows the answer */
    showPlane: (which, label) =>
      store.set({ planeClasses: which ? [store.get().planeClasses[0], label] : [label, store.get().planeClasses[1]] }),

    /** @param {Partial<import("../types.js").PlaneLook>} look */
    lookAtPlanes: (look) => store.set({ planeLook: { ...store.get().planeLook, ...look } }),
  };
}
