/**
 * The last answer, kept for as long as the same is asked; what failed is asked again.
 * @template {readonly unknown[]} Q
 * @template A
 * @param {(question: Q, signal: AbortSignal) => Promise<A>} ask
 * @returns {(question: Q, signal: AbortSignal) => Promise<A>}
 */
export function rememberLast(ask) {
  /** @type {{question: Q, answer: A} | null} */
  let last = null;
  return async (question, signal) => {
    if (last?.question.every((part, k) => Object.is(part, question[k]))) return last.answer;
    const answer = await ask(question, signal);
    last = { question, answer };
    return answer;
  };
}
