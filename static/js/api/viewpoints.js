/** What the server can be asked of one digit from several viewpoints. `client` asks everything else. */
/** @import { Geometry } from "../capsules/geometry.js" @import { Maps } from "../capsules/types.js" */
/** @import { Name, Viewpoint } from "../capsules/viewpoint.js" */
/** @import { ViewpointPaths } from "../capsules/paths.js" @import { AffineStudy } from "../capsules/affine.js" */
/** @import { ViewpointAccuracy } from "../capsules/how-far.js" */
import { argmax } from "../shell/math.js";
import { readSafetensors } from "../shell/safetensors.js";
import { asTensors, jsonBody, jsonWith, parameters, request } from "./request.js";

/**
 * @typedef {object} View what a network makes of one viewpoint
 * @property {Float32Array} image (H, W) in [0, 1]: what it sees
 * @property {Float32Array} scores (C): lengths of the class capsules, or the probabilities of a CNN
 * @property {number} label the class with the largest of them
 * @property {Float32Array} [poses] (C, D) class capsules after the last iteration
 * @property {Float32Array} [reconstruction] (H, W) in [0, 1], where it was asked for
 * @property {Float32Array} [features] (F) what a CNN's answer is made of
 * @property {Maps} [first] of a CNN: the maps after the first pooling, where they were asked for
 * @property {Maps} [second] after the second
 */

/**
 * @param {Float32Array} image (H, W) in [0, 1], upright; it is taken as it is
 * @param {readonly Viewpoint[]} viewpoints 1 to 64
 * @param {{model: string, geometry: Pick<Geometry, "width">, label?: number, include?: string}} asked `geometry` of the
 *   image; `label` whose capsule is drawn, each picture's own winner where none is given
 * @param {AbortSignal} [signal]
 * @returns {Promise<View[]>} one for each viewpoint
 */
export async function fetchViews(image, viewpoints, { model, geometry, label, include }, signal) {
  const query = parameters({ model, label, include }); // in full: float16 would round 99.98 % to certainty
  const body = JSON.stringify({ pixels: rowsOf(image, geometry), viewpoints });
  return decodeViews(await request(`api/viewpoints?${query}`, asTensors, { ...jsonBody(body), signal }));
}

/**
 * @typedef {object} Scattered one picture, and what it answers once activations changed places within 2 x 2 windows
 * @property {Float32Array} image (H, W) in [0, 1]
 * @property {Record<string, {shape: number[], data: Float32Array}>} tensors as POST /api/scatter names them
 * @property {Record<string, string>} metadata
 *
 * @param {Float32Array} image (H, W) in [0, 1], upright
 * @param {Viewpoint} viewpoint
 * @param {{model: string, geometry: Pick<Geometry, "width">, seed: number}} asked
 * @param {AbortSignal} [signal]
 * @returns {Promise<Scattered>}
 */
export async function fetchScatter(image, viewpoint, { model, geometry, seed }, signal) {
  const query = parameters({ model, seed });
  const body = JSON.stringify({ pixels: rowsOf(image, geometry), viewpoint });
  const answer = await request(`api/scatter?${query}`, asTensors, { ...jsonBody(body), signal });
  const { tensors, metadata } = readSafetensors(answer);
  return { image: tensors.image.data, tensors, metadata };
}

/**
 * What was measured of one class under one transformation.
 * @param {{model: string, label: number, transformation: Name}} asked
 * @returns {Promise<ViewpointPaths>}
 */
export const fetchViewpointPaths = async (asked) =>
  request(`api/viewpoint-paths?${parameters(asked)}`, jsonWith("paths"));

/**
 * What was measured of one network over the test digits.
 * @param {{model: string}} asked
 * @returns {Promise<ViewpointAccuracy>}
 */
export const fetchViewpointAccuracy = async (asked) =>
  request(`api/viewpoint-accuracy?${parameters(asked)}`, jsonWith("transformations"));

/** What was measured on digits made as affNIST is. @returns {Promise<AffineStudy>} */
export const fetchAffineAccuracy = async () => request("api/affine-accuracy", jsonWith("rows"));

/** @param {Float32Array} image (H, W) @param {Pick<Geometry, "width">} geometry @returns {number[][]} in 4 decimals */
const rowsOf = (image, { width }) =>
  Array.from({ length: image.length / width }, (_, row) =>
    Array.from(image.subarray(row * width, (row + 1) * width), (value) => Math.round(value * 1e4) / 1e4),
  );

/** @param {ArrayBuffer} body of POST /api/viewpoints @returns {View[]} */
export function decodeViews(body) {
  const { tensors } = readSafetensors(body);
  /** @param {string} name @param {number} n */
  const nth = (name, n) => {
    const { shape, data } = tensors[name];
    const size = data.length / shape[0];
    return data.subarray(n * size, (n + 1) * size);
  };
  /** @param {string} name @param {number} n @returns {Maps} */
  const mapsOf = (name, n) => {
    const [, count, height, width] = tensors[name].shape;
    return { count, height, width, values: nth(name, n) };
  };
  const vectors = /** @type {const} */ (["poses", "reconstruction", "features"]).filter((name) => tensors[name]);
  const maps = /** @type {const} */ (["first", "second"]).filter((name) => tensors[name]);
  return Array.from({ length: tensors.image.shape[0] }, (_, n) => {
    const scores = nth("scores", n);
    return {
      image: nth("image", n),
      scores,
      label: argmax(scores),
      ...Object.fromEntries(vectors.map((name) => [name, nth(name, n)])),
      ...Object.fromEntries(maps.map((name) => [name, mapsOf(name, n)])),
    };
  });
}
