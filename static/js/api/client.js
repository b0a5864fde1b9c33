/** The one place that fetches. */
/** @import { DigitPage, Dimensions, Gauge, Interventions, IterationStudy, Look, Masks, Model, Perturbations, Trace, VotePlanes } from "../types.js" */
import { ApiError, OfflineError } from "../lib/errors.js";
import { asRequest } from "../lib/interventions.js";
import { IMAGE } from "../lib/network.js";
import {
  decodeLook, decodeMasks, decodePerturbations, decodePlanes, decodeReconstructions, decodeRouting, decodeTrace, decodeVotes,
} from "./decode.js";

/** A line that went dead tells nobody: after so long without the whole answer there is none. */
const PATIENCE_MS = 30_000;

/**
 * A drawing as it is sent: a picture, or 28 x 28 numbers in [0, 1] that are taken as they are.
 * @typedef {Blob | number[][]} Drawing
 */

/** @returns {Promise<{default: string, models: Model[]}>} */
export const fetchModels = async () => request("/api/models", asJson);

/** @returns {Promise<boolean>} whether a server answers at all */
export const isAlive = () => request("/healthz", asJson).then(Boolean, () => false);

/**
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, interventions?: Interventions}} options
 * @param {AbortSignal} [signal]
 * @returns {Promise<Trace>}
 */
export async function fetchTrace(drawing, { model, iterations, interventions }, signal) {
  const query = parameters({ model, iterations, include: "conv1", omit: "routing_logits", dtype: "f16", as_bytes: "conv1" });
  const body = await post(`/api/trace?${query}`, drawing, signal, interventions);
  return { ...decodeTrace(body), ...(interventions && { interventions }) };
}

/**
 * @param {Drawing} drawing
 * @param {{model: string, interventions?: Interventions}} options
 * @param {AbortSignal} [signal]
 */
export async function fetchVotes(drawing, { model, interventions }, signal) {
  const omit = "routing_logits,coupling_coefficients,agreement,primary_capsules";
  const query = parameters({ model, iterations: 1, include: "votes", omit, dtype: "f16" });
  return decodeVotes(await post(`/api/trace?${query}`, drawing, signal, interventions));
}

/**
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, label: number, interventions?: Interventions}} options
 * @param {AbortSignal} [signal]
 * @returns {Promise<Perturbations>}
 */
export async function fetchPerturbations(drawing, { model, iterations, label, interventions }, signal) {
  const query = parameters({ model, iterations, label, dtype: "f16" });
  return decodePerturbations(await post(`/api/perturb?${query}`, drawing, signal, interventions));
}

/**
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, labels: string, interventions?: Interventions}} options labels by a comma list
 * @param {AbortSignal} [signal]
 * @returns {Promise<VotePlanes>}
 */
export async function fetchPlanes(drawing, { model, iterations, labels, interventions }, signal) {
  const query = parameters({ model, iterations, labels });
  return decodePlanes(await post(`/api/planes?${query}`, drawing, signal, interventions));
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
 * @returns {Promise<Float32Array>} (N, 28, 28)
 */
export async function fetchReconstructions(poses, { model, label, dtype }, signal) {
  const body = JSON.stringify({ poses: poses.map((pose) => Array.from(pose)), label });
  return decodeReconstructions(await request(`/api/reconstruct?${parameters({ model, dtype })}`, asBytes, { ...jsonBody(body), signal }));
}

/**
 * Everything that the network computed, as the file that the server sends: float32, with the large tensors.
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, interventions?: Interventions}} options
 */
export async function fetchTraceFile(drawing, { model, iterations, interventions }) {
  const query = parameters({ model, iterations, include: "conv1,votes" });
  return post(`/api/trace?${query}`, drawing, undefined, interventions);
}

/**
 * The routing alone, after each iteration.
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, interventions?: Interventions}} options
 */
export async function fetchRouting(drawing, { model, iterations, interventions }) {
  const omit = "image,primary_capsules,routing_logits,agreement,reconstruction";
  const query = parameters({ model, iterations, omit, dtype: "f16" });
  return decodeRouting(await post(`/api/trace?${query}`, drawing, undefined, interventions));
}

// What was measured of a model; its card says which of the three there are.

/** @param {{model: string}} options @returns {Promise<IterationStudy>} */
export const fetchIterationStudy = async ({ model }) => request(`/api/iterations?${parameters({ model })}`, asJson);

/** @param {{model: string, label: number}} options @returns {Promise<Dimensions>} */
export const fetchDimensions = async ({ model, label }) => request(`/api/dimensions?${parameters({ model, label })}`, asJson);

/** @param {{model: string}} options @returns {Promise<Gauge>} */
export const fetchGauge = async ({ model }) => request(`/api/gauge?${parameters({ model })}`, asJson);

/**
 * The class capsules of a drawing, and little else.
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, interventions?: Interventions}} options
 * @param {AbortSignal} [signal]
 * @returns {Promise<Look>}
 */
export async function fetchLook(drawing, { model, iterations, interventions }, signal) {
  const omit = "primary_capsules,routing_logits,coupling_coefficients,agreement,reconstruction";
  const query = parameters({ model, iterations, omit });
  return decodeLook(await post(`/api/trace?${query}`, drawing, signal, interventions));
}

/**
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, interventions?: Interventions}} options
 * @param {AbortSignal} [signal]
 * @returns {Promise<Masks>}
 */
export async function fetchMasks(drawing, { model, iterations, interventions }, signal) {
  return decodeMasks(await post(`/api/masks?${parameters({ model, iterations })}`, drawing, signal, interventions));
}

/**
 * @param {{label?: number, misclassified?: boolean, page?: number, model: string}} filter
 * @returns {Promise<DigitPage>}
 */
export const fetchDigits = async (filter) => request(`/api/digits?${parameters(filter)}`, asJson);

/** @param {number} index @returns {Promise<{index: number, label: number, pixels: number[][]}>} */
export const fetchDigit = async (index) => request(`/api/digits/${index}`, asJson);

/** @param {Record<string, string | number | boolean | undefined>} values */
function parameters(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}

/** @param {string} path @param {Drawing} drawing @param {AbortSignal} [signal] @param {Interventions} [interventions] */
function post(path, drawing, signal, interventions) {
  if (interventions) return request(path, asBytes, { method: "POST", body: formOf(drawing, interventions), signal });
  if (drawing instanceof Blob) {
    return request(path, asBytes, { method: "POST", body: drawing, headers: { "Content-Type": "image/png" }, signal });
  }
  return request(path, asBytes, { ...jsonBody(JSON.stringify({ pixels: drawing })), signal });
}

/** A drawing and what is changed in its routing. @param {Drawing} drawing @param {Interventions} interventions */
function formOf(drawing, interventions) {
  const json = (/** @type {unknown} */ value) => new Blob([JSON.stringify(value)], { type: "application/json" });
  const form = new FormData();
  form.append("drawing", drawing instanceof Blob ? new Blob([drawing], { type: "image/png" }) : json({ pixels: drawing }));
  form.append("interventions", json(asRequest(interventions)));
  return form;
}

/** @param {string} body @returns {RequestInit} */
const jsonBody = (body) => ({ method: "POST", body, headers: { "Content-Type": "application/json" } });

/** @param {Response} answer */
const asJson = (answer) => answer.json();
/** @param {Response} answer */
const asBytes = (answer) => answer.arrayBuffer();

/**
 * @template T
 * @param {string} path
 * @param {(answer: Response) => Promise<T>} read
 * @param {RequestInit} [init]
 * @returns {Promise<T>}
 * @throws {ApiError | OfflineError} the latter also where an answer breaks off or takes too long
 */
async function request(path, read, { signal, ...init } = {}) {
  const patience = AbortSignal.timeout(PATIENCE_MS);
  const either = signal ? AbortSignal.any([signal, patience]) : patience;
  const answer = await fetch(path, { ...init, signal: either }).catch(becomeOffline);
  if (answer.ok) return read(answer).catch(becomeOffline);
  const { error } = await answer.json().catch(() => ({ error: { code: "unknown", message: answer.statusText } }));
  throw new ApiError(error.code, error.message, answer.status);
}

/** @param {Error} error of a request @returns {never} */
function becomeOffline(error) {
  if (error.name === "AbortError" || error instanceof SyntaxError) throw error; // called off; no JSON, though an answer
  throw new OfflineError("the server does not answer", { cause: error });
}

/** @param {ArrayLike<number>} values (28, 28), flat @returns {number[][]} */
export function toRows(values) {
  return Array.from({ length: IMAGE }, (_, row) => Array.from({ length: IMAGE }, (_, column) => values[row * IMAGE + column]));
}
