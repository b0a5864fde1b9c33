/** Actions that move the playhead through the iterations. @import { Store } from "../types.js" */
import { clamp } from "../lib/math.js";

/** How long the way from one iteration to the next takes. */
const ITERATION_MS = 1400;
/** The first iteration, where all couplings are alike, stands so long before it passes into the next. */
const FIRST_MS = 900;

/**
 * @param {Store} store
 * @param {{requestFrame: (tick: (now: number) => void) => number, still: () => boolean}} clock `still` tells
 *   whether the system asks for reduced motion: then the playhead jumps from iteration to iteration
 */
export function playbackActions(store, { requestFrame, still }) {
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

  const actions = {
    /** Play from the playhead, or from the first iteration where it stands on the last. */
    play() {
      const { playhead, trace } = store.get();
      if (!trace) return;
      const from = playhead >= lastIteration() ? 1 : playhead;
      store.set({ playing: true, playhead: from });
      requestFrame((now) => run(now, from));
    },

    pause: () => store.set({ playing: false }),

    togglePlay: () => (store.get().playing ? actions.pause() : actions.play()),

    /** @param {number} playhead 1 to R */
    scrub: (playhead) => store.set({ playing: false, playhead: clamp(playhead, 1, lastIteration()) }),

    /** To the next whole iteration before or behind the playhead. @param {1 | -1} direction */
    step(direction) {
      const { playhead } = store.get();
      actions.scrub(direction > 0 ? Math.floor(playhead + 1e-6) + 1 : Math.ceil(playhead - 1e-6) - 1);
    },
  };
  return actions;
}
