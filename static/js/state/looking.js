/** Actions that change what is looked at, and the requests that follow from it. */
/** @import { Source, State, Store, Trace } from "../types.js" */
/** @import { Drawing } from "../api/client.js" */
import { ApiError, OfflineError, RETRY_MS, isPassing, reasonOf } from "../lib/errors.js";
import { isTampered } from "../lib/interventions.js";
import { newestWins } from "../lib/latest.js";
import { rememberLast } from "../lib/remember.js";
import { untouchedDials } from "./initial.js";
import { dimensionsOf, sweepOffsets, sweepPoses, sweepReachOf } from "./dimensions.js";
import { shownClass } from "./selectors.js";
import { settle, tell } from "./troubles.js";

/**
 * What the actions need from outside; the tests pass their own.
 * @typedef {object} Services
 * @property {(source: Source, penWidth: number) => Promise<Drawing>} drawingOf
 * @property {(file: Blob) => Promise<Blob>} pngOfPicture
 * @property {typeof import("../api/client.js").fetchTrace} fetchTrace
 * @property {typeof import("../api/client.js").fetchVotes} fetchVotes
 * @property {typeof import("../api/client.js").fetchPerturbations} fetchPerturbations
 * @property {typeof import("../api/client.js").fetchPlanes} fetchPlanes
 * @property {typeof import("../api/client.js").fetchTraceFile} fetchTraceFile
 * @property {typeof import("../api/client.js").fetchReconstructions} fetchReconstructions
 * @property {typeof import("../api/client.js").fetchDimensions} fetchDimensions
 * @property {typeof import("../api/client.js").fetchMasks} fetchMasks
 * @property {() => Promise<boolean>} isAlive
 */

/** What was chosen for one drawing says nothing of the next. */
const NOTHING_CHOSEN = { selectedClass: null, pinnedClass: null };

/**
 * @typedef {{source: Source, number: number, drawing?: Blob, keepDials?: boolean}} Job `number` is that of the drawing
 * @param {Store} store
 * @param {Services} services
 * @param {() => void} onTrace called after a new trace has arrived
 */
export function lookingActions(store, services, onTrace) {
  /** @type {WeakMap<Trace, Drawing>} what each trace was made from */
  const drawings = new WeakMap();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let retry;
  /** Of the drawing that is looked at, and of the one whose trace is shown. */
  let [lookedAt, shown] = [0, 0];

  // While the routing is tampered with, the drawing and its untouched trace are asked for once.
  const drawingOf = rememberLast((/** @type {[Source, number]} */ [source, penWidth]) => services.drawingOf(source, penWidth));
  const untouchedTrace = rememberLast((/** @type {[Drawing, string, number]} */ [drawing, model, iterations], signal) =>
    services.fetchTrace(drawing, { model, iterations }, signal),
  );

  const tracer = newestWins(
    async (/** @type {Job} */ job, signal) => {
      const { penWidth, model, iterations, interventions } = store.get();
      const drawing = job.drawing ?? (await drawingOf([job.source, penWidth], signal));
      const [untouched, tampered] = await Promise.all([
        untouchedTrace([drawing, model, iterations], signal),
        isTampered(interventions) ? services.fetchTrace(drawing, { model, iterations, interventions }, signal) : null,
      ]);
      const trace = tampered ?? { ...untouched }; // a trace of its own each time: what belongs to it is asked for again
      drawings.set(trace, drawing);
      return { trace, untouched: tampered && untouched };
    },
    deliver,
    fail,
  );

  /** @param {Pick<State, "untouched"> & {trace: Trace}} answer @param {Job} job */
  function deliver({ trace, untouched }, job) {
    endWait();
    const { playhead, trace: before, playing, selectedClass } = store.get();
    const isPicture = job.drawing && store.get().source === job.source; // else a new drawing was begun meanwhile
    const isNew = isPicture || job.number !== shown;
    shown = job.number;
    const atEnd = !before || Math.round(playhead) >= before.iterations;
    store.set({
      trace,
      untouched,
      status: "ready",
      message: "",
      votes: null,
      perturbations: null,
      planes: null,
      masks: null,
      reconstruction: null,
      foundReconstruction: null,
      troubles: {},
      ...(job.keepDials && (!before || isSamePose(before, trace, selectedClass)) ? {} : untouchedDials()),
      playhead: atEnd && before && !playing ? trace.iterations : Math.min(playhead, trace.iterations),
      ...(isPicture && { source: pixelsOf(trace), cleared: null }),
      ...(isNew && NOTHING_CHOSEN),
    });
    onTrace();
  }

  /** @param {unknown} error @param {Job} job */
  function fail(error, job) {
    if (error instanceof OfflineError) return waitForServer("The server does not answer. Your drawing is kept; trying again.", job);
    if (isPassing(error)) return waitForServer("The server is busy. Trying again.", job);
    endWait();
    if (error instanceof ApiError && error.code === "blank" && !job.drawing) {
      store.set({ source: { kind: "empty" } });
      forget();
    }
    store.set({ status: "error", message: reasonOf(error) });
  }

  /** @param {string} message @param {Job} job */
  function waitForServer(message, job) {
    store.set({ status: "offline", message });
    askLater(job);
  }

  /** Until a server answers, whatever becomes of the notice. One timer, however many drawings failed. @param {Job} job */
  function askLater(job) {
    endWait();
    const mine = (retry = setTimeout(async () => {
      const alive = await services.isAlive();
      if (retry !== mine) return; // the wait has ended meanwhile
      if (!alive) askLater(job);
      else if (store.get().source === job.source) tracer.push(job);
      else lookAgain();
    }, RETRY_MS));
  }

  function endWait() {
    clearTimeout(retry);
    retry = undefined;
  }

  function forget() {
    store.set({
      status: "empty", message: "", playing: false, trace: null, untouched: null, votes: null, perturbations: null,
      planes: null, masks: null, reconstruction: null, foundReconstruction: null, iterationReconstructions: null,
      troubles: {},
    });
  }

  /** @param {Source} source @param {{keepDials?: boolean}} [options] */
  function look(source, options = {}) {
    store.set({ source, cleared: null, ...(store.get().trace ? {} : { status: /** @type {const} */ ("loading") }) });
    tracer.push({ source, number: lookedAt, ...options });
  }

  /** Look at a drawing that has nothing to do with the one before. @param {Source} source */
  function lookAtNew(source) {
    lookedAt++; // what was chosen for the one before stands until the answer: so do its dials and pictures
    look(source);
  }

  /** Ask again for the same source, after the model or the number of iterations changed. */
  function lookAgain() {
    const { source } = store.get();
    if (source.kind !== "empty") tracer.push({ source, number: lookedAt, keepDials: true });
  }

  /** @param {number} iterations 1 to 10 */
  function setIterations(iterations) {
    const { playhead, iterations: before } = store.get();
    store.set({ iterations, playing: false, playhead: playhead >= before ? iterations : Math.min(playhead, iterations) });
    lookAgain();
  }

  /** @param {string} model */
  function setModel(model) {
    const { model: before, models, iterations } = store.get();
    const trainedWith = (/** @type {string} */ name) => models.find((card) => card.name === name)?.routing_iterations;
    const own = trainedWith(model) ?? iterations;
    // What a number draws in one network it does not draw in another.
    store.set({ model, missingModel: "", dialNames: {} });
    if (iterations === trainedWith(before) && own !== iterations) setIterations(own);
    else lookAgain();
  }

  /** What is under way, and what waits for a server, is for another drawing. */
  function stop() {
    tracer.cancel();
    endWait();
    shown = lookedAt; // what is chosen from here on is chosen for the next
  }

  function clear() {
    stop();
    const { source } = store.get();
    const cleared = source.kind === "empty" ? store.get().cleared : source;
    store.set({
      source: { kind: "empty" }, cleared, ...NOTHING_CHOSEN, pinnedCapsules: [], pinnedType: null,
      ...untouchedDials(),
    });
    forget();
  }

  /**
   * A part of the trace that is fetched only when it is looked at, once for each trace and detail. Gives whether it is
   * to be asked for again.
   * @template {"votes" | "perturbations" | "planes" | "masks"} K
   * @template {string | number} D
   * @param {K} key
   * @param {(drawing: Drawing, trace: Trace, detail: D) => Promise<State[K]>} fetchPart
   */
  function wanted(key, fetchPart) {
    /** @type {{trace: Trace | null, detail: D | null}} */
    let asked = { trace: null, detail: null };
    return async (/** @type {D} */ detail) => {
      const { trace, [key]: present } = store.get();
      const drawing = trace && drawings.get(trace);
      if (!trace || !drawing || (asked.trace === trace && asked.detail === detail)) return false;
      const mine = (asked = { trace, detail });
      performance.mark(`capsnet:${key}-asked`);
      settle(store, key);
      if (present) store.set(/** @type {Partial<State>} */ ({ [key]: null }));
      try {
        const part = await fetchPart(drawing, trace, detail);
        if (asked === mine && store.get().trace === trace) store.set(/** @type {Partial<State>} */ ({ [key]: part }));
        return false;
      } catch (error) {
        if (asked !== mine) return false;
        asked = { trace: null, detail: null }; // asked again at the next look; the trace still stands
        tell(store, key, error);
        return isPassing(error);
      }
    };
  }

  const needVotes = wanted("votes", (drawing, { model, interventions }, /** @type {"all"} */ _) =>
    services.fetchVotes(drawing, { model, interventions }),
  );
  const needMasks = wanted("masks", (drawing, { model, iterations, interventions }, /** @type {"all"} */ _) =>
    services.fetchMasks(drawing, { model, iterations, interventions }),
  );
  const needPictures = wanted("perturbations", async (drawing, trace, /** @type {string} */ _) => {
    const { model, iterations, interventions } = trace;
    const state = store.get();
    const of = { trace, label: shownClass(state) ?? trace.label, reach: sweepReachOf(state) };
    const { label } = of;
    if (of.reach === "paper") return { ...(await services.fetchPerturbations(drawing, { model, iterations, label, interventions })), of };
    const offsets = sweepOffsets(state);
    return { perturbations: await services.fetchReconstructions(sweepPoses(state), { model, label, dtype: "f16" }), offsets, of };
  });

  return {
    look,
    lookAtNew,
    lookAgain,
    stop,
    clear,

    /** @param {Blob} file any picture that the browser can read */
    async openPicture(file) {
      const { source } = store.get();
      try {
        const drawing = await services.pngOfPicture(file);
        if (store.get().source === source) tracer.push({ source, number: lookedAt, drawing }); // else a new drawing was begun meanwhile
      } catch {
        store.set({ status: "error", message: "That file is no picture that this browser can read." });
      }
    },

    /** The dials stay as they are turned; their picture comes when a server answers. */
    loseDials() {
      const { source } = store.get();
      waitForServer("The server does not answer. Your drawing and your dials are kept; trying again.", { source, number: lookedAt, keepDials: true });
    },

    /** @param {string} message what went wrong */
    complain: (message) => store.set({ status: "error", message }),

    dismiss: () => store.set({ status: store.get().trace ? "ready" : "empty", message: "", missingModel: "" }),

    setModel,

    /** Where a link asks for a model that is not here, another answers. @param {string} model */
    replaceModel(model) {
      const missingModel = store.get().model;
      setModel(model);
      store.set({ missingModel });
    },

    setIterations,

    /** All numbers of the trace on the page, as a file; null where they cannot be had. @returns {Promise<ArrayBuffer | null>} */
    async traceFile() {
      const { trace } = store.get();
      const drawing = trace && drawings.get(trace);
      if (!trace || !drawing) return null;
      try {
        return await services.fetchTraceFile(drawing, trace);
      } catch (error) {
        store.set({ status: "error", message: error instanceof OfflineError ? "The server does not answer: the numbers cannot be saved now." : reasonOf(error) });
        return null;
      }
    },

    needVotes: () => needVotes("all"),
    needMasks: () => needMasks("all"),

    /** The grid of the shown class; over standard deviations only once these are known. */
    async needPerturbations() {
      const state = store.get();
      const label = shownClass(state);
      const reach = sweepReachOf(state);
      if (label !== null && (reach === "paper" || dimensionsOf(state))) return needPictures(`${label} ${reach}`);
      return false;
    },

    /** The argument is the classes, by a comma list. */
    needPlanes: wanted("planes", (drawing, { model, iterations, interventions }, /** @type {string} */ labels) =>
      services.fetchPlanes(drawing, { model, iterations, labels, interventions }),
    ),
  };
}

/**
 * Whether two traces mean the same sixteen numbers: those of one class of one network.
 * @param {Trace} before
 * @param {Trace} after
 * @param {number | null} chosen the class, whatever is predicted
 */
const isSamePose = (before, after, chosen) => before.model === after.model && (chosen ?? before.label) === (chosen ?? after.label);

/** What the network saw, as a source of its own. @param {Trace} trace @returns {Source} */
function pixelsOf({ image }) {
  return { kind: "pixels", pixels: Uint8Array.from(image, (value) => Math.round(value * 255)) };
}
