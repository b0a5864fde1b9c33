/** Text in lines: as the page broke it, and as a sheet does. */

/** @typedef {{words: string, left: number, top: number, width: number, height: number}} Line in the page's pixels */

/** @param {Text} text @returns {Line[]} */
export function linesOf(text) {
  const range = document.createRange();
  /** @type {Line[]} */
  const lines = [];
  for (const { 0: word, index } of text.data.matchAll(/\S+/g)) {
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    for (const { words, box } of piecesOf(range, word)) {
      const last = lines.at(-1);
      if (last && Math.abs(last.top - box.top) < 2 && box.left >= last.left) {
        last.words += ` ${words}`;
        last.width = box.right - last.left;
      } else lines.push({ words, left: box.left, top: box.top, width: box.width, height: box.height });
    }
  }
  return lines;
}

/**
 * A word, or the pieces of one that the page broke.
 * @param {Range} range over the word
 * @param {string} word
 * @returns {{words: string, box: DOMRect}[]}
 */
function piecesOf(range, word) {
  const whole = range.getBoundingClientRect();
  if (!whole.width) return [];
  if (range.getClientRects().length < 2) return [{ words: word, box: whole }];
  const [text, start] = [range.startContainer, range.startOffset];
  const letter = document.createRange();
  /** @type {{words: string, box: DOMRect}[]} */
  const pieces = [];
  for (let k = 0; k < word.length; k++) {
    letter.setStart(text, start + k);
    letter.setEnd(text, start + k + 1);
    const box = letter.getBoundingClientRect();
    const last = pieces.at(-1);
    if (last && Math.abs(last.box.top - box.top) < 2) {
      last.words += word[k];
      last.box = new DOMRect(last.box.left, last.box.top, box.right - last.box.left, last.box.height);
    } else pieces.push({ words: word[k], box });
  }
  return pieces;
}

/**
 * The number or the point before an item of a list.
 * @param {Element} element
 * @param {CSSStyleDeclaration} style
 * @param {DOMRect} edges
 * @returns {Line | null}
 */
export function markerOf(element, style, { left, top }) {
  if (style.display !== "list-item" || style.listStyleType === "none" || !element.parentElement) return null;
  const isNumber = style.listStyleType === "decimal";
  const words = isNumber ? `${[...element.parentElement.children].indexOf(element) + 1}.` : "•";
  const size = Number.parseFloat(style.fontSize);
  const height = Number.parseFloat(style.lineHeight) || 1.3 * size;
  const width = words.length * size * 0.6;
  return { words, left: left - width - 0.3 * size, top: top + Number.parseFloat(style.paddingTop), width, height };
}

/**
 * A text in lines of at most that width, broken between words; a longer word is broken where it must.
 * @param {string} text
 * @param {string} font
 * @param {number} width
 * @returns {string[]}
 */
export function wrapped(text, font, width) {
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (new OffscreenCanvas(1, 1).getContext("2d"));
  context.font = font;
  const fits = (/** @type {string} */ line) => context.measureText(line).width <= width;
  /** @type {string[]} */
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && fits(`${last} ${word}`)) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(...broken(word, fits));
  }
  return lines;
}

/** @param {string} word @param {(line: string) => boolean} fits @returns {string[]} */
function broken(word, fits) {
  if (fits(word)) return [word];
  let [low, high] = [1, word.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(word.slice(0, middle))) low = middle;
    else high = middle;
  }
  return [word.slice(0, low), ...broken(word.slice(low), fits)];
}
