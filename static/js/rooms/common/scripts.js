/** The scripts that a figure needs beside those of its room, as the document names them. */
import { fetchScript } from "../../api/client.js";

/**
 * Bring them into the browser's cache, side by side.
 * @param {string} figure
 * @returns {Promise<unknown>} rejects with an `ApiError` where one did not come
 */
export function fetchScriptsOf(figure) {
  const named = /** @type {HTMLElement} */ (document.querySelector("main")).dataset.scripts;
  /** @type {Record<string, string[]>} */
  const scripts = JSON.parse(named ?? "{}");
  return Promise.all((scripts[figure] ?? []).map((name) => fetchScript(import.meta.resolve(`../../${name}.js`))));
}
