/** Where the server's paths lie, as seen from the document: the site may live under any prefix of an address. */

/**
 * The whole address of a path of the site.
 * @param {string} path without a slash before it, such as "api/models?x=1"; a whole address stays as it is
 * @param {Pick<Document, "baseURI" | "documentElement">} [page] whose `data-root` leads to the site's root
 * @returns {string} for example "https://example.org/prefix/api/models?x=1"
 */
export function address(path, page = document) {
  const root = page.documentElement.dataset.root ?? "./";
  return new URL(path, new URL(root, page.baseURI)).href;
}

/**
 * The same for a WebSocket: ws where the page is http, wss where it is https.
 * @param {string} path
 * @param {Pick<Document, "baseURI" | "documentElement">} [page]
 */
export const socketAddress = (path, page = document) => address(path, page).replace(/^http/, "ws");
