/** The first of several signals. Browsers that are a little older have no function for it. */

/**
 * A signal that aborts with the first of several, for the same reason.
 * @param {(AbortSignal | null | undefined)[]} signals those that are missing never abort
 * @returns {{signal: AbortSignal, release: () => void}} `release` lets go of them: a signal that lives long would
 *   otherwise hold on to all that was ever asked
 */
export function firstOf(signals) {
  const either = new AbortController();
  const given = signals.filter((signal) => signal !== null && signal !== undefined);
  const ends = given.map((signal) => {
    const abort = () => either.abort(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    return () => signal.removeEventListener("abort", abort);
  });
  return { signal: either.signal, release: () => ends.forEach((end) => end()) };
}
