/** As much of a document as the scripts ask for their addresses. */

/** @param {string} baseURI where the document lies @param {string} [root] the way from there to the site's root */
export function standAt(baseURI, root) {
  const document = { baseURI, documentElement: { dataset: root === undefined ? {} : { root } } };
  Object.assign(globalThis, { document });
}
