/** One request: its address, its patience, and what can become of it. */
import { address } from "../shell/address.js";
import { ApiError, BusyError, OfflineError } from "../shell/errors.js";
import { isSafetensors } from "../shell/safetensors.js";
import { firstOf } from "../shell/signals.js";

/** A line that went dead tells nobody: after so long without the whole answer there is none. */
const PATIENCE_MS = 30_000;

/** Answers of a proxy whose server is away or starts again. Ours are 429 and 503. */
const AWAY = [502, 504];
const BUSY = [429, 503];

/**
 * @template T
 * @param {string} path from the site's root, without a slash before it
 * @param {(answer: Response) => Promise<T>} read
 * @param {RequestInit} [init]
 * @returns {Promise<T>}
 * @throws {ApiError} where this server said no
 * @throws {PassingError} where it is busy, where nothing answered, where an answer broke off or took too long, and
 *   where
 *   something else answered in its place
 * @throws {DOMException} where it was called off
 */
export async function request(path, read, { signal, ...init } = {}) {
  const either = firstOf([signal, AbortSignal.timeout(PATIENCE_MS)]);
  try {
    const answer = await fetch(address(path), { ...init, signal: either.signal });
    if (!answer.ok) throw await refusalOf(answer);
    return await read(answer);
  } catch (error) {
    throw signal?.aborted || isKnown(error) ? error : new OfflineError(undefined, { cause: error });
  } finally {
    either.release();
  }
}

/** @param {unknown} error */
const isKnown = (error) =>
  error instanceof ApiError ||
  error instanceof BusyError ||
  error instanceof OfflineError ||
  (error instanceof DOMException && error.name === "AbortError"); // called off

/** What an answer that is no success means. @param {Response} answer */
async function refusalOf(answer) {
  const { status } = answer;
  const waitMs = waitOf(answer);
  if (BUSY.includes(status)) return new BusyError(undefined, { waitMs });
  if (AWAY.includes(status)) return new OfflineError(undefined, { waitMs });
  const error = (await answer.json().catch(() => null))?.error;
  if (typeof error?.code === "string" && typeof error.message === "string") {
    return new ApiError(error.code, error.message, status);
  }
  return new ApiError("unknown", `The server refused this (status ${status}).`, status);
}

/**
 * How long the server asks to wait.
 * @param {Response} answer
 * @returns {number | null} milliseconds; null where it says nothing
 */
function waitOf(answer) {
  const seconds = Number(answer.headers.get("Retry-After") ?? NaN);
  return Number.isFinite(seconds) && seconds >= 0 ? 1000 * seconds : null;
}

/**
 * An answer of ours in JSON. One without the field, or that is no JSON, comes from something that stands in our place:
 * a hotel's page to log in, or another server.
 * @param {string} field that each such answer has
 * @returns {(answer: Response) => Promise<any>}
 */
export const jsonWith = (field) => async (answer) => {
  const body = await answer.json();
  if (typeof body !== "object" || body === null || !Object.hasOwn(body, field)) throw new TypeError("not our answer");
  return body;
};

/** An answer of ours that holds tensors. @param {Response} answer @returns {Promise<ArrayBuffer>} */
export async function asTensors(answer) {
  const body = await answer.arrayBuffer();
  if (!isSafetensors(body)) throw new TypeError("not our answer");
  return body;
}

/** @param {string} body @returns {RequestInit} */
export const jsonBody = (body) => ({ method: "POST", body, headers: { "Content-Type": "application/json" } });

/** @param {Record<string, string | number | boolean | undefined>} values those that are not given are left out */
export function parameters(values) {
  const given = Object.entries(values).filter(([, value]) => value !== undefined && value !== "");
  return new URLSearchParams(given.map(([name, value]) => [name, String(value)]));
}
