/** One outline, four equal sides and right angles, and how it lies in a frame. Angles in degrees, anticlockwise. */

/** @typedef {{right: number, up: number}} Corner in the axes of a frame; the middle of a side is 1 from the middle */

/** From an angle so near, one still sees sides or corners along the axes. */
const NEAR = 8;

/** An outline looks the same again after a quarter of a turn. */
const QUARTER = 90;

/** Both angles go from -90 to 90: beyond them the same is seen again. */
export const MOST = 90;

/** An angle within that range that shows the same. @param {number} angle */
export const wrapped = (angle) => ((((angle + MOST) % (2 * MOST)) + 2 * MOST) % (2 * MOST)) - MOST;

/**
 * What the outline is called in a frame.
 * @param {number} outline its angle
 * @param {number} frame the frame's
 * @returns {"square" | "diamond" | "between"}
 */
export function nameIn(outline, frame) {
  const turned = (((outline - frame) % QUARTER) + QUARTER) % QUARTER;
  if (Math.min(turned, QUARTER - turned) <= NEAR) return "square";
  return Math.abs(turned - QUARTER / 2) <= NEAR ? "diamond" : "between";
}

/**
 * Where the corners of the outline are, told in the axes of a frame.
 * @param {number} outline its angle
 * @param {number} frame the frame's
 * @returns {Corner[]} one after the other, anticlockwise
 */
export const cornersIn = (outline, frame) =>
  [45, 135, 225, 315].map((corner) => {
    const angle = ((corner + outline - frame) * Math.PI) / 180;
    return { right: Math.SQRT2 * Math.cos(angle), up: Math.SQRT2 * Math.sin(angle) };
  });

/**
 * The lengths of the sides, and the angles at the corners, from where the corners are.
 * @param {readonly Corner[]} corners
 */
export function shapeOf(corners) {
  const sides = corners.map((corner, k) => {
    const next = corners[(k + 1) % corners.length];
    return { right: next.right - corner.right, up: next.up - corner.up };
  });
  const lengths = sides.map(({ right, up }) => Math.hypot(right, up));
  const angles = sides.map((side, k) => {
    const before = (k + sides.length - 1) % sides.length;
    const dot = -(side.right * sides[before].right + side.up * sides[before].up);
    return (Math.acos(dot / (lengths[k] * lengths[before])) * 180) / Math.PI;
  });
  return { lengths, angles };
}
