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

/**
 * The same of questions of which only the newest counts: another one calls off the one under way.
 * @template Q
 * @param {(a: Q, b: Q) => boolean} [isSame]
 * @returns {<A>(question: Q, ask: (signal: AbortSignal) => Promise<A>) => Promise<A>}
 */
export function newestOnce(isSame = Object.is) {
  /** @type {{question: Q, answer: Promise<any>, life: AbortController} | null} */
  let underWay = null;
  return (question, ask) => {
    if (underWay && isSame(underWay.question, question)) return underWay.answer;
    underWay?.life.abort();
    const life = new AbortController();
    const answer = ask(life.signal).finally(() => {
      if (underWay === mine) underWay = null;
    });
    const mine = { question, answer, life };
    underWay = mine;
    return answer;
  };
}
