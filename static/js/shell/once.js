/** Questions that are asked once while the answer is under way. */

/**
 * Whoever asks the same while it is under way gets the same answer. What has been answered is asked anew.
 * @template Q
 * @param {(a: Q, b: Q) => boolean} [isSame]
 * @returns {<A>(question: Q, ask: () => Promise<A>) => Promise<A>}
 */
export function once(isSame = Object.is) {
  /** @type {{question: Q, answer: Promise<any>}[]} */
  let underWay = [];
  return (question, ask) => {
    const same = underWay.find((other) => isSame(other.question, question));
    if (same) return same.answer;
    const answer = ask().finally(() => (underWay = underWay.filter((other) => other !== mine)));
    const mine = { question, answer };
    underWay.push(mine);
    return answer;
  };
}
