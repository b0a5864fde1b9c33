/** A pointer along a way, or the arrow keys on it, turn the digit. */
/** @import { Context } from "../../widgets/dom.js" @import { Side } from "../../state/view/viewed.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { nearestAmount } from "../../capsules/paths.js";
import { TRANSFORMATIONS } from "../../capsules/viewpoint.js";
import { pathLayout } from "../../charts/path.js";
import { arrowOf } from "../../widgets/dom.js";
import { dragging } from "../../widgets/dragging.js";
import { shownWay } from "./shown.js";

/** An arrow key turns by so many steps of the slider, with shift by one. */
const STEPS = { rotation: 5, right: 2, down: 2, shear: 5, scale: 5, stretch: 5, thickness: 2 };

/**
 * @param {HTMLCanvasElement} canvas
 * @param {Side} side
 * @param {Context<State, Actions>} context
 */
export function movesAlong(canvas, side, { store, actions }) {
  /** @param {PointerEvent} event */
  function follow({ clientX, clientY }) {
    const shown = shownWay(store.get(), side);
    if (!shown?.ways.own.length) return false;
    const box = canvas.getBoundingClientRect();
    const { from } = pathLayout({ width: canvas.clientWidth, height: canvas.clientHeight }, shown.ways);
    const place = from(clientX - box.left, clientY - box.top);
    actions.turnTo({ [store.get().followed]: nearestAmount(shown.ways.own, shown.amounts, place) });
    return true;
  }
  dragging(canvas, { begin: (event) => (follow(event) ? {} : null), move: follow });
  canvas.addEventListener("keydown", (event) => {
    const next = amountAfter(event, store.get(), side);
    if (next === null) return;
    event.preventDefault();
    event.stopPropagation();
    actions.turnTo({ [store.get().followed]: next });
  });
}

/**
 * Where a key takes the digit: arrows by some steps, Home and End to the ends of what was measured.
 * @param {KeyboardEvent} event
 * @param {State} state
 * @param {Side} side
 * @returns {number | null} null where the key moves nothing
 */
function amountAfter(event, state, side) {
  const { followed, viewpoint } = state;
  const measured = shownWay(state, side)?.measured.amounts;
  if (!measured) return null;
  if (event.key === "Home") return measured[0];
  if (event.key === "End") return measured[measured.length - 1];
  const arrow = arrowOf(event);
  if (!arrow) return null;
  const steps = (arrow[0] || -arrow[1]) * (event.shiftKey ? 1 : STEPS[followed]);
  return viewpoint[followed] + steps * TRANSFORMATIONS[followed].step;
}
