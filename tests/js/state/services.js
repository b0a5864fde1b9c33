/** A server that answers at once, for tests of the actions; they put what they are about in its place. */
/** @import { Model } from "../../../static/js/types.js" */
import { makeTrace } from "./traces.js";

const { trace } = makeTrace();
const none = new Float32Array(0);

export const PLANES = { labels: Float32Array.of(7, 3), points: none, variance: none, sums: none, class_capsules: none };

const MASKS = {
  reconstructions: new Float32Array(7840),
  errors: new Float32Array(10),
  stretched: new Float32Array(7840),
  stretched_errors: new Float32Array(10),
  lengths: new Float32Array(10),
};

export const TEN = { lengths: new Float32Array(100), entropies: new Float32Array(10), reconstructions: new Float32Array(7840) };

/** What the tests need of a network's card. */
export const MODEL = /** @type {Model} */ (/** @type {unknown} */ ({ name: "mnist", routing_iterations: 3, measured: ["iterations", "dimensions", "gauge"] }));

const STUDY = { model: "mnist", trained_with: 3, digits: 10000, errors: [1], winning_lengths: [1], entropies: [1] };

/**
 * @typedef {import("../../../static/js/state/actions.js").Outside["services"]} Services
 * @param {Partial<Services>} [given]
 * @returns {Services}
 */
export const makeServices = (given = {}) => ({
  drawingOf: async () => [[0]],
  pngOfPicture: async (file) => file,
  fetchTrace: async () => trace,
  fetchVotes: async () => new Float32Array(1),
  fetchPerturbations: async () => ({ perturbations: new Float32Array(1), offsets: new Float32Array(1) }),
  fetchPlanes: async () => PLANES,
  fetchMasks: async () => MASKS,
  fetchGauge: async ({ model }) => ({ model, quantiles: [] }),
  fetchLook: async () => ({ label: 7, image: new Float32Array(784), class_capsules: new Float32Array(160) }),
  fetchDigits: async () => ({ digits: [], page: 0, pages: 0, count: 0 }),
  fetchReconstructions: async (poses) => new Float32Array(784 * poses.length),
  fetchDimensions: async ({ model, label }) => ({ model, label, digits: 100, swept: 40, length: { mean: 0, deviation: 0 }, dimensions: [] }),
  isAlive: async () => true,
  fetchTraceFile: async () => new ArrayBuffer(8),
  fetchIterations: async () => TEN,
  fetchIterationStudy: async ({ model }) => ({ ...STUDY, model }),
  ...given,
});
