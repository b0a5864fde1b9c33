/** A few words that the browser keeps for this site, where it keeps any. */

/** What was kept under a name; null for nothing, and where the browser refuses. @param {string} name */
export function stored(name) {
  try {
    return localStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Keep a text under a name, where the browser lets us. @param {string} name @param {string} text */
export function store(name, text) {
  try {
    localStorage.setItem(name, text);
  } catch {
    // A private window keeps nothing: the choice lasts as long as the page.
  }
}
