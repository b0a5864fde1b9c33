/** One drawing routed with each number of iterations. @import { TenIterations } from "../types.js" */
import { couplingEntropy } from "../lib/convergence.js";
import { argmax } from "../lib/math.js";
import { CLASSES, MAX_ITERATIONS, PIXELS, POSE_DIM } from "../lib/network.js";
import { fetchReconstructions, fetchRouting } from "./client.js";

/**
 * Routing with r iterations is the beginning of routing with ten: what stands after r of them is its result.
 * @param {import("./client.js").Drawing} drawing
 * @param {{model: string, interventions?: import("../types.js").Interventions}} options
 * @returns {Promise<Omit<TenIterations, "of">>}
 */
export async function fetchIterations(drawing, { model, interventions }) {
  const { class_capsules, lengths, coupling_coefficients } = await fetchRouting(drawing, { model, iterations: MAX_ITERATIONS, interventions });
  const answers = Array.from({ length: MAX_ITERATIONS }, (_, r) => argmax(lengths.subarray(r * CLASSES, (r + 1) * CLASSES)));
  const reconstructions = new Float32Array(MAX_ITERATIONS * PIXELS);
  // The answer seldom changes on the way: nearly always this is one request.
  for (const label of new Set(answers)) {
    const own = answers.flatMap((answer, r) => (answer === label ? [r] : []));
    const poses = own.map((r) => class_capsules.subarray((r * CLASSES + label) * POSE_DIM, (r * CLASSES + label + 1) * POSE_DIM));
    const pictures = await fetchReconstructions(poses, { model, label });
    own.forEach((r, k) => reconstructions.set(pictures.subarray(k * PIXELS, (k + 1) * PIXELS), r * PIXELS));
  }
  return { lengths, entropies: couplingEntropy(coupling_coefficients).mean, reconstructions };
}
