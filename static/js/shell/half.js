const SMALLEST_SUBNORMAL = 2 ** -24;

/** @param {number} bits the 16 bits of an IEEE 754 half */
function halfToNumber(bits) {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * SMALLEST_SUBNORMAL;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

/** @type {Float32Array | null} */
let table = null;

/**
 * Widen float16 to float32 through a table of all 65,536 halves, made at the first call.
 * @param {Uint16Array} halves
 * @returns {Float32Array}
 */
export function halvesToFloats(halves) {
  table ??= Float32Array.from({ length: 65536 }, (_, bits) => halfToNumber(bits));
  const floats = new Float32Array(halves.length);
  for (let k = 0; k < halves.length; k++) floats[k] = table[halves[k]];
  return floats;
}
