/** A server that answers at once, for tests of the actions; they put what they are about in its place. */
/** @import { Services } from "../../../../static/js/state/digit/subject.js" */
import { GEOMETRY, MODEL, makeTrace } from "./traces.js";

const { trace } = makeTrace();
const none = new Float32Array(0);

export const PLANES = { labels: Float32Array.of(7, 3), points: none, variance: none, sums: none, class_capsules: none };

export const WHOLES = {
  at: 3,
  labels: Float32Array.of(7, 3),
  parts: none,
  strengths: none,
  pictures: none,
  cosines: none,
  among: none,
  counts: Float32Array.of(1, 2, 3, 5, 10, 15, 1152),
  sums: none,
  sum_pictures: none,
};

export const AGREEMENT = {
  model: "mnist",
  command: "capsnet study-votes --model mnist",
  iterations: 3,
  digits: 1000,
  strongest: 10,
  with_v_winner: 0.877,
  with_v_others: -0.003,
  among_winner: 0.797,
  among_others: 0.197,
  strength_winner: 1.369,
  strength_others: 0.45,
  outdone: 0.134,
  outdone_strength_winner: 1.662,
  outdone_strength_other: 0.457,
  outdone_length_winner: 0.899,
  outdone_length_other: 0.069,
};

const MASKS = {
  reconstructions: new Float32Array(7840),
  errors: new Float32Array(10),
  stretched: new Float32Array(7840),
  stretched_errors: new Float32Array(10),
  lengths: new Float32Array(10),
};

/** @type {import("../../../../static/js/capsules/types.js").PictureReading} */
export const READING = {
  height: 1,
  width: 2,
  ink: Uint8Array.of(255, 0),
  leftOut: Uint8Array.of(0, 1),
  box: [0, 0, 1, 0.5],
  region: [0, 0, 1, 1],
  doubts: ["other_marks"],
};

export const TEN = {
  lengths: new Float32Array(100),
  entropies: new Float32Array(10),
  reconstructions: new Float32Array(7840),
};

const STUDY = { model: "mnist", trained_with: 3, digits: 10000, errors: [1], winning_lengths: [1], entropies: [1] };

const reading = (/** @type {number} */ errors) => ({ errors, changed: 0, winning_length: 0.7, entropy: 3.3 });

export const ROUTINGS = {
  model: "mnist",
  trained_with: 3,
  digits: 10000,
  iterations: [reading(31), reading(29), reading(28)],
  random: [0.1, 1].flatMap((spread) => [1, 2].map((seed) => ({ seed, spread, reading: reading(50) }))),
  turned: { to_right: 5, to_wrong: 2, wrong_to_wrong: 0 },
};

/**
 * @param {Partial<Services>} [given]
 * @returns {Services}
 */
export const makeServices = (given = {}) => ({
  openDials: () => ({ send: () => {}, cancel: () => {} }),
  clock: { requestFrame: () => 0, still: () => true },
  fetchModels: async () => ({ default: MODEL.name, models: [MODEL] }),
  drawingOf: async () => [[0]],
  pngOfPicture: async (file) => file,
  fetchTrace: async () => trace,
  fetchVotes: async () => new Float32Array(1),
  fetchPerturbations: async () => ({ perturbations: new Float32Array(1), offsets: new Float32Array(1) }),
  fetchPlanes: async () => PLANES,
  fetchKernels: async () => new Float32Array(256 * 81),
  fetchWholes: async () => WHOLES,
  fetchAgreement: async ({ model }) => ({ ...AGREEMENT, model }),
  fetchMasks: async () => MASKS,
  fetchReading: async () => READING,
  fetchGauge: async ({ model }) => ({ model, quantiles: [] }),
  fetchLook: async () => ({
    geometry: GEOMETRY,
    label: 7,
    image: new Float32Array(784),
    class_capsules: new Float32Array(160),
  }),
  fetchDigit: async (index) => ({ label: index % 10 }),
  fetchDigits: async () => ({ digits: [], page: 0, pages: 0, count: 0 }),
  fetchReconstructions: async (poses) => new Float32Array(784 * poses.length),
  fetchDimensions: async ({ model, label }) => ({
    model,
    label,
    digits: 100,
    swept: 40,
    length: { mean: 0, deviation: 0 },
    reach: 2,
    offsets: [],
    dimensions: [],
  }),
  isAlive: async () => true,
  fetchTraceFile: async () => new ArrayBuffer(8),
  fetchIterations: async () => TEN,
  fetchLengths: async (_drawing, { iterations }) => new Float32Array(10 * iterations),
  fetchRoutingStudy: async ({ model }) => ({ ...ROUTINGS, model }),
  fetchIterationStudy: async ({ model }) => ({ ...STUDY, model }),
  ...given,
});
