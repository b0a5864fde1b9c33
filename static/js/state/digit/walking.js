/**
 * What a walk between two drawings is made of: what the network made of each, the poses between them, their pictures.
 */
/** @import { Interventions, Look, Trace } from "../../capsules/types.js" */
/** @import { Geometry } from "../../capsules/geometry.js" */
/** @import { Digit } from "../../api/client.js" @import { KeepingState, Mean, Walk } from "./kept.js" */
/** @import { Kept } from "./keptlink.js" */
/** @import { Store } from "../../shell/store.js" */
import { geometryOf } from "../../capsules/geometry.js";
import { isTampered } from "../../capsules/interventions.js";
import { packInterventions } from "../../capsules/packing.js";
import { angleBetween, meanOf, walkBetween } from "../../capsules/poses.js";
import { cardOf } from "../trace/network.js";
import { MOST_KEPT, originOfWalk, poseOf, slotsOf } from "./kept.js";

/** So many looks are held at most: far more than one walk needs. */
const MOST_SEEN = 64;

/**
 * @typedef {object} WalkServices
 * @property {typeof import("../../api/drawing.js").drawingOf} drawingOf
 * @property {typeof import("../../api/client.js").fetchLook} fetchLook
 * @property {typeof import("../../api/client.js").fetchDigits} fetchDigits
 * @property {typeof import("../../api/client.js").fetchReconstructions} fetchReconstructions
 *
 * @typedef {{model: string, geometry: Geometry, iterations: number, interventions?: Interventions}} Routed how a
 *   drawing is
 *   routed
 * @typedef {(kept: Kept, network: Routed, signal: AbortSignal) => Promise<Look>} LookAt
 * @typedef {{services: WalkServices, lookAt: LookAt}} Outside
 */

/**
 * What the network made of kept drawings: of the last of them, each is asked for once.
 * @param {WalkServices} services
 * @returns {LookAt}
 */
export function rememberLooks({ drawingOf, fetchLook }) {
  /** @type {Map<string, Look>} */
  const seen = new Map();
  return async (kept, network, signal) => {
    const key = lookKey(kept, network);
    let look = seen.get(key);
    if (!look) {
      const drawing = await drawingOf(network.geometry, kept.source, kept.penWidth);
      look = ownLook(await fetchLook(drawing, network, signal));
    }
    seen.delete(key); // the last that were looked at stand at the end
    seen.set(key, look);
    if (seen.size > MOST_SEEN) seen.delete(seen.keys().next().value ?? key);
    return look;
  };
}

/** @param {Kept} kept @param {Routed} network */
function lookKey({ source, penWidth }, { model, iterations, interventions }) {
  const drawn = source.kind === "pixels" ? [...source.pixels] : source;
  return JSON.stringify([drawn, penWidth, model, iterations, interventions ? packInterventions(interventions) : ""]);
}

/** A look that does not hold the whole answer that it came in. @param {Look} look @returns {Look} */
const ownLook = ({ label, image, class_capsules, geometry }) => ({
  label,
  geometry,
  image: image.slice(),
  class_capsules: class_capsules.slice(),
});

/** The drawing on the pad needs no asking: its trace is there. @param {Trace} trace @returns {Look} */
function lookOfTrace({ label, image, geometry, class_capsules: capsules }) {
  return { label, image, geometry, class_capsules: capsules.subarray(-geometry.classes * geometry.poseDim) };
}

/**
 * All of a walk comes from one network, routed alike: that of the trace.
 * @param {KeepingState} state
 * @returns {Routed | null} null while no network is known
 */
function networkOf(state) {
  const { trace, iterations, interventions } = state;
  if (trace) return trace;
  const card = cardOf(state);
  if (!card) return null;
  const routed = { model: card.name, geometry: geometryOf(card), iterations };
  return isTampered(interventions) ? { ...routed, interventions } : routed;
}

/**
 * @param {Store<KeepingState>} store
 * @param {Outside} outside
 * @param {AbortSignal} signal
 * @returns {Promise<Walk | null>} null where there is nothing to walk from
 */
export async function makeWalk(store, outside, signal) {
  const state = store.get();
  const network = networkOf(state);
  const label = network && (await labelOfWalk(state, network, outside.lookAt, signal));
  if (!network || label === null) return null;
  await fillShelf(store, { network, label, outside }, signal);
  return walkOf({ ...state, shelf: store.get().shelf }, { network, label, outside }, signal);
}

/**
 * What the network made of one of the drawings; null where there is none.
 * @param {KeepingState} state
 * @param {number} slot
 * @param {{network: Routed, lookAt: LookAt}} through
 * @param {AbortSignal} signal
 */
async function lookOfSlot(state, slot, { network, lookAt }, signal) {
  if (slot === 0) return state.trace && lookOfTrace(state.trace);
  const kept = slotsOf(state)[slot];
  return kept ? lookAt(kept, network, signal) : null;
}

/**
 * The class that the walk is about: that of A, unless one was chosen.
 * @param {KeepingState} state
 * @param {Routed} network
 * @param {LookAt} lookAt
 * @param {AbortSignal} signal
 */
async function labelOfWalk(state, network, lookAt, signal) {
  return state.walkAs ?? (await lookOfSlot(state, state.ends[0], { network, lookAt }, signal))?.label ?? null;
}

/** @typedef {{network: Routed, label: number, outside: Outside}} Wanted */

/**
 * Test digits of the class, to choose from.
 * @param {Store<KeepingState>} store
 * @param {Wanted} wanted
 * @param {AbortSignal} signal
 */
async function fillShelf(store, wanted, signal) {
  const { shelf, shelfPage } = store.get();
  const { label, outside } = wanted;
  const { model } = wanted.network;
  const same = shelf?.label === label && shelf.model === model;
  const page = shelf && !same ? 0 : shelfPage;
  if (same && shelf.page === page) return;
  const { digits, pages } = await outside.services.fetchDigits({ label, page, model });
  const suggested = same ? shelf.suggested : await farthest(store.get(), digits, wanted, signal);
  store.set({
    shelf: { digits, label, model, page, pages, suggested },
    ...(page !== shelfPage && { shelfPage: page }),
  });
}

/**
 * Of the first few digits the one whose pose is farthest from that of A, so that the way to it shows something.
 * @param {KeepingState} state
 * @param {Digit[]} digits
 * @param {Wanted} wanted
 * @param {AbortSignal} signal
 */
async function farthest(state, digits, { network, label, outside: { lookAt } }, signal) {
  const from = await lookOfSlot(state, state.ends[0], { network, lookAt }, signal);
  let [widest, best] = [-1, /** @type {number | null} */ (null)];
  for (const { index } of digits.filter((digit) => digit.predicted === label).slice(0, MOST_KEPT)) {
    if (!from || (state.source.kind === "digit" && state.source.index === index)) continue;
    const look = await lookAt({ source: { kind: "digit", index }, penWidth: state.penWidth }, network, signal);
    const angle = angleBetween(poseOf(from, label), poseOf(look, label));
    if (angle > widest) [widest, best] = [angle, index];
  }
  return best;
}

/**
 * @param {KeepingState} state
 * @param {Wanted} wanted
 * @param {AbortSignal} signal
 * @returns {Promise<Walk>}
 */
async function walkOf(state, { network, label, outside: { lookAt, services } }, signal) {
  /** @type {(Look | null)[]} */
  const looks = [];
  for (const slot of slotsOf(state).keys()) looks.push(await lookOfSlot(state, slot, { network, lookAt }, signal));
  const alike = looks.filter((look) => look !== null).filter((look) => state.walkAs !== null || look.label === label);
  const [from, to] = state.ends.map((end) => looks[end] ?? null);
  const poses =
    from && to && alike.includes(from) && alike.includes(to) ? walkBetween(poseOf(from, label), poseOf(to, label)) : [];
  const of = originOfWalk(state);
  if (!alike.length) return { of, looks, label, poses, pictures: null, mean: null };
  const asked = [...poses, meanOf(alike.map((look) => poseOf(look, label)))];
  const pictures = await services.fetchReconstructions(asked, { model: network.model, label, dtype: "f16" }, signal);
  const { pixels } = network.geometry;
  return {
    of,
    looks,
    label,
    poses,
    pictures: pictures.subarray(0, poses.length * pixels),
    mean: meanLook(alike, pictures.subarray(poses.length * pixels)),
  };
}

/** @param {Look[]} alike @param {Float32Array} picture @returns {Mean} */
const meanLook = (alike, picture) => ({
  count: alike.length,
  picture,
  image: meanOf(alike.map(({ image }) => image)),
});
