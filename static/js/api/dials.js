/**
 * The dials' line to the server: a WebSocket with binary frames, newest wins, and POST where it is down.
 *
 * A request is 72 bytes, little-endian: u32 sequence, u32 label, 16 x f32 pose.
 * An answer is 3144 bytes: u32 sequence, u32 label, 784 x f32 reconstruction.
 */
import { ApiError } from "../lib/errors.js";
import { newestWins } from "../lib/latest.js";
import { IMAGE, POSE_DIM } from "../lib/network.js";
import { fetchReconstruction } from "./client.js";

const HEADER = 8;
const ANSWER_BYTES = HEADER + 4 * IMAGE * IMAGE;
const RECONNECT_MS = 1000;
/** A socket whose other end is gone tells nobody: one that is silent for so long is given up. */
const SILENCE_MS = 5000;
/** So many answers are measured at most. */
const MOST_MEASURES = 5000;

/**
 * @typedef {{pose: Float32Array, label: number, model: string}} DialRequest
 * @param {DialRequest} request
 * @param {number} sequence
 * @returns {ArrayBuffer}
 */
export function packDialRequest({ pose, label }, sequence) {
  const frame = new ArrayBuffer(HEADER + 4 * POSE_DIM);
  const view = new DataView(frame);
  view.setUint32(0, sequence, true);
  view.setUint32(4, label, true);
  pose.forEach((number, d) => view.setFloat32(HEADER + 4 * d, number, true));
  return frame;
}

/** @param {ArrayBuffer} frame */
export function unpackDialAnswer(frame) {
  if (frame.byteLength !== ANSWER_BYTES) throw new RangeError(`a dial's answer of ${frame.byteLength} bytes`);
  const view = new DataView(frame);
  return {
    sequence: view.getUint32(0, true),
    label: view.getUint32(4, true),
    reconstruction: new Float32Array(frame, HEADER),
  };
}

/**
 * @param {(reconstruction: Float32Array, request: DialRequest) => void} deliver in the order of the requests
 * @param {(error: unknown) => void} fail
 * @returns {{send: (request: DialRequest) => void, cancel: () => void}}
 */
export function openDials(deliver, fail) {
  /** @type {WebSocket | null} */
  let socket = null;
  let socketModel = "";
  let closedAt = -Infinity;
  let sequence = 0;
  /** @type {{request: DialRequest, sentAt: number} | null} the one under way on the socket */
  let current = null;
  /** @type {DialRequest | null} */
  let next = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} until the one under way is given up */
  let silence;

  const fallback = newestWins(
    (/** @type {DialRequest} */ request) => fetchReconstruction(request.pose, request),
    (reconstruction, request) => deliver(reconstruction, request),
    fail,
  );

  /** @param {string} model */
  function connect(model) {
    if (socket && socketModel === model) return;
    if (performance.now() - closedAt < RECONNECT_MS && socketModel === model) return;
    socket?.close();
    current = next = null; // the closed one answers no more
    const query = model && `?${new URLSearchParams({ model })}`;
    const opened = new WebSocket(`${location.origin.replace("http", "ws")}/api/dials${query}`);
    [socket, socketModel] = [opened, model];
    opened.binaryType = "arraybuffer";
    opened.onmessage = ({ data }) => socket === opened && receive(data);
    opened.onclose = () => socket === opened && lose();
  }

  /** @param {ArrayBuffer | string} data */
  function receive(data) {
    if (typeof data === "string") {
      const { error } = JSON.parse(data);
      if (error.sequence !== undefined && (error.sequence !== sequence || !current)) return; // of a request that was forgotten
      current = null;
      fail(new ApiError(error.code, error.message, error.status));
    } else {
      const answer = unpackDialAnswer(data);
      if (answer.sequence !== sequence || !current) return;
      if (sequence % MOST_MEASURES === 0) performance.clearMeasures("capsnet:dial"); // the browser keeps each
      performance.measure("capsnet:dial", { start: current.sentAt });
      const { request } = current;
      current = null;
      deliver(answer.reconstruction, request);
    }
    if (next) transmit(next);
  }

  function lose() {
    socket = null;
    closedAt = performance.now();
    const unanswered = next ?? current?.request;
    current = next = null;
    if (unanswered) fallback.push(unanswered);
  }

  /** The request goes another way, and the next one tries a new socket. */
  function giveUp() {
    if (!current) return;
    socket?.close();
    lose();
  }

  /** @param {DialRequest} request */
  function transmit(request) {
    next = null;
    fallback.cancel(); // a late POST must not replace what the socket answers
    sequence = (sequence + 1) >>> 0;
    current = { request, sentAt: performance.now() };
    socket?.send(packDialRequest(request, sequence));
    clearTimeout(silence);
    silence = setTimeout(giveUp, SILENCE_MS);
  }

  return {
    send(request) {
      connect(request.model);
      if (socket?.readyState !== WebSocket.OPEN) fallback.push(request);
      else if (current) next = request;
      else transmit(request);
    },
    cancel() {
      fallback.cancel();
      current = next = null;
    },
  };
}
