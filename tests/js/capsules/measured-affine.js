/** What the server sends of digits made as affNIST is, for the tests. */
/** @import { AffineRow } from "../../../static/js/capsules/affine.js" */

/** @param {string} architecture @param {Partial<AffineRow>} [rest] @returns {AffineRow} */
export const affineRow = (architecture, rest) => ({
  model: `${architecture}-40`,
  title: `a ${architecture}`,
  architecture,
  parameter_count: 874_762,
  frame: 6,
  epochs: 5,
  trained_by: "capsnet train",
  first_weights: "drawn from the seed",
  seed: 0,
  digits: 10_000,
  unturned: 9_923,
  affine: 7_000,
  command: "capsnet evaluate --affine",
  ...rest,
});
