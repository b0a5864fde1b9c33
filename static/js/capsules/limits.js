/** How much of a thing the page handles, whatever the network. */

/** The most routing iterations that the server computes. */
export const MAX_ITERATIONS = 10;

/** So few capsules can be told apart side by side: as many are pinned, and drawn boldly. */
export const FEW_CAPSULES = 4;

/**
 * A winner that is shorter is no clear answer if the network routes as in training. Fewer iterations leave it shorter,
 * and as right.
 */
export const CLEAR_LENGTH = 0.5;
