/** What the page notes of its own speed, for whoever measures it. Browsers keep every entry, so these are bounded. */

/** Of each measure so many are kept. */
const MOST = 1000;

/** Only the latest mark of a name is kept. @param {string} name */
export function mark(name) {
  performance.clearMarks(name);
  performance.mark(name);
}

/** From a mark, or a time, to now. @param {string} name @param {string | {start: number}} from */
export function measure(name, from) {
  if (performance.getEntriesByName(name, "measure").length >= MOST) performance.clearMeasures(name);
  if (typeof from === "string") performance.measure(name, from);
  else performance.measure(name, from);
}
