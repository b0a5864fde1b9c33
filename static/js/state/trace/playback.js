/** How many routing iterations there are, and the playhead that moves through them. */
/** @import { Arrival } from "../compose.js" @import { Traces } from "./traces.js" */
/** @import { Store } from "../../shell/store.js" @import { Row } from "../../shell/link.js" */
import { MAX_ITERATIONS } from "../../capsules/limits.js";
import { clamp } from "../../shell/math.js";

/** How long the way from one iteration to the next takes. */
const ITERATION_MS = 1400;
/** The first iteration, where all couplings are alike, stands so long before it passes into the next. */
const FIRST_MS = 900;

/**
 * @typedef {object} Playback
 * @property {number} iterations R, how many to ask for, 1 to 10
 * @property {number} playhead position in the routing, 1 to R; whole numbers are iterations
 * @property {boolean} playing
 */

/** @type {Playback} */
export const initial = { iterations: 3, playhead: 3, playing: false };

/** @type {Row<Playback>[]} */
export const link = [
  {
    key: "iterations",
    what: "the number of iterations",
    fields: ["iterations"],
    write: ({ iterations }) => (iterations === initial.iterations ? null : String(iterations)),
    read(text) {
      const iterations = text.whole(1, MAX_ITERATIONS);
      return { iterations, playhead: iterations };
    },
  },
  {
    key: "at",
    what: "the iteration",
    fields: ["playhead", "iterations"],
    isMoving: ({ playing }) => playing,
    write: ({ playhead, iterations }) => (playhead === iterations ? null : String(Number(playhead.toFixed(2)))),
    read: (text) => ({ playhead: text.number(1, MAX_ITERATIONS) }),
  },
];

/** A playhead at the end stays at the end. @param {Playback & Traces} state @param {Arrival} arrival */
export function arrived({ playhead, playing, trace: before }, { trace }) {
  const atEnd = before !== null && !playing && Math.round(playhead) >= before.iterations;
  return { playhead: atEnd ? trace.iterations : Math.min(playhead, trace.iterations) };
}

export const cleared = { playing: false };

/**
 * @typedef {object} Clock
 * @property {(tick: (now: number) => void) => number} requestFrame
 * @property {() => boolean} still whether the system asks for reduced motion: then the playhead jumps from iteration to
 *   iteration
 *
 * @param {Store<Playback & Traces>} store
 * @param {{clock: Clock}} services
 * @param {{lookAgain: () => void}} others
 */
export function actions(store, { clock: { requestFrame, still } }, others) {
  const lastIteration = () => store.get().trace?.iterations ?? store.get().iterations;

  /** @param {number} startedAt @param {number} from */
  function run(startedAt, from) {
    requestFrame((now) => {
      const { playing, trace } = store.get();
      if (!playing || !trace) return;
      const stands = from === 1 ? FIRST_MS : 0;
      const reached = Math.min(from + Math.max(0, now - startedAt - stands) / ITERATION_MS, lastIteration());
      const playhead = still() ? Math.floor(reached + 1e-6) : reached;
      const ended = reached >= lastIteration();
      store.set({ playhead, playing: !ended });
      if (!ended) run(startedAt, from);
    });
  }

  const own = {
    /** @param {number} iterations 1 to 10 */
    setIterations(iterations) {
      const { playhead, iterations: before } = store.get();
      store.set({
        iterations,
        playing: false,
        playhead: playhead >= before ? iterations : Math.min(playhead, iterations),
      });
      others.lookAgain();
    },

    /** Play from the playhead, or from the first iteration where it stands on the last. */
    play() {
      const { playhead, trace } = store.get();
      if (!trace) return;
      const from = playhead >= lastIteration() ? 1 : playhead;
      store.set({ playing: true, playhead: from });
      requestFrame((now) => run(now, from));
    },

    pause: () => store.set({ playing: false }),

    togglePlay: () => (store.get().playing ? own.pause() : own.play()),

    /** @param {number} playhead 1 to R */
    scrub: (playhead) => store.set({ playing: false, playhead: clamp(playhead, 1, lastIteration()) }),

    /** To the next whole iteration before or behind the playhead. @param {1 | -1} direction */
    step(direction) {
      const { playhead } = store.get();
      own.scrub(direction > 0 ? Math.floor(playhead + 1e-6) + 1 : Math.ceil(playhead - 1e-6) - 1);
    },
  };
  return own;
}
