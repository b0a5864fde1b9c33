/** What the server can be asked. */
/** @import { Answer, OverlapStudy, PictureReading, RoutingStudy, Stroke } from "../capsules/types.js" */
/** @import { AgreementStudy, Dimensions, Gauge, Interventions, IterationStudy, Look } from "../capsules/types.js" */
/** @import { Masks, Model, Perturbations, Sweep, Trace, VotePlanes, Wholes } from "../capsules/types.js" */
/** @import { Geometry } from "../capsules/geometry.js" @import { Photo } from "../capsules/crop.js" */
import { geometryOf } from "../capsules/geometry.js";
import { cropText, isPhoto } from "../capsules/crop.js";
import { asRequest } from "../capsules/interventions.js";
import {
  decodeAnswer,
  decodeLengths,
  decodeKernels,
  decodeLook,
  decodeMasks,
  decodePerturbations,
  decodePlanes,
  decodeReading,
  decodeReconstructions,
  decodeRouting,
  decodeSweep,
  decodeTrace,
  decodeVotes,
  decodeWholes,
} from "./decode.js";
import { asTensors, jsonBody, jsonWith, parameters, request } from "./request.js";

/**
 * A drawing as it is sent: a picture, or a part of one, strokes that the server inks, or H x W numbers in [0, 1] that
 * are taken as they are; or two layers that the server lays over each other.
 * @typedef {Blob | Photo | {strokes: Stroke[], pen_width: number} | {layers: SentLayer[]} | number[][]} Drawing
 *
 * @typedef {{offset: [down: number, right: number]}
 *   & ({strokes: Stroke[], pen_width: number} | {pixels: number[][]} | {})} SentLayer one without ink holds its place
 *
 * @typedef {object} Digit a test digit of the gallery
 * @property {number} index
 * @property {number} label
 * @property {number} predicted
 * @property {string} thumbnail a data URI
 *
 * @typedef {{digits: Digit[], page: number, pages: number, count: number}} DigitPage
 *
 * @typedef {object} Asked the network that is asked, and what is changed in its routing; a trace is one, too
 * @property {string} model
 * @property {Geometry} geometry
 * @property {Interventions} [interventions]
 */

/** @returns {Promise<{default: string, models: Model[]}>} */
export const fetchModels = async () => request("api/models", jsonWith("models"));

/** @param {{model: string}} options @returns {Promise<Float32Array>} (maps, k, k) the kernels of Conv1 */
export const fetchKernels = async ({ model }) =>
  decodeKernels(await request(`api/kernels?${parameters({ model, dtype: "f16" })}`, asTensors));

/** @returns {Promise<boolean>} whether a server answers at all */
export const isAlive = () => request("healthz", jsonWith("status")).then(Boolean, () => false);

/**
 * Which scripts the server has now: the page bears the same where it is of the same (`data-build`).
 * @returns {Promise<string>}
 */
export const fetchBuild = async () => request("", readBuild, { cache: "no-store" });

/** @param {string} script its address, whole @returns {Promise<unknown>} when the browser has it in its cache */
export const fetchScript = async (script) => request(script, (answer) => answer.arrayBuffer());

/** @param {Response} answer a document of the site @throws {TypeError} where it is none */
async function readBuild(answer) {
  const build = /<html [^>]*data-build="(\w+)"/.exec(await answer.text())?.[1];
  if (!build) throw new TypeError("not our answer");
  return build;
}

/**
 * @param {Drawing} drawing
 * @param {{card: Model, iterations: number, interventions?: Interventions}} options
 * @param {AbortSignal} [signal]
 * @returns {Promise<Trace>}
 */
export async function fetchTrace(drawing, { card, iterations, interventions }, signal) {
  const asked = { model: card.name, geometry: geometryOf(card), interventions };
  const query = parameters({
    model: card.name,
    iterations,
    include: "layers" in drawing ? "conv1,reconstructions,layers" : "conv1",
    omit: "routing_logits",
    dtype: "f16",
    as_bytes: "conv1",
    // Whoever draws or drags waits for each answer, and compressing takes some milliseconds.
    compressed: !("strokes" in drawing || "layers" in drawing),
  });
  const body = await post(`api/trace?${query}`, drawing, asked, signal);
  return { ...decodeTrace(body, card), ...(interventions && { interventions }) };
}

/**
 * @param {Drawing} drawing
 * @param {Asked} asked
 * @param {AbortSignal} [signal]
 * @returns {Promise<Float32Array>} (P, C, D)
 */
export async function fetchVotes(drawing, asked, signal) {
  const omit = "routing_logits,coupling_coefficients,agreement,primary_capsules";
  const query = parameters({ model: asked.model, iterations: 1, include: "votes", omit, dtype: "f16" });
  return decodeVotes(await post(`api/trace?${query}`, drawing, asked, signal));
}

/**
 * @param {Drawing} drawing
 * @param {Asked & {iterations: number, label: number}} asked
 * @param {AbortSignal} [signal]
 * @returns {Promise<Perturbations>}
 */
export async function fetchPerturbations(drawing, asked, signal) {
  const { model, iterations, label } = asked;
  const query = parameters({ model, iterations, label, dtype: "f16" });
  return decodePerturbations(await post(`api/perturb?${query}`, drawing, asked, signal));
}

/**
 * @param {Drawing} drawing
 * @param {Asked & {iterations: number, labels: string}} asked labels by a comma list
 * @param {AbortSignal} [signal]
 * @returns {Promise<VotePlanes>}
 */
export async function fetchPlanes(drawing, asked, signal) {
  const { model, iterations, labels } = asked;
  const query = parameters({ model, iterations, labels });
  return decodePlanes(await post(`api/planes?${query}`, drawing, asked, signal));
}

/**
 * @param {Drawing} drawing
 * @param {Asked & {iterations: number, labels: string, at: number}} asked labels by a comma list
 * @param {AbortSignal} [signal]
 * @returns {Promise<Wholes>}
 */
export async function fetchWholes(drawing, asked, signal) {
  const { model, iterations, labels, at } = asked;
  const query = parameters({ model, iterations, labels, at, dtype: "f16" });
  return { ...decodeWholes(await post(`api/wholes?${query}`, drawing, asked, signal)), at };
}

/**
 * @param {ArrayLike<number>} pose
 * @param {{model: string, label: number}} options
 */
export const fetchReconstruction = (pose, options) => fetchReconstructions([pose], options);

/**
 * @param {ArrayLike<number>[]} poses
 * @param {{model: string, label: number, dtype?: "f32" | "f16"}} options
 * @param {AbortSignal} [signal]
 * @returns {Promise<Float32Array>} (N, H, W)
 */
export async function fetchReconstructions(poses, { model, label, dtype }, signal) {
  const body = JSON.stringify({ poses: poses.map((pose) => Array.from(pose)), label });
  return decodeReconstructions(
    await request(`api/reconstruct?${parameters({ model, dtype })}`, asTensors, { ...jsonBody(body), signal }),
  );
}

/**
 * Everything that the network computed, as the file that the server sends: float32, with the large tensors.
 * @param {Drawing} drawing
 * @param {Asked & {iterations: number}} asked
 */
export async function fetchTraceFile(drawing, asked) {
  const query = parameters({ model: asked.model, iterations: asked.iterations, include: "conv1,votes" });
  return post(`api/trace?${query}`, drawing, asked);
}

/**
 * The routing alone, after each iteration.
 * @param {Drawing} drawing
 * @param {Asked & {iterations: number}} asked
 */
export async function fetchRouting(drawing, asked) {
  const omit = "image,primary_capsules,routing_logits,agreement,reconstruction";
  const query = parameters({ model: asked.model, iterations: asked.iterations, omit, dtype: "f16" });
  return decodeRouting(await post(`api/trace?${query}`, drawing, asked));
}

/**
 * The lengths of the class capsules after each iteration, and nothing else.
 * @param {Drawing} drawing
 * @param {Asked & {iterations: number}} asked
 * @returns {Promise<Float32Array>} (R, C)
 */
export async function fetchLengths(drawing, asked) {
  const omit = "image,primary_capsules,routing_logits,coupling_coefficients,agreement,class_capsules,reconstruction";
  const query = parameters({ model: asked.model, iterations: asked.iterations, omit });
  return decodeLengths(await post(`api/trace?${query}`, drawing, asked));
}

// What was measured of a model; its card says which of them there are.

/** @param {{model: string}} options @returns {Promise<IterationStudy>} */
export const fetchIterationStudy = async ({ model }) =>
  request(`api/iterations?${parameters({ model })}`, jsonWith("errors"));

/** @param {{model: string}} options @returns {Promise<RoutingStudy>} */
export const fetchRoutingStudy = async ({ model }) =>
  request(`api/routings?${parameters({ model })}`, jsonWith("turned"));

/** @param {{model: string}} options @returns {Promise<AgreementStudy>} */
export const fetchAgreement = async ({ model }) =>
  request(`api/agreement?${parameters({ model })}`, jsonWith("with_v_winner"));

/** @param {{model: string}} options @returns {Promise<OverlapStudy>} */
export const fetchOverlapStudy = async ({ model }) =>
  request(`api/overlap?${parameters({ model })}`, jsonWith("tested"));

/** @param {{model: string, label: number}} options @returns {Promise<Dimensions>} */
export const fetchDimensions = async ({ model, label }) =>
  request(`api/dimensions?${parameters({ model, label })}`, jsonWith("dimensions"));

/** @param {{model: string}} options @returns {Promise<Gauge>} */
export const fetchGauge = async ({ model }) => request(`api/gauge?${parameters({ model })}`, jsonWith("quantiles"));

/**
 * The class capsules of a drawing, and little else.
 * @param {Drawing} drawing
 * @param {Asked & {iterations: number}} asked
 * @param {AbortSignal} [signal]
 * @returns {Promise<Look>}
 */
export async function fetchLook(drawing, asked, signal) {
  const omit = "primary_capsules,routing_logits,coupling_coefficients,agreement,reconstruction";
  const query = parameters({ model: asked.model, iterations: asked.iterations, omit });
  return decodeLook(await post(`api/trace?${query}`, drawing, asked, signal), asked.geometry);
}

/**
 * What a network reads and draws, and nothing of how.
 * @param {Drawing} drawing
 * @param {Asked & {iterations: number}} asked
 * @returns {Promise<Answer>}
 */
export async function fetchAnswer(drawing, asked) {
  const omit = "primary_capsules,routing_logits,coupling_coefficients,agreement,class_capsules";
  const query = parameters({ model: asked.model, iterations: asked.iterations, omit });
  return decodeAnswer(await post(`api/trace?${query}`, drawing, asked));
}

/**
 * @param {Drawing} drawing
 * @param {Asked & {iterations: number}} asked
 * @param {AbortSignal} [signal]
 * @returns {Promise<Masks>}
 */
export async function fetchMasks(drawing, asked, signal) {
  const query = parameters({ model: asked.model, iterations: asked.iterations });
  return decodeMasks(await post(`api/masks?${query}`, drawing, asked, signal));
}

/**
 * One layer of a pair moved across the other, from the middle to both sides.
 * @param {Drawing} drawing a pair
 * @param {Asked & {iterations: number, layer: 0 | 1, axis: "right" | "down", labels: string}} asked `layer` moves; two
 *   labels by a comma, of the first layer and of the second
 * @param {AbortSignal} [signal]
 * @returns {Promise<Sweep>}
 */
export async function fetchSweep(drawing, asked, signal) {
  const { model, iterations, layer, axis, labels } = asked;
  const query = parameters({ model, iterations, layer, axis, labels });
  return decodeSweep(await post(`api/sweep?${query}`, drawing, asked, signal));
}

/**
 * What is taken as ink in a picture, and what is left out.
 * @param {Photo} photo
 * @param {{model: string}} options
 * @returns {Promise<PictureReading>}
 */
export async function fetchReading({ png, crop }, { model }) {
  const query = parameters({ model, crop: cropText(crop) });
  return decodeReading(await request(`api/read?${query}`, asTensors, pngBody(png)));
}

/**
 * @param {{label?: number, misclassified?: boolean, page?: number, model?: string}} filter
 * @returns {Promise<DigitPage>}
 */
export const fetchDigits = async (filter) => request(`api/digits?${parameters(filter)}`, jsonWith("digits"));

/** @param {number} index @returns {Promise<{index: number, label: number, pixels: number[][]}>} */
export const fetchDigit = async (index) => request(`api/digits/${index}`, jsonWith("pixels"));

/**
 * The class that a network reads in a drawing, and nothing else of it.
 * @param {Drawing} drawing
 * @param {{model: string}} options
 * @returns {Promise<number>}
 */
export async function fetchLabel(drawing, { model }) {
  const path = `api/classify?${parameters({ model })}`;
  const { label } = isPhoto(drawing)
    ? await request(withCrop(path, drawing), jsonWith("label"), pngBody(drawing.png))
    : await request(path, jsonWith("label"), bodyOf(drawing));
  return label;
}

/**
 * @typedef {object} TestPair
 * @property {number} index
 * @property {[number, number]} labels
 * @property {[number, number]} predicted
 * @property {[number, number]} digits of which test digits it is made
 * @property {[[number, number], [number, number]]} offsets of each, down and right, in pixels
 * @property {string} thumbnail a data URI
 *
 * @param {{label?: number, misclassified?: boolean, page?: number, model: string}} filter
 * @returns {Promise<{pairs: TestPair[], page: number, pages: number, count: number}>}
 */
export const fetchPairs = async (filter) => request(`api/pairs?${parameters(filter)}`, jsonWith("pairs"));

/** @param {string} path with its query @param {Drawing} drawing @param {Asked} asked @param {AbortSignal} [signal] */
function post(path, drawing, asked, signal) {
  if (isPhoto(drawing)) return post(withCrop(path, drawing), drawing.png, asked, signal);
  const { geometry, interventions } = asked;
  if (interventions) {
    const body = formOf(drawing, asRequest(geometry, interventions));
    return request(path, asTensors, { method: "POST", body, signal });
  }
  return request(path, asTensors, { ...bodyOf(drawing), signal });
}

/** @param {Exclude<Drawing, Photo>} drawing */
const bodyOf = (drawing) => (drawing instanceof Blob ? pngBody(drawing) : jsonBody(JSON.stringify(inJson(drawing))));

/** The part of a picture that is read belongs to its address. @param {string} path @param {Photo} photo */
function withCrop(path, { crop }) {
  const text = cropText(crop);
  return text ? `${path}&${parameters({ crop: text })}` : path;
}

/** @param {Blob} body @returns {RequestInit} */
const pngBody = (body) => ({ method: "POST", body, headers: { "Content-Type": "image/png" } });

/** @param {Exclude<Drawing, Blob | Photo>} drawing */
const inJson = (drawing) => (Array.isArray(drawing) ? { pixels: drawing } : drawing);

/**
 * A drawing and what is changed in its routing.
 * @param {Exclude<Drawing, Photo>} drawing
 * @param {ReturnType<typeof asRequest>} changes
 */
function formOf(drawing, changes) {
  const json = (/** @type {unknown} */ value) => new Blob([JSON.stringify(value)], { type: "application/json" });
  const form = new FormData();
  form.append("drawing", drawing instanceof Blob ? new Blob([drawing], { type: "image/png" }) : json(inJson(drawing)));
  form.append("interventions", json(changes));
  return form;
}
