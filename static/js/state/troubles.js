/** What the server refused for good: said where it would stand. What may yet come is asked for again in silence. */
/** @import { Part, Store } from "../types.js" */
import { isPassing, reasonOf } from "../lib/errors.js";

/** @param {Store} store @param {Part} part @param {unknown} error what became of the request */
export function tell(store, part, error) {
  if (isPassing(error)) return;
  store.set({ troubles: { ...store.get().troubles, [part]: reasonOf(error) } });
}

/** A part is asked for again, or is there. @param {Store} store @param {Part} part */
export function settle(store, part) {
  const { troubles } = store.get();
  if (troubles[part] === undefined) return;
  const { [part]: _, ...others } = troubles;
  store.set({ troubles: others });
}
