/** The line to the network: what is looked at is asked for, the newest first; kept and asked again without a server. */
/** @import { Trace } from "../../capsules/types.js" @import { Pair, Source } from "../../api/drawing.js" */
/** @import { Life } from "../compose.js" @import { Answer, AskingServices, Job } from "./asking.js" */
/** @import { Photo } from "../../capsules/crop.js" @import { LookedAt } from "./sources.js" */
/** @import { Network } from "../trace/network.js" */
/** @import { Notices } from "../trace/notices.js" @import { Playback } from "../trace/playback.js" */
/** @import { Tampering } from "../trace/tamper.js" @import { Traces } from "../trace/traces.js" */
/** @import { Store } from "../../shell/store.js" */
import { ApiError, RETRY_MS, isPassing, reasonOf, retryIn } from "../../shell/errors.js";
import { newestWins } from "../../shell/latest.js";
import { serverWait } from "../../shell/waiting.js";
import { tracesOf } from "./asking.js";

/**
 * @typedef {LookedAt & {whatWasRead?: {photo: Photo} | null}} Looking pictures can be opened where there is
 *   `whatWasRead`
 * @typedef {Store<Looking & Network & Notices & Playback & Tampering & Traces>} TracingStore
 */

/**
 * @typedef {ReturnType<typeof traceLine>} TraceLine
 * @param {TracingStore} store
 * @param {AskingServices & {isAlive: () => Promise<boolean>}} services
 * @param {{needModels: () => Promise<void>, lookAtRefused?: (photo: Photo, reason: string) => void}} others
 *   `needModels` resolves when the networks are known
 * @param {Life} life
 */
export function traceLine(store, services, others, life) {
  const ask = tracesOf(services);
  const wait = serverWait(services.isAlive, RETRY_MS);
  /** Of the drawing that is looked at, and of the one whose trace is shown. */
  let [lookedAt, shown] = [0, 0];

  const tracer = newestWins(
    async (/** @type {Job} */ job, signal) => {
      await others.needModels();
      return ask(store.get(), job, signal);
    },
    deliver,
    fail,
  );

  /** @param {Answer} answer @param {Job} job */
  function deliver(answer, job) {
    wait.end();
    const isPicture = job.drawing !== undefined && store.get().source === job.source; // else a new drawing was begun
    const isNew = isPicture || job.number !== shown;
    shown = job.number;
    store.setInTurns({
      ...life.arrived(store.get(), { ...answer, source: job.source, isNew, keepDials: job.keepDials ?? false }),
      ...(isPicture && { source: pixelsOf(answer.trace, job.drawing), cleared: null }),
    });
  }

  /** @param {unknown} error @param {Job} job */
  function fail(error, job) {
    if (isPassing(error)) return waitForServer(error, "Your drawing is kept", job);
    wait.end();
    const isDrawn = job.drawing || hasStrokes(job.source); // a refusal takes no drawing away
    if (error instanceof ApiError && error.code === "blank" && !isDrawn) {
      store.set({ ...life.cleared(), source: { kind: "empty" } });
    }
    store.set({ status: "error", message: reasonOf(error) });
    if (job.drawing && error instanceof ApiError && (error.code === UNREADABLE || isLookedAt(job.drawing))) {
      others.lookAtRefused?.(job.drawing, error.message);
    }
  }

  /**
   * The notice may be dismissed: it is asked again all the same.
   * @param {unknown} error that may pass
   * @param {string} kept what is kept meanwhile
   * @param {Job} job
   */
  function waitForServer(error, kept, job) {
    store.set({ status: "offline", message: waitingText(kept) });
    const goOn = () => (store.get().source === job.source ? tracer.push(job) : push(store.get().source, STAY));
    wait.begin(goOn, retryIn(error));
  }

  /** @param {Source | Pair} source @param {Pick<Job, "drawing" | "keepDials">} [options] */
  function push(source, options = {}) {
    if (source.kind !== "empty" || options.drawing) tracer.push({ source, number: lookedAt, ...options });
  }

  /** Whether a picture, or another part of it, is being looked at. @param {Photo} photo */
  const isLookedAt = ({ png }) => store.get().whatWasRead?.photo.png === png;

  return {
    push,

    /** What is pushed from here on has nothing to do with the drawing before. */
    beginNew: () => void lookedAt++,

    /** Wait for a server, as if the present drawing had found none. @param {unknown} error @param {string} kept */
    wait: (error, kept) => waitForServer(error, kept, { source: store.get().source, number: lookedAt, ...STAY }),

    /** What is under way, and what waits for a server, is for another drawing. */
    stop() {
      tracer.cancel();
      wait.end();
      shown = lookedAt; // what is chosen from here on is chosen for the next
    },
  };
}

/** @param {Source | Pair} source @returns {boolean} */
const hasStrokes = (source) =>
  source.kind === "pair" ? source.layers.some((layer) => hasStrokes(layer.source)) : source.kind === "strokes";

/** There is something in the picture, and no digit. */
const UNREADABLE = "no_digit_found";

/** Of the same drawing the dials stay as they are. */
export const STAY = { keepDials: true };

/** One sentence, whatever stands in the answer's way. @param {string} kept */
const waitingText = (kept) => `The server does not answer. ${kept}; trying again.`;

/**
 * What the network saw in a picture, as a source of its own.
 * @param {Trace} trace
 * @param {Photo} [photo]
 * @returns {Source}
 */
const pixelsOf = ({ image, geometry: { width } }, photo) => ({
  kind: "pixels",
  pixels: Uint8Array.from(image, (value) => Math.round(value * 255)),
  width,
  photo,
});
