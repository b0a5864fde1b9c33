/** @import { Answer, Doubt, Look, Masks, Model, Perturbations, PictureReading } from "../capsules/types.js" */
/** @import { Sweep } from "../capsules/types.js" */
/** @import { Trace, VotePlanes, Wholes } from "../capsules/types.js" @import { Box } from "../capsules/crop.js" */
/** @import { Geometry } from "../capsules/geometry.js" */
import { geometryOf } from "../capsules/geometry.js";
import { readSafetensors } from "../shell/safetensors.js";

/** The tensors that the page asks for. The routing logits are the sum of the agreements before: they can stay away. */
const ASKED_FOR = /** @type {const} */ ([
  "image",
  "primary_capsules",
  "coupling_coefficients",
  "agreement",
  "class_capsules",
  "lengths",
  "reconstruction",
]);

/**
 * @param {ArrayBuffer} body of POST /api/trace with `include=conv1` and `as_bytes=conv1`; of a pair with its layers and
 *   reconstructions, too
 * @param {Model} card of the network that was asked
 * @returns {Trace}
 */
export function decodeTrace(body, card) {
  const { tensors, bytes, metadata } = readSafetensors(body);
  /** @type {unknown} */
  const trace = {
    ...Object.fromEntries(ASKED_FOR.map((name) => [name, tensors[name].data])),
    conv1: bytes.conv1.bytes,
    conv1Scale: bytes.conv1.scale,
    geometry: geometryOf(card),
    classNames: card.class_names,
    model: metadata.model,
    label: Number(metadata.label),
    iterations: tensors.lengths.shape[0],
    milliseconds: Number(metadata.milliseconds),
    doubts: doubtsIn(metadata),
    ...(tensors.layers && { layers: tensors.layers.data, reconstructions: tensors.reconstructions.data }),
  };
  return /** @type {Trace} */ (trace);
}

/** @param {Record<string, string>} metadata */
const doubtsIn = ({ doubts = "" }) => /** @type {Doubt[]} */ (doubts.split(",").filter(Boolean));

/** @param {ArrayBuffer} body of POST /api/read @returns {PictureReading} */
export function decodeReading(body) {
  const { bytes, metadata } = readSafetensors(body);
  const box = (/** @type {string} */ text) => /** @type {Box} */ (/** @type {unknown} */ (text.split(",").map(Number)));
  const [height, width] = bytes.ink.shape;
  return {
    height,
    width,
    ink: Uint8Array.from(bytes.ink.bytes, (value) => Math.round(255 * value * bytes.ink.scale)),
    leftOut: bytes.left_out.bytes,
    box: box(metadata.box),
    region: box(metadata.region),
    doubts: doubtsIn(metadata),
  };
}

/** @param {ArrayBuffer} body of POST /api/trace with `include=votes` @returns {Float32Array} (P, C, D) */
export function decodeVotes(body) {
  return readSafetensors(body).tensors.votes.data;
}

/** @param {ArrayBuffer} body of POST /api/trace with little else than the routing */
export function decodeRouting(body) {
  const { class_capsules, lengths, coupling_coefficients } = readSafetensors(body).tensors;
  return {
    class_capsules: class_capsules.data,
    lengths: lengths.data,
    coupling_coefficients: coupling_coefficients.data,
  };
}

/** @param {ArrayBuffer} body of POST /api/trace that has little else @returns {Float32Array} (R, C) */
export const decodeLengths = (body) => readSafetensors(body).tensors.lengths.data;

/** @param {ArrayBuffer} body of POST /api/perturb @returns {Perturbations} */
export function decodePerturbations(body) {
  const { perturbations, offsets } = readSafetensors(body).tensors;
  const [poseDim, columns] = perturbations.shape;
  const all = Float32Array.from({ length: poseDim * columns }, (_, k) => offsets.data[k % columns]);
  return { perturbations: perturbations.data, offsets: all };
}

/** @param {ArrayBuffer} body of POST /api/planes @returns {VotePlanes} */
export function decodePlanes(body) {
  const { labels, points, variance, sums, class_capsules } = readSafetensors(body).tensors;
  return {
    labels: labels.data,
    points: points.data,
    variance: variance.data,
    sums: sums.data,
    class_capsules: class_capsules.data,
  };
}

/** @param {ArrayBuffer} body of POST /api/wholes @returns {Omit<Wholes, "at">} */
export function decodeWholes(body) {
  const { tensors } = readSafetensors(body);
  /** @type {unknown} */
  const wholes = Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data]));
  return /** @type {Omit<Wholes, "at">} */ (wholes);
}

/**
 * @param {ArrayBuffer} body of POST /api/trace
 * @param {Geometry} geometry of the network that was asked
 * @returns {Look}
 */
export function decodeLook(body, geometry) {
  const { tensors, metadata } = readSafetensors(body);
  const capsules = tensors.class_capsules.data; // (R, C, D), of which the last iteration counts
  return {
    geometry,
    label: Number(metadata.label),
    image: tensors.image.data,
    class_capsules: capsules.subarray(capsules.length - geometry.classes * geometry.poseDim),
  };
}

/** @param {ArrayBuffer} body of POST /api/trace @returns {Answer} */
export function decodeAnswer(body) {
  const { tensors, metadata } = readSafetensors(body);
  const { data, shape } = tensors.lengths; // (R, C), of which the last iteration counts
  return {
    model: metadata.model,
    label: Number(metadata.label),
    lengths: data.subarray(data.length - shape[1]),
    image: tensors.image.data,
    reconstruction: tensors.reconstruction.data,
    doubts: doubtsIn(metadata),
  };
}

/** @param {ArrayBuffer} body of POST /api/masks @returns {Masks} */
export function decodeMasks(body) {
  const { tensors } = readSafetensors(body);
  return /** @type {Masks} */ (Object.fromEntries(Object.entries(tensors).map(([name, { data }]) => [name, data])));
}

/** @param {ArrayBuffer} body of POST /api/sweep @returns {Sweep} */
export function decodeSweep(body) {
  const { offsets, lengths, errors } = readSafetensors(body).tensors;
  return { offsets: offsets.data, lengths: lengths.data, errors: errors.data };
}

/** @param {ArrayBuffer} body of POST /api/reconstruct @returns {Float32Array} (N, H, W) */
export function decodeReconstructions(body) {
  return readSafetensors(body).tensors.reconstructions.data;
}

/** @param {ArrayBuffer} body of GET /api/kernels @returns {Float32Array} (maps, k, k) */
export function decodeKernels(body) {
  return readSafetensors(body).tensors.kernels.data;
}
