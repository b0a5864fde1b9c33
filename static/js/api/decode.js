/** @import { Look, Masks, Perturbations, Trace, VotePlanes } from "../types.js" */
import { CLASSES, POSE_DIM } from "../lib/network.js";
import { readSafetensors } from "../lib/safetensors.js";

/** The tensors that the page asks for. The routing logits are the sum of the agreements before: they can stay away. */
const ASKED_FOR = /** @type {const} */ ([
  "image",
  "conv1",
  "primary_capsules",
  "coupling_coefficients",
  "agreement",
  "class_capsules",
  "lengths",
  "reconstruction",
]);

/** @param {ArrayBuffer} body of POST /api/trace with `include=conv1` @returns {Trace} */
export function decodeTrace(body) {
  const { tensors, metadata } = readSafetensors(body);
  const data = Object.fromEntries(ASKED_FOR.map((name) => [name, tensors[name].data]));
  return /** @type {Trace} */ ({
    ...data,
    model: metadata.model,
    label: Number(metadata.label),
    iterations: tensors.lengths.shape[0],
    milliseconds: Number(metadata.milliseconds),
  });
}

/** @param {ArrayBuffer} body of POST /api/trace with `include=votes` @returns {Float32Array} (P, C, D) */
export function decodeVotes(body) {
  return readSafetensors(body).tensors.votes.data;
}

/** @param {ArrayBuffer} body of POST /api/trace with little else than the routing */
export function decodeRouting(body) {
  const { class_capsules, lengths, coupling_coefficients } = readSafetensors(body).tensors;
  return { class_capsules: class_capsules.data, lengths: lengths.data, coupling_coefficients: coupling_coefficients.data };
}

/** @param {ArrayBuffer} body of POST /api/perturb @returns {Perturbations} */
export function decodePerturbations(body) {
  const { perturbations, offsets } = readSafetensors(body).tensors;
  const columns = offsets.data.length;
  const all = Float32Array.from({ length: POSE_DIM * columns }, (_, k) => offsets.data[k % columns]);
  return { perturbations: perturbations.data, offsets: all };
}

/** @param {ArrayBuffer} body of POST /api/planes @returns {VotePlanes} */
export function decodePlanes(body) {
  const { labels, points, variance, sums, class_capsules } = readSafetensors(body).tensors;
  return { labels: labels.data, points: points.data, variance: variance.data, sums: sums.data, class_capsules: class_capsules.data };
}

/** @param {ArrayBuffer} body of POST /api/trace @returns {Look} */
export function decodeLook(body) {
  const { tensors, metadata } = readSafetensors(body);
  const capsules = tensors.class_capsules.data; // (R, C, D), of which the last iteration counts
  return {
    label: Number(metadata.label),
    image: tensors.image.data,
    class_capsules: capsules.subarray(capsules.length - CLASSES * POSE_DIM),
  };
}

/** @param {ArrayBuffer} body of POST /api/masks @returns {Masks} */
export function decodeMasks(body) {
  const { tensors } = readSafetensors(body);
  return /** @type {Masks} */ (Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data])));
}

/** @param {ArrayBuffer} body of POST /api/reconstruct @returns {Float32Array} (N, 28, 28) */
export function decodeReconstructions(body) {
  return readSafetensors(body).tensors.reconstructions.data;
}
