/** How far the numbers of a pose are moved: by a dial, and over the columns of the grid. */

/** How far a dial turns to either side where it is not bound to the digits of its class. */
export const DIAL_REACH = 0.5;

/** No number of a pose is beyond 1, so none is moved by more than this. */
export const MOST_OFFSET = 2;

/** The longest pose that can be asked for; a capsule's length stays below 1. */
export const MOST_LENGTH = 0.99;

/** Columns of the grid. */
export const COLUMNS = 11;
export const MIDDLE = (COLUMNS - 1) / 2;

/** The paper's Figure 4 moves a number by this from column to column. */
export const PAPER_STEP = 0.05;
export const PAPER_REACH = MIDDLE * PAPER_STEP;
