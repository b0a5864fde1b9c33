const MINUS = "−";

/** A number with a fixed count of decimals and a true minus sign. @param {number} value @param {number} [digits] */
export function fixed(value, digits = 2) {
  const text = Math.abs(value).toFixed(digits);
  return value < 0 && Number(text) !== 0 ? MINUS + text : text;
}

/** As `fixed`, with a plus before what is above zero. @param {number} value @param {number} [digits] */
export function signed(value, digits = 2) {
  const text = fixed(value, digits);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

/** The length of a capsule, which is always below 1: rounding must not say otherwise. @param {number} length */
export const lengthText = (length) => (fixed(length) === "1.00" ? "> 0.99" : fixed(length));

/** The same in a narrow column. @param {number} length */
export const narrowLength = (length) => lengthText(length).replace(" ", "");

/** The same as an equation. @param {number} length */
export const lengthEquation = (length) => `‖v‖ ${lengthText(length).replace(/^(?=\d)/, "= ")}`;

/** @param {number} value */
export function thousands(value) {
  return value.toLocaleString("en");
}

/** @param {string} text */
export const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** The article of a name: "an" for 8 and for "ankle boot", "a" for 3. @param {string} name */
export const articleOf = (name) => (/^([aeiou8]|11$|18$)/i.test(name) ? "an" : "a");

/** "an 8", "a 3", "an ankle boot". @param {string} name */
export const withArticle = (name) => `${articleOf(name)} ${name}`;

const SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** 10 to a whole number, as text. @param {number} exponent */
export function powerOfTen(exponent) {
  const digits = [...String(Math.abs(exponent))].map((digit) => SUPERSCRIPTS[Number(digit)]).join("");
  return `10${exponent < 0 ? "⁻" : ""}${digits}`;
}

/** Two digits and a power of ten. @param {number} value */
export function scientific(value) {
  const [digits, exponent] = value.toExponential(1).split("e");
  return value === 0 ? "0" : `${digits.replace("-", MINUS)} × ${powerOfTen(Number(exponent))}`;
}

/**
 * The seeds of the stages where they differ: "1, 1, 2, 3".
 * @param {string} command
 * @param {number} seed of the last stage
 */
export function seedsText(command, seed) {
  const seeds = Array.from(command.matchAll(/--seed (\d+)/g), ([, number]) => number);
  return new Set(seeds).size > 1 ? seeds.join(", ") : String(seed);
}

/** The epochs of each stage of a training, as its commands tell: "5 + 10". @param {string} command */
export const epochsText = (command) =>
  Array.from(command.matchAll(/--epochs (\d+)/g), ([, epochs]) => epochs).join(" + ");

/** "2, 4 and 5". @param {readonly (number | string)[]} items */
export const listText = (items) => {
  const last = items.slice(-1);
  return items.length < 2 ? last.join("") : `${items.slice(0, -1).join(", ")} and ${last}`;
};

/** A share in per cent, with one decimal. @param {number} share in [0, 1] */
export const percentText = (share) => `${fixed(100 * share, 1)} %`;

/**
 * A share and its 95 % interval: "97.3 %" and "(96.1 to 98.2)".
 * @param {{share: number, interval: readonly [low: number, high: number]}} share in [0, 1]
 */
export const shareParts = ({ share, interval: [low, high] }) => [
  percentText(share),
  `(${fixed(100 * low, 1)} to ${fixed(100 * high, 1)})`,
];

/** A share in whole per cent. @param {number} share in [0, 1] */
export const percent = (share) => `${Math.round(100 * share)} %`;
