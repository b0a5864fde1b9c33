/** Equation 1 of the paper, for lengths alone: the squash keeps the direction of s and changes its length. */

/** @param {number} length ‖s‖, at least 0 @returns {number} ‖v‖ in [0, 1) */
export const squashed = (length) => length ** 2 / (1 + length ** 2);
