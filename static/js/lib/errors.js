/** What can become of a request, and what is done about it. */

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

/** So long after no answer came it is asked again. */
export const RETRY_MS = 2000;

/** What to tell a person of an error. @param {unknown} error */
export const reasonOf = (error) => (error instanceof Error ? error.message : String(error));
