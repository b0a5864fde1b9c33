/** @import { Store } from "../../shell/store.js" @import { Traces } from "./traces.js" */

/** Play the first trace that comes. @param {Store<Traces>} store @param {{play: () => void}} actions */
export function playFirst(store, actions) {
  const end = store.watch(
    ({ trace }) => [trace],
    ({ trace }) => {
      if (!trace) return;
      end();
      actions.play();
    },
    { name: "the first routing" },
  );
}
