/** A page that was opened before the site was updated: its files are gone, and asking for them again is no use. */
import { fetchBuild } from "../../api/client.js";

/**
 * Whether the server has other scripts by now. It is said once; where the server does not answer, nobody knows.
 * @param {{tellUpdate: () => void}} actions
 * @returns {() => Promise<boolean>}
 */
export function updateWatch({ tellUpdate }) {
  let isTold = false;
  return async () => {
    const build = await fetchBuild().catch(() => null);
    if (build === null || build === document.documentElement.dataset.build) return false;
    if (!isTold) tellUpdate();
    isTold = true;
    return true;
  };
}
