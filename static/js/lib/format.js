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

/** @param {number} value */
export function thousands(value) {
  return value.toLocaleString("en");
}
