/** Actions that change what is looked at, and the requests that follow from it. */
/** @import { Source, State, Store, Trace } from "../types.js" */
/** @import { Drawing } from "../api/client.js" */
import { ApiError, OfflineError } from "../api/client.js";
import { newestWins } from "../lib/latest.js";
import { NO_OFFSETS } from "./initial.js";

/**
 * What the actions need from outside; the tests pass their own.
 * @typedef {object} Services
 * @property {(source: Source, penWidth: number) => Promise<Drawing>} drawingOf
 * @property {(file: Blob) => Promise<Blob>} pngOfPicture
 * @property {typeof import("../api/client.js").fetchTrace} fetchTrace
 * @property {typeof import("../api/client.js").fetchVotes} fetchVotes
 * @property {typeof import("../api/client.js").fetchPerturbations} fetchPerturbations
 * @property {typeof import("../api/client.js").fetchMasks} fetchMasks
 * @property {() => Promise<boolean>} isAlive
 */

const RETRY_MS = 2000;

/**
 * @typedef {{source: Source, drawing?: Blob, keepDials?: boolean}} Look
 * @param {Store} store
 * @param {Services} services
 * @param {() => void} onTrace called after a new trace has arrived
 */
export function lookingActions(store, services, onTrace) {
  /** @type {WeakMap<Trace, Drawing>} what each trace was made from */
  const drawings = new WeakMap();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;

  const tracer = newestWins(
    async (/** @type {Look} */ look, signal) => {
      const { penWidth, model, iterations } = store.get();
      const drawing = look.drawing ?? (await services.drawingOf(look.source, penWidth));
      const trace = await services.fetchTrace(drawing, { model, iterations }, signal);
      drawings.set(trace, drawing);
      return trace;
    },
    (trace, look) => deliver(trace, look),
    (error, look) => fail(error, look),
  );

  /** @param {Trace} trace @param {Look} look */
  function deliver(trace, look) {
    const { playhead, offsets, trace: before, playing } = store.get();
    const atEnd = !before || Math.round(playhead) >= before.iterations;
    store.set({
      trace,
      status: "ready",
      message: "",
      votes: null,
      perturbations: null,
      masks: null,
      reconstruction: null,
      offsets: look.keepDials ? offsets : [...NO_OFFSETS],
      playhead: atEnd && before && !playing ? trace.iterations : Math.min(playhead, trace.iterations),
      ...(look.drawing && store.get().source === look.source && { source: pixelsOf(trace), cleared: null }),
    });
    onTrace();
  }

  /** @param {unknown} error @param {Look} look */
  function fail(error, look) {
    if (error instanceof OfflineError) return waitForServer("The server does not answer. Your drawing is kept; trying again.", look);
    if (error instanceof ApiError && error.status === 503) return waitForServer("The server is busy. Trying again.", look);
    if (error instanceof ApiError && error.code === "blank" && !look.drawing) {
      store.set({ source: { kind: "empty" } });
      forget();
    }
    store.set({ status: "error", message: error instanceof Error ? error.message : String(error) });
  }

  /** One timer, however many drawings failed. @param {string} message @param {Look} look */
  function waitForServer(message, look) {
    store.set({ status: "offline", message });
    clearTimeout(retry);
    retry = setTimeout(async () => {
      if (store.get().status !== "offline") return;
      if (!(await services.isAlive())) waitForServer(message, look);
      else if (store.get().source === look.source) tracer.push({ ...look, keepDials: true });
      else lookAgain();
    }, RETRY_MS);
  }

  function forget() {
    store.set({ status: "empty", message: "", playing: false, trace: null, votes: null, perturbations: null, masks: null, reconstruction: null });
  }

  /** @param {Source} source @param {{keepDials?: boolean}} [options] */
  function look(source, options = {}) {
    store.set({ source, cleared: null, ...(store.get().trace ? {} : { status: /** @type {const} */ ("loading") }) });
    tracer.push({ source, ...options });
  }

  /** Ask again for the same source, after the model or the number of iterations changed. */
  function lookAgain() {
    const { source } = store.get();
    if (source.kind !== "empty") tracer.push({ source, keepDials: true });
  }

  function clear() {
    tracer.cancel();
    const { source } = store.get();
    const cleared = source.kind === "empty" ? store.get().cleared : source;
    store.set({ source: { kind: "empty" }, cleared, selectedClass: null, pinnedCapsule: null, offsets: [...NO_OFFSETS] });
    forget();
  }

  /**
   * A part of the trace that is fetched only when it is looked at, once for each trace and detail.
   * @template {"votes" | "perturbations" | "masks"} K
   * @param {K} key
   * @param {(drawing: Drawing, trace: Trace, detail: number) => Promise<State[K]>} fetchPart
   */
  function wanted(key, fetchPart) {
    /** @type {{trace: Trace | null, detail: number}} */
    let asked = { trace: null, detail: 0 };
    return async (detail = 0) => {
      const { trace, [key]: present } = store.get();
      const drawing = trace && drawings.get(trace);
      if (!trace || !drawing || (asked.trace === trace && asked.detail === detail)) return;
      const mine = (asked = { trace, detail });
      if (present) store.set(/** @type {Partial<State>} */ ({ [key]: null }));
      try {
        const part = await fetchPart(drawing, trace, detail);
        if (asked === mine && store.get().trace === trace) store.set(/** @type {Partial<State>} */ ({ [key]: part }));
      } catch {
        if (asked === mine) asked = { trace: null, detail: 0 }; // asked again at the next look; the trace still stands
      }
    };
  }

  return {
    look,
    lookAgain,
    clear,

    /** @param {Blob} file any picture that the browser can read */
    async openPicture(file) {
      const { source } = store.get();
      try {
        const drawing = await services.pngOfPicture(file);
        if (store.get().source === source) tracer.push({ source, drawing }); // else a new drawing was begun meanwhile
      } catch {
        store.set({ status: "error", message: "That file is no picture that this browser can read." });
      }
    },

    /** The dials stay as they are turned; their picture comes when a server answers. @param {unknown} error */
    loseDials(error) {
      if (!(error instanceof OfflineError)) return; // the picture stays as it is: a trace that fails the same way says so
      const { source } = store.get();
      waitForServer("The server does not answer. Your drawing and your dials are kept; trying again.", { source });
    },

    dismiss: () => store.set({ status: store.get().trace ? "ready" : "empty", message: "" }),

    /** @param {string} model */
    setModel(model) {
      store.set({ model });
      lookAgain();
    },

    /** @param {number} iterations 1 to 10 */
    setIterations(iterations) {
      const { playhead, iterations: before } = store.get();
      store.set({ iterations, playing: false, playhead: playhead >= before ? iterations : Math.min(playhead, iterations) });
      lookAgain();
    },

    needVotes: wanted("votes", (drawing, { model }) => services.fetchVotes(drawing, { model })),

    needMasks: wanted("masks", (drawing, { model, iterations }) => services.fetchMasks(drawing, { model, iterations })),

    /** The argument is the class to draw. */
    needPerturbations: wanted("perturbations", (drawing, { model, iterations }, label) =>
      services.fetchPerturbations(drawing, { model, iterations, label }),
    ),
  };
}

/** What the network saw, as a source of its own. @param {Trace} trace @returns {Source} */
function pixelsOf({ image }) {
  return { kind: "pixels", pixels: Uint8Array.from(image, (value) => Math.round(value * 255)) };
}
