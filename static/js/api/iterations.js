/** One drawing routed with each number of iterations. */
import { couplingEntropy } from "../capsules/convergence.js";
import { argmax } from "../shell/math.js";
import { MAX_ITERATIONS } from "../capsules/limits.js";
import { fetchReconstructions, fetchRouting } from "./client.js";

/**
 * Routing with r iterations is the beginning of routing with ten: what stands after r of them is its result.
 * @param {import("./client.js").Drawing} drawing
 * @param {import("./client.js").Asked} asked
 * @returns {Promise<{lengths: Float32Array, entropies: Float32Array, reconstructions: Float32Array}>} (R, C), (R) in
 *   bits,
 *   and (R, H, W), each of its own answer
 */
export async function fetchIterations(drawing, { model, geometry, interventions }) {
  const { classes, poseDim, pixels } = geometry;
  const { class_capsules, lengths, coupling_coefficients } = await fetchRouting(drawing, {
    model,
    geometry,
    iterations: MAX_ITERATIONS,
    interventions,
  });
  const answers = Array.from({ length: MAX_ITERATIONS }, (_, r) =>
    argmax(lengths.subarray(r * classes, (r + 1) * classes)),
  );
  const reconstructions = new Float32Array(MAX_ITERATIONS * pixels);
  // The answer seldom changes on the way: nearly always this is one request.
  for (const label of new Set(answers)) {
    const own = answers.flatMap((answer, r) => (answer === label ? [r] : []));
    const poses = own.map((r) =>
      class_capsules.subarray((r * classes + label) * poseDim, (r * classes + label + 1) * poseDim),
    );
    const pictures = await fetchReconstructions(poses, { model, label });
    own.forEach((r, k) => reconstructions.set(pictures.subarray(k * pixels, (k + 1) * pixels), r * pixels));
  }
  return { lengths, entropies: couplingEntropy(geometry, coupling_coefficients).mean, reconstructions };
}
