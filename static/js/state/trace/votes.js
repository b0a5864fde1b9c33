/** The votes of all primary capsules, which only those who point at one see. */
/** @import { PartKind } from "./parts.js" @import { Pointing } from "./pointing.js" */
/** @import { Store } from "../../shell/store.js" */
import { untilAnswered } from "../../shell/persisting.js";
import { lookedAtCapsule } from "./pointing.js";

/** (P, C, D). @type {PartKind<Float32Array, unknown, {fetchVotes: typeof import("../../api/client.js").fetchVotes}>} */
export const VOTES = {
  name: "votes",
  detail: () => "",
  ask: ({ fetchVotes }, drawing, trace) => fetchVotes(drawing, trace),
};

/** @type {WeakMap<Float32Array, number>} */
const reaches = new WeakMap();

/**
 * The largest number of all votes, where the scale of any capsule's votes ends.
 * @param {Float32Array} votes (P, C, D)
 */
export function votesReach(votes) {
  const reach = reaches.get(votes) ?? (votes.reduce((most, number) => Math.max(most, Math.abs(number)), 0) || 1);
  reaches.set(votes, reach);
  return reach;
}

/**
 * @param {Store<Pointing>} store
 * @param {{fetchVotes: typeof import("../../api/client.js").fetchVotes}} _services
 * @param {{needPart: (kind: typeof VOTES) => Promise<number>}} others
 */
export const actions = (store, _services, others) => ({
  needVotes: () => others.needPart(VOTES),

  /** For whoever looks at a capsule, as long as somebody does. */
  needVotesOfLookedAt: untilAnswered(async () => (lookedAtCapsule(store.get()) === null ? 0 : others.needPart(VOTES))),
});

/** @param {{needVotesOfLookedAt: () => unknown}} actions */
export const traced = ({ needVotesOfLookedAt }) => needVotesOfLookedAt();
