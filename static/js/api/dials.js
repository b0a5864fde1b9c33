/**
 * The dials' line to the server: a WebSocket with binary frames, newest wins, and POST where it is down.
 *
 * A request is little-endian: u32 sequence, u32 label, D x f32 pose.
 * So is an answer: u32 sequence, u32 label, H x W x f32 reconstruction.
 */
import { socketAddress } from "../shell/address.js";
import { ApiError, BusyError } from "../shell/errors.js";
import { newestWins } from "../shell/latest.js";
import { fetchReconstruction } from "./client.js";

const HEADER = 8;
const RECONNECT_MS = 1000;
/** A socket whose other end is gone tells nobody: one that is silent for so long is given up. */
const SILENCE_MS = 5000;
/** So many answers are measured at most. */
const MOST_MEASURES = 5000;

/**
 * @typedef {{pose: Float32Array, label: number, model: string, pixels: number}} DialRequest `pixels` are those of the
 *   answer
 * @param {DialRequest} request
 * @param {number} sequence
 * @returns {ArrayBuffer}
 */
export function packDialRequest({ pose, label }, sequence) {
  const frame = new ArrayBuffer(HEADER + 4 * pose.length);
  const view = new DataView(frame);
  view.setUint32(0, sequence, true);
  view.setUint32(4, label, true);
  pose.forEach((number, d) => view.setFloat32(HEADER + 4 * d, number, true));
  return frame;
}

/** @param {ArrayBuffer} frame @param {number} pixels that are expected */
export function unpackDialAnswer(frame, pixels) {
  if (frame.byteLength !== HEADER + 4 * pixels) throw new RangeError(`a dial's answer of ${frame.byteLength} bytes`);
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
  const line = new DialLine(deliver, fail);
  return { send: (request) => line.send(request), cancel: () => line.cancel() };
}

class DialLine {
  /** @type {WebSocket | null} */
  #socket = null;
  #model = "";
  #closedAt = -Infinity;
  #sequence = 0;
  /** @type {{request: DialRequest, sentAt: number} | null} the one under way on the socket */
  #current = null;
  /** @type {DialRequest | null} */
  #next = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} until the one under way is given up */
  #silence;
  #deliver;
  #fail;
  #fallback;

  /**
   * @param {(reconstruction: Float32Array, request: DialRequest) => void} deliver
   * @param {(error: unknown) => void} fail
   */
  constructor(deliver, fail) {
    this.#deliver = deliver;
    this.#fail = fail;
    this.#fallback = newestWins(
      (/** @type {DialRequest} */ request) => fetchReconstruction(request.pose, request),
      deliver,
      fail,
    );
  }

  /** @param {DialRequest} request */
  send(request) {
    this.#connect(request.model);
    if (this.#socket?.readyState !== WebSocket.OPEN) this.#fallback.push(request);
    else if (this.#current) this.#next = request;
    else this.#transmit(request);
  }

  cancel() {
    this.#fallback.cancel();
    this.#current = this.#next = null;
  }

  /** @param {string} model */
  #connect(model) {
    if (this.#socket && this.#model === model) return;
    if (performance.now() - this.#closedAt < RECONNECT_MS && this.#model === model) return;
    this.#socket?.close();
    this.#current = this.#next = null; // the closed one answers no more
    const opened = new WebSocket(socketAddress(`api/dials${model && `?${new URLSearchParams({ model })}`}`));
    [this.#socket, this.#model] = [opened, model];
    opened.binaryType = "arraybuffer";
    opened.onmessage = ({ data }) => this.#socket === opened && this.#receive(data);
    opened.onclose = () => this.#socket === opened && this.#lose();
  }

  /** @param {ArrayBuffer | string} data */
  #receive(data) {
    if (typeof data === "string") this.#refused(data);
    else this.#answered(data);
    if (this.#next && !this.#current) this.#transmit(this.#next);
  }

  /** @param {string} text */
  #refused(text) {
    const { error } = JSON.parse(text);
    if (error.sequence !== undefined && (error.sequence !== this.#sequence || !this.#current)) return; // forgotten
    this.#current = null;
    const isBusy = error.status === 503 || error.status === 429;
    this.#fail(isBusy ? new BusyError() : new ApiError(error.code, error.message, error.status));
  }

  /** @param {ArrayBuffer} frame */
  #answered(frame) {
    if (!this.#current) return; // of a request that was forgotten
    const answer = unpackDialAnswer(frame, this.#current.request.pixels);
    if (answer.sequence !== this.#sequence) return;
    if (this.#sequence % MOST_MEASURES === 0) performance.clearMeasures("capsnet:dial"); // the browser keeps each
    performance.measure("capsnet:dial", { start: this.#current.sentAt });
    const { request } = this.#current;
    this.#current = null;
    this.#deliver(answer.reconstruction, request);
  }

  #lose() {
    this.#socket = null;
    this.#closedAt = performance.now();
    const unanswered = this.#next ?? this.#current?.request;
    this.#current = this.#next = null;
    if (unanswered) this.#fallback.push(unanswered);
  }

  /** The request goes another way, and the next one tries a new socket. */
  #giveUp() {
    if (!this.#current) return;
    this.#socket?.close();
    this.#lose();
  }

  /** @param {DialRequest} request */
  #transmit(request) {
    this.#next = null;
    this.#fallback.cancel(); // a late POST must not replace what the socket answers
    this.#sequence = (this.#sequence + 1) >>> 0;
    this.#current = { request, sentAt: performance.now() };
    this.#socket?.send(packDialRequest(request, this.#sequence));
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#giveUp(), SILENCE_MS);
  }
}
