/** A pointer on a plot, or the arrow keys on it, set the amount of the followed change. */
/** @import { Context } from "../../widgets/dom.js" @import { Actions, State } from "../../state/view/subject.js" */
import { TRANSFORMATIONS } from "../../capsules/viewpoint.js";
import { amountsIn } from "../../charts/how-far.js";
import { amountsNow } from "../../state/view/how-far.js";
import { arrowOf } from "../../widgets/dom.js";
import { dragging } from "../../widgets/dragging.js";
import { rangeNow } from "./shown.js";

/** An arrow key changes by so many steps of the slider, with Shift by one. */
const STEPS = { rotation: 5, right: 2, down: 2, shear: 5, scale: 5, stretch: 5, thickness: 2 };

/** @param {HTMLCanvasElement} canvas @param {Context<State, Actions>} context */
export function movesAcross(canvas, { store, actions }) {
  /** @param {PointerEvent} event */
  function follow({ clientX }) {
    const state = store.get();
    if (!state.trace) return false;
    const size = { width: canvas.clientWidth, height: canvas.clientHeight };
    const x = clientX - canvas.getBoundingClientRect().left;
    actions.turnTo({ [state.followed]: amountsIn(size, amountsNow(state)).amountAt(x) });
    return true;
  }
  dragging(canvas, { begin: (event) => (follow(event) ? {} : null), move: follow });
  canvas.addEventListener("keydown", (event) => {
    const next = amountAfter(event, store.get());
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    actions.turnTo({ [store.get().followed]: next });
  });
}

/**
 * Where a key takes the digit: arrows by some steps, Home and End to the ends of the plot.
 * @param {KeyboardEvent} event
 * @param {State} state
 * @returns {number | null} null where the key moves nothing
 */
function amountAfter(event, state) {
  const { followed, viewpoint } = state;
  const [low, high] = rangeNow(state);
  if (event.key === "Home") return low;
  if (event.key === "End") return high;
  const arrow = arrowOf(event);
  if (!arrow) return null;
  const steps = (arrow[0] || -arrow[1]) * (event.shiftKey ? 1 : STEPS[followed]);
  return viewpoint[followed] + steps * TRANSFORMATIONS[followed].step;
}
