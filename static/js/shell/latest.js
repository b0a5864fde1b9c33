/**
 * Run one job at a time; of those that arrive meanwhile only the newest is kept. One at a time means that
 * answers come in the order of their jobs: an older one can never replace a newer one.
 *
 * @template T, A
 * @param {(job: T, signal: AbortSignal) => Promise<A>} work
 * @param {(answer: A, job: T) => void} deliver
 * @param {(error: unknown, job: T) => void} fail not told of a job that a newer one waits to replace
 * @param {(job: T) => void} [drop] told of each job of which neither of the others is told
 * @returns {{push: (job: T) => void, cancel: () => void}} `cancel` forgets the waiting job and the answer under way
 */
export function newestWins(work, deliver, fail, drop = () => {}) {
  /** @type {{job: T} | null} */
  let waiting = null;
  /** @type {AbortController | null} */
  let running = null;

  async function next() {
    while (waiting) {
      const { job } = waiting;
      waiting = null;
      const controller = new AbortController();
      running = controller;
      try {
        const answer = await work(job, controller.signal);
        if (controller.signal.aborted) drop(job);
        else deliver(answer, job);
      } catch (error) {
        if (controller.signal.aborted || waiting) drop(job);
        else fail(error, job);
      }
      if (running !== controller) return; // cancelled: whoever pushed since then has begun anew
      running = null;
    }
  }

  return {
    push(job) {
      if (waiting) drop(waiting.job);
      waiting = { job };
      if (!running) next();
    },
    cancel() {
      if (waiting) drop(waiting.job);
      waiting = null;
      running?.abort();
      running = null;
    },
  };
}
