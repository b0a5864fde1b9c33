/** Actions that keep drawings, walk from the pose of one to that of another, and average them. */
/** @import { KeepingState } from "./kept.js" @import { Kept } from "./keptlink.js" */
/** @import { Choice } from "../trace/choosing.js" */
/** @import { WalkServices } from "./walking.js" @import { Store } from "../../shell/store.js" */
import { without } from "../../shell/arrays.js";
import { isPassing, reasonOf, retryIn } from "../../shell/errors.js";
import { newestWins } from "../../shell/latest.js";
import { clamp } from "../../shell/math.js";
import { foundPose } from "../trace/choosing.js";
import { MOST_KEPT, indexOfKept, slotsOf, stepOf, walkNow } from "./kept.js";
import { makeWalk, rememberLooks } from "./walking.js";
import { ASKED_AGAIN } from "../../words/between.js";

/** @typedef {Store<KeepingState & Choice>} BetweenStore */

/**
 * @typedef {ReturnType<typeof betweenActions>} BetweenActions
 * @param {BetweenStore} store
 * @param {WalkServices} services
 * @param {(label: number, offsets: number[]) => void} dialTo
 */
export const betweenActions = (store, services, dialTo) => ({
  ...keepingActions(store),
  ...walkActions(store, services, dialTo),
});

/** @param {BetweenStore} store */
function keepingActions(store) {
  /** @param {readonly Kept[]} kept @param {readonly [number, number]} ends */
  const keep = (kept, ends) => store.set({ kept, ends });

  const own = {
    /** The drawing on the pad stays, and is one end of the walk. @param {0 | 1} end */
    keepDrawing(end) {
      const { source, penWidth, kept, ends } = store.get();
      if (source.kind === "empty") return;
      const present = indexOfKept(kept, source);
      if (present === -1 && kept.length >= MOST_KEPT) return;
      const all = present === -1 ? [...kept, { source, penWidth }] : kept;
      const slot = (present === -1 ? kept.length : present) + 1;
      const other = kept.length ? ends[1 - end] : 0; // until now the other end was a suggestion: now it is the pad
      keep(all, end === 0 ? [slot, other === slot ? 0 : other] : [other === slot ? 0 : other, slot]);
    },

    /** Keep a test digit as B, or let it go. @param {number} index */
    toggleDigit(index) {
      const { kept, ends, penWidth } = store.get();
      const source = /** @type {const} */ ({ kind: "digit", index });
      const present = indexOfKept(kept, source);
      if (present !== -1) return own.dropKept(present + 1);
      if (kept.length >= MOST_KEPT) return;
      keep([...kept, { source, penWidth }], [ends[0], kept.length + 1]);
    },

    /** As many test digits from the shelf as there is room for. */
    fillKept() {
      const { shelf, source, penWidth, ends } = store.get();
      const kept = slotsOf(store.get()).slice(1); // with the digit that is only suggested
      const more = (shelf?.digits ?? [])
        .filter(({ label, predicted }) => label === predicted)
        .map(({ index }) => ({ source: /** @type {const} */ ({ kind: "digit", index }), penWidth }))
        .filter((digit) => indexOfKept([...kept, { source, penWidth }], digit.source) === -1);
      keep([...kept, ...more].slice(0, MOST_KEPT), ends);
    },

    /** @param {number} slot 1 for the first that is kept */
    dropKept(slot) {
      const { kept, ends } = store.get();
      const [a, b] = ends.map((end) => (end === slot ? 0 : end - Number(end > slot)));
      keep(without(kept, slot - 1), a === b ? [0, 1] : [a, b]);
    },

    /**
     * A drawing becomes an end of the walk; where it was the other one, the two change places.
     * @param {0 | 1} end
     * @param {number} slot
     */
    setEnd(end, slot) {
      const { kept, ends } = store.get();
      const other = ends[1 - end] === slot ? ends[end] : ends[1 - end];
      // A digit that was only suggested is chosen now: what is kept next does not take its place.
      keep(kept.length ? kept : slotsOf(store.get()).slice(1), end === 0 ? [slot, other] : [other, slot]);
    },
  };
  return own;
}

/**
 * @param {BetweenStore} store
 * @param {WalkServices} services
 * @param {(label: number, offsets: number[]) => void} dialTo
 */
function walkActions(store, services, dialTo) {
  const lookAt = rememberLooks(services);
  const walker = newestWins(
    (/** @type {(againIn: number) => void} */ _, signal) => makeWalk(store, { services, lookAt }, signal),
    (walk, done) => {
      store.set({ walk, walkTrouble: "" });
      done(0);
    },
    (error, done) => {
      const later = isPassing(error) ? ` ${ASKED_AGAIN}` : "";
      store.set({ walkTrouble: `${reasonOf(error)}${later}` });
      done(retryIn(error));
    },
    (done) => done(0), // the newer one is waited for
  );

  return {
    /**
     * Ask for all that the walk shows, as the state stands.
     * @returns {Promise<number>} milliseconds after which it is to be asked for again; 0 where it is not
     */
    needWalk: () => new Promise((done) => walker.push(done)),

    /** @param {number} walked in [0, 1] */
    walkTo: (walked) => store.set({ walked: clamp(walked, 0, 1) }),

    /**
     * Take every drawing's capsule of this class, whatever it is read as; null: each its own.
     * @param {number | null} label
     */
    walkAsClass: (label) => store.set({ walkAs: label }),

    /** @param {number} page */
    turnShelf: (page) => store.set({ shelfPage: clamp(page, 0, (store.get().shelf?.pages ?? 1) - 1) }),

    /** The dials of the drawing on the pad, turned to where the walk stands. */
    dialWalk() {
      const { walked, trace } = store.get();
      const walk = walkNow(store.get());
      if (!walk?.poses.length || !trace) return;
      const found = /** @type {Float32Array} */ (foundPose({ ...store.get(), selectedClass: walk.label }));
      dialTo(
        walk.label,
        Array.from(walk.poses[stepOf(walked)], (number, d) => number - found[d]),
      );
    },
  };
}
