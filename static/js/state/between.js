/** Actions that keep drawings, walk from the pose of one to that of another, and average them. */
/** @import { Interventions, Kept, Look, Mean, Source, State, Store, Trace, Walk } from "../types.js" */
import { OfflineError, isPassing, reasonOf } from "../lib/errors.js";
import { isTampered, packInterventions } from "../lib/interventions.js";
import { newestWins } from "../lib/latest.js";
import { clamp } from "../lib/math.js";
import { CLASSES, POSE_DIM } from "../lib/network.js";
import { angleBetween, meanOf, walkBetween } from "../lib/poses.js";
import { MOST_KEPT } from "./initial.js";
import { indexOfKept, originOfWalk, poseOf, slotsOf, stepOf, walkNow } from "./kept.js";
import { foundPose } from "./selectors.js";

/** So many looks are held at most: far more than one walk needs. */
const MOST_SEEN = 64;

/**
 * @typedef {object} BetweenServices
 * @property {(source: Source, penWidth: number) => Promise<import("../api/client.js").Drawing>} drawingOf
 * @property {typeof import("../api/client.js").fetchLook} fetchLook
 * @property {typeof import("../api/client.js").fetchDigits} fetchDigits
 * @property {typeof import("../api/client.js").fetchReconstructions} fetchReconstructions
 *
 * @typedef {ReturnType<typeof betweenActions>} BetweenActions
 * @param {Store} store
 * @param {BetweenServices} services
 * @param {(label: number, offsets: number[]) => void} dialTo
 */
export function betweenActions(store, services, dialTo) {
  const lookAt = keptLooks(services);

  const walker = newestWins(
    async (/** @type {(again: boolean) => void} */ _, signal) => {
      const state = store.get();
      const label = await labelOfWalk(state, lookAt, signal);
      if (label === null) return null;
      await fillShelf(store, { label, lookAt, services }, signal);
      return walkOf({ ...state, shelf: store.get().shelf }, label, { lookAt, services }, signal);
    },
    (walk, done) => {
      store.set({ walk, walkTrouble: "" });
      done(false);
    },
    (error, done) => {
      store.set({ walkTrouble: troubleOf(error) });
      done(isPassing(error));
    },
  );

  /** @param {Kept[]} kept @param {[number, number]} ends */
  const keep = (kept, ends) => store.set({ kept, ends });

  const actions = {
    /** Ask for all that the walk shows, as the state stands. @returns {Promise<boolean>} whether it is to be asked again */
    needWalk: () => new Promise((done) => walker.push(done)),

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
      if (present !== -1) return actions.dropKept(present + 1);
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
      keep(kept.toSpliced(slot - 1, 1), a === b ? [0, 1] : [a, b]);
    },

    /** A drawing becomes an end of the walk; where it was the other one, the two change places. @param {0 | 1} end @param {number} slot */
    setEnd(end, slot) {
      const { kept, ends } = store.get();
      const other = ends[1 - end] === slot ? ends[end] : ends[1 - end];
      // A digit that was only suggested is chosen now: what is kept next does not take its place.
      keep(kept.length ? kept : slotsOf(store.get()).slice(1), end === 0 ? [slot, other] : [other, slot]);
    },

    /** @param {number} walked in [0, 1] */
    walkTo: (walked) => store.set({ walked: clamp(walked, 0, 1) }),

    /** Take every drawing's capsule of this class, whatever it is read as; null: each its own. @param {number | null} label */
    walkAsClass: (label) => store.set({ walkAs: label }),

    /** @param {number} page */
    turnShelf: (page) => store.set({ shelfPage: clamp(page, 0, (store.get().shelf?.pages ?? 1) - 1) }),

    /** The dials of the drawing on the pad, turned to where the walk stands. */
    dialWalk() {
      const { walked, trace } = store.get();
      const walk = walkNow(store.get());
      if (!walk?.poses.length || !trace) return;
      const found = /** @type {Float32Array} */ (foundPose({ ...store.get(), selectedClass: walk.label }));
      dialTo(walk.label, Array.from(walk.poses[stepOf(walked)], (number, d) => number - found[d]));
    },
  };
  return actions;
}

/** @typedef {{model: string, iterations: number, interventions?: Interventions}} Network how a drawing is routed */
/** @typedef {(kept: Kept, network: Network, signal: AbortSignal) => Promise<Look>} LookAt */

/** What the network made of kept drawings: of the last of them, each is asked for once. @param {BetweenServices} services @returns {LookAt} */
function keptLooks({ drawingOf, fetchLook }) {
  /** @type {Map<string, Look>} */
  const seen = new Map();
  return async ({ source, penWidth }, { model, iterations, interventions }, signal) => {
    const tampered = interventions ? packInterventions(interventions) : "";
    const key = JSON.stringify([source.kind === "pixels" ? [...source.pixels] : source, penWidth, model, iterations, tampered]);
    const look = seen.get(key) ?? ownLook(await fetchLook(await drawingOf(source, penWidth), { model, iterations, interventions }, signal));
    seen.delete(key); // the last that were looked at stand at the end
    seen.set(key, look);
    if (seen.size > MOST_SEEN) seen.delete(seen.keys().next().value ?? key);
    return look;
  };
}

/** A look that does not hold the whole answer that it came in. @param {Look} look @returns {Look} */
const ownLook = ({ label, image, class_capsules }) => ({ label, image: image.slice(), class_capsules: class_capsules.slice() });

/** The drawing on the pad needs no asking: its trace is there. @param {Trace} trace @returns {Look} */
function lookOfTrace({ label, image, class_capsules: capsules }) {
  return { label, image, class_capsules: capsules.subarray(capsules.length - CLASSES * POSE_DIM) };
}

/** All of a walk comes from one network, routed alike: that of the trace. @param {State} state @returns {Network} */
const networkOf = ({ trace, model, iterations, interventions }) =>
  trace ?? { model, iterations, ...(isTampered(interventions) && { interventions }) };

/**
 * What the network made of one of the drawings; null where there is none.
 * @param {State} state
 * @param {number} slot
 * @param {LookAt} lookAt
 * @param {AbortSignal} signal
 */
async function lookOfSlot(state, slot, lookAt, signal) {
  if (slot === 0) return state.trace && lookOfTrace(state.trace);
  const kept = slotsOf(state)[slot];
  return kept ? lookAt(kept, networkOf(state), signal) : null;
}

/**
 * The class that the walk is about: that of A, unless one was chosen.
 * @param {State} state
 * @param {LookAt} lookAt
 * @param {AbortSignal} signal
 */
async function labelOfWalk(state, lookAt, signal) {
  return state.walkAs ?? (await lookOfSlot(state, state.ends[0], lookAt, signal))?.label ?? null;
}

/**
 * Test digits of the class, to choose from.
 * @param {Store} store
 * @param {{label: number, lookAt: LookAt, services: BetweenServices}} wanted
 * @param {AbortSignal} signal
 */
async function fillShelf(store, { label, lookAt, services }, signal) {
  const { shelf, shelfPage } = store.get();
  const { model } = networkOf(store.get());
  const same = shelf?.label === label && shelf.model === model;
  const page = shelf && !same ? 0 : shelfPage;
  if (same && shelf.page === page) return;
  const { digits, pages } = await services.fetchDigits({ label, page, model });
  const suggested = same ? shelf.suggested : await farthest(store.get(), { digits, label, lookAt }, signal);
  store.set({ shelf: { digits, label, model, page, pages, suggested }, ...(page !== shelfPage && { shelfPage: page }) });
}

/**
 * Of the first few digits the one whose pose is farthest from that of A, so that the way to it shows something.
 * @param {State} state
 * @param {{digits: import("../types.js").Digit[], label: number, lookAt: LookAt}} among
 * @param {AbortSignal} signal
 */
async function farthest(state, { digits, label, lookAt }, signal) {
  const from = await lookOfSlot(state, state.ends[0], lookAt, signal);
  let [widest, best] = [-1, /** @type {number | null} */ (null)];
  for (const { index } of digits.filter((digit) => digit.predicted === label).slice(0, MOST_KEPT)) {
    if (!from || (state.source.kind === "digit" && state.source.index === index)) continue;
    const look = await lookAt({ source: { kind: "digit", index }, penWidth: state.penWidth }, networkOf(state), signal);
    const angle = angleBetween(poseOf(from, label), poseOf(look, label));
    if (angle > widest) [widest, best] = [angle, index];
  }
  return best;
}

/**
 * @param {State} state
 * @param {number} label
 * @param {{lookAt: LookAt, services: BetweenServices}} outside
 * @param {AbortSignal} signal
 * @returns {Promise<Walk>}
 */
async function walkOf(state, label, { lookAt, services }, signal) {
  /** @type {(Look | null)[]} */
  const looks = [];
  for (const slot of slotsOf(state).keys()) looks.push(await lookOfSlot(state, slot, lookAt, signal));
  const alike = looks.filter((look) => look !== null).filter((look) => state.walkAs !== null || look.label === label);
  const [from, to] = state.ends.map((end) => looks[end] ?? null);
  const poses = from && to && alike.includes(from) && alike.includes(to) ? walkBetween(poseOf(from, label), poseOf(to, label)) : [];
  const of = originOfWalk(state);
  if (!alike.length) return { of, looks, label, poses, pictures: null, mean: null };
  const asked = [...poses, meanOf(alike.map((look) => poseOf(look, label)))];
  const pictures = await services.fetchReconstructions(asked, { model: networkOf(state).model, label, dtype: "f16" }, signal);
  const pixels = pictures.length / asked.length;
  /** @type {Mean} */
  const mean = { count: alike.length, picture: pictures.subarray(poses.length * pixels), image: meanOf(alike.map(({ image }) => image)) };
  return { of, looks, label, poses, pictures: pictures.subarray(0, poses.length * pixels), mean };
}

/** @param {unknown} error */
function troubleOf(error) {
  if (error instanceof OfflineError) return "The server does not answer; the walk is asked for again when it does.";
  if (isPassing(error)) return "The server is busy; the walk is asked for again.";
  return reasonOf(error);
}
