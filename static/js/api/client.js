/** The one place that fetches. */
/** @import { DigitPage, Dimensions, Gauge, Interventions, IterationStudy, Look, Masks, Model, Perturbations, Trace, VotePlanes } from "../types.js" */
import { asRequest } from "../lib/interventions.js";
import { IMAGE } from "../lib/network.js";
import {
  decodeLook, decodeMasks, decodePerturbations, decodePlanes, decodeReconstructions, decodeRouting, decodeTrace, decodeVotes,
} from "./decode.js";

/** The server understood the request and said no, or failed. */
export class ApiError extends Error {
  /** @param {string} code @param {string} message @param {number} status */
  constructor(code, message, status) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** Nothing answered. */
export class OfflineError extends Error {}

/** Whether the same request may be answered a little later. @param {unknown} error */
export const isPassing = (error) => error instanceof OfflineError || (error instanceof ApiError && error.status === 503);

/**
 * A drawing as it is sent: a picture, or 28 x 28 numbers in [0, 1] that are taken as they are.
 * @typedef {Blob | number[][]} Drawing
 */

/** @returns {Promise<{default: string, models: Model[]}>} */
export const fetchModels = async () => (await request("/api/models")).json();

/** @returns {Promise<boolean>} whether a server answers at all */
export const isAlive = () => request("/healthz").then(Boolean, () => false);

/**
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, interventions?: Interventions}} options
 * @param {AbortSignal} [signal]
 * @returns {Promise<Trace>}
 */
export async function fetchTrace(drawing, { model, iterations, interventions }, signal) {
  const query = parameters({ model, iterations, include: "conv1", omit: "routing_logits", dtype: "f16", as_bytes: "conv1" });
  const answer = await post(`/api/trace?${query}`, drawing, signal, interventions);
  return { ...decodeTrace(await answer.arrayBuffer()), ...(interventions && { interventions }) };
}

/**
 * @param {Drawing} drawing
 * @param {{model: string, interventions?: Interventions}} options
 * @param {AbortSignal} [signal]
 */
export async function fetchVotes(drawing, { model, interventions }, signal) {
  const omit = "routing_logits,coupling_coefficients,agreement,primary_capsules";
  const query = parameters({ model, iterations: 1, include: "votes", omit, dtype: "f16" });
  return decodeVotes(await (await post(`/api/trace?${query}`, drawing, signal, interventions)).arrayBuffer());
}

/**
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, label: number, interventions?: Interventions}} options
 * @param {AbortSignal} [signal]
 * @returns {Promise<Perturbations>}
 */
export async function fetchPerturbations(drawing, { model, iterations, label, interventions }, signal) {
  const query = parameters({ model, iterations, label, dtype: "f16" });
  return decodePerturbations(await (await post(`/api/perturb?${query}`, drawing, signal, interventions)).arrayBuffer());
}

/**
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, labels: string, interventions?: Interventions}} options labels by a comma list
 * @param {AbortSignal} [signal]
 * @returns {Promise<VotePlanes>}
 */
export async function fetchPlanes(drawing, { model, iterations, labels, interventions }, signal) {
  const query = parameters({ model, iterations, labels });
  return decodePlanes(await (await post(`/api/planes?${query}`, drawing, signal, interventions)).arrayBuffer());
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
  const answer = await request(`/api/reconstruct?${parameters({ model, dtype })}`, { ...jsonBody(body), signal });
  return decodeReconstructions(await answer.arrayBuffer());
}

/**
 * Everything that the network computed, as the file that the server sends: float32, with the large tensors.
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, interventions?: Interventions}} options
 */
export async function fetchTraceFile(drawing, { model, iterations, interventions }) {
  const query = parameters({ model, iterations, include: "conv1,votes" });
  return (await post(`/api/trace?${query}`, drawing, undefined, interventions)).arrayBuffer();
}

/**
 * The routing alone, after each iteration.
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, interventions?: Interventions}} options
 */
export async function fetchRouting(drawing, { model, iterations, interventions }) {
  const omit = "image,primary_capsules,routing_logits,agreement,reconstruction";
  const query = parameters({ model, iterations, omit, dtype: "f16" });
  return decodeRouting(await (await post(`/api/trace?${query}`, drawing, undefined, interventions)).arrayBuffer());
}

// What was measured of a model; its card says which of the three there are.

/** @param {{model: string}} options @returns {Promise<IterationStudy>} */
export const fetchIterationStudy = async ({ model }) => (await request(`/api/iterations?${parameters({ model })}`)).json();

/** @param {{model: string, label: number}} options @returns {Promise<Dimensions>} */
export const fetchDimensions = async ({ model, label }) => (await request(`/api/dimensions?${parameters({ model, label })}`)).json();

/** @param {{model: string}} options @returns {Promise<Gauge>} */
export const fetchGauge = async ({ model }) => (await request(`/api/gauge?${parameters({ model })}`)).json();

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
  return decodeLook(await (await post(`/api/trace?${query}`, drawing, signal, interventions)).arrayBuffer());
}

/**
 * @param {Drawing} drawing
 * @param {{model: string, iterations: number, interventions?: Interventions}} options
 * @param {AbortSignal} [signal]
 * @returns {Promise<Masks>}
 */
export async function fetchMasks(drawing, { model, iterations, interventions }, signal) {
  return decodeMasks(await (await post(`/api/masks?${parameters({ model, iterations })}`, drawing, signal, interventions)).arrayBuffer());
}

/**
 * @param {{label?: number, misclassified?: boolean, page?: number, model: string}} filter
 * @returns {Promise<DigitPage>}
 */
export const fetchDigits = async (filter) => (await request(`/api/digits?${parameters(filter)}`)).json();

/** @param {number} index @returns {Promise<{index: number, label: number, pixels: number[][]}>} */
export const fetchDigit = async (index) => (await request(`/api/digits/${index}`)).json();

/** @param {Record<string, string | number | boolean | undefined>} values */
function parameters(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}

/** @param {string} path @param {Drawing} drawing @param {AbortSignal} [signal] @param {Interventions} [interventions] */
function post(path, drawing, signal, interventions) {
  if (interventions) return request(path, { method: "POST", body: formOf(drawing, interventions), signal });
  if (drawing instanceof Blob) {
    return request(path, { method: "POST", body: drawing, headers: { "Content-Type": "image/png" }, signal });
  }
  return request(path, { ...jsonBody(JSON.stringify({ pixels: drawing })), signal });
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

/**
 * @param {string} path
 * @param {RequestInit} [init]
 * @throws {ApiError | OfflineError}
 */
async function request(path, init) {
  const answer = await fetch(path, init).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new OfflineError("the server does not answer", { cause: error });
  });
  if (answer.ok) return answer;
  const { error } = await answer.json().catch(() => ({ error: { code: "unknown", message: answer.statusText } }));
  throw new ApiError(error.code, error.message, answer.status);
}

/** @param {ArrayLike<number>} values (28, 28), flat @returns {number[][]} */
export function toRows(values) {
  return Array.from({ length: IMAGE }, (_, row) => Array.from({ length: IMAGE }, (_, column) => values[row * IMAGE + column]));
}
