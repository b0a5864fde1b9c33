/** Asking until it is answered, for what no place on the page waits for (those ask through `widgets/settled`). */

/**
 * @param {() => Promise<number>} need asks once; gives the milliseconds after which it is to be asked again, 0 where it
 *   is not: it was answered, refused, or is no longer wanted
 * @returns {() => Promise<number>} the same, and it asks again by itself; whoever calls it meanwhile asks at once
 */
export function untilAnswered(need) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  return async function ask() {
    clearTimeout(waiting);
    const againIn = await need();
    clearTimeout(waiting); // of whoever asked while this was under way
    if (againIn) waiting = setTimeout(ask, againIn);
    return againIn;
  };
}
