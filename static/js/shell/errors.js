/** What can become of a request, and what is done about it. */

/** The server understood the request and said no, or failed. */
export class ApiError extends Error {
  /** @param {string} code @param {string} message for people @param {number} status */
  constructor(code, message, status) {
    super(message);
    this.code = code;
    this.status = status;
  }
}

/** The same request may be answered a little later. Its message is for people. */
export class PassingError extends Error {
  /**
   * @param {string} message
   * @param {ErrorOptions & {waitMs?: number | null}} [options] `waitMs` as the server asked for
   */
  constructor(message, { waitMs = null, ...options } = {}) {
    super(message, options);
    this.waitMs = waitMs;
  }
}

/** Nothing answered, or something else than this site's server. */
export class OfflineError extends PassingError {
  /** @param {string} [message] @param {ErrorOptions & {waitMs?: number | null}} [options] */
  constructor(message = "The server does not answer.", options = {}) {
    super(message, options);
  }
}

/** The server has more to do than it can. */
export class BusyError extends PassingError {
  /** @param {string} [message] @param {ErrorOptions & {waitMs?: number | null}} [options] */
  constructor(message = "The server is busy.", options = {}) {
    super(message, options);
  }
}

/** What whoever sits at the page can understand, and perhaps mend. Its message is a sentence for people. */
export class UserError extends Error {}

/** Whether the same request may be answered a little later. @param {unknown} error */
export const isPassing = (error) => error instanceof PassingError;

/** So long after no answer came it is asked again, where the server says nothing else. */
export const RETRY_MS = 2000;

/** A page that everybody has open should not ask again in the same moment as all the others. */
const SPREAD = 0.25;

/**
 * How long to wait before asking again: never shorter than the server asked for.
 * @param {unknown} error
 * @param {() => number} [random] in [0, 1)
 * @returns {number} milliseconds; 0 where asking again would not help
 */
export function retryIn(error, random = Math.random) {
  if (!isPassing(error)) return 0;
  const { waitMs } = /** @type {PassingError} */ (error);
  return waitMs === null ? RETRY_MS * (1 - SPREAD * random()) : Math.max(1, waitMs) * (1 + SPREAD * random());
}

/** What browsers say where `import()` gets no script. */
const LOST_SCRIPT = /dynamically imported module|module script/i;

/**
 * What to tell a person of an error: a sentence of the server's or of ours, and no text of the browser's.
 * @param {unknown} error
 */
export function reasonOf(error) {
  if (
    (error instanceof ApiError || error instanceof UserError || isPassing(error)) &&
    /** @type {Error} */ (error).message
  ) {
    return /** @type {Error} */ (error).message;
  }
  if (error instanceof ApiError) return `The server refused this (status ${error.status}).`;
  if (error instanceof TypeError && LOST_SCRIPT.test(error.message)) {
    return "A part of this page did not arrive. Reloading may help.";
  }
  console.error(error); // a mistake of ours: whoever mends it wants more than the sentence
  return "Something went wrong on this page. Reloading may help.";
}
