/** The handles of the turned picture, by pointer, touch and keyboard. */
/** @import { Placed } from "../../widgets/dom.js" @import { Place, Viewpoint } from "../../capsules/viewpoint.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
/** @import { Geometry } from "../../capsules/geometry.js" */
import { amountText, angleAt, nearestTurn, sizeReaching } from "../../capsules/viewpoint.js";
import { clamp } from "../../shell/math.js";
import { geometryNow } from "../../state/trace/network.js";
import { arrowOf, buttonIn, canvasIn } from "../../widgets/dom.js";
import { dragging } from "../../widgets/dragging.js";
import { cornerNow, cornerOf, frameOf, knobNow } from "./holds.js";

/** What an arrow key does: pixels, degrees, and both with shift. */
const STEPS = { move: 1, slightly: 0.25, turn: 1, far: 15, corner: 0.5 };

/** @param {Placed<State, Actions>} context */
export function handlesOn(context) {
  body(context);
  knob(context);
  corner(context);
  follow(context);
}

/**
 * Where a pointer is, in pixels of the picture from its middle.
 * @param {Pick<MouseEvent, "clientX" | "clientY">} event
 * @param {HTMLElement} canvas
 * @param {Geometry} geometry
 * @returns {Place}
 */
function placeOf({ clientX, clientY }, canvas, { width, height }) {
  const box = canvas.getBoundingClientRect();
  const pixel = box.width / Math.max(width, height);
  return [(clientX - box.left - box.width / 2) / pixel, (clientY - box.top - box.height / 2) / pixel];
}

/** @param {Place} a @param {Place} b @returns {Place} */
const less = ([x, y], [left, top]) => [x - left, y - top];

/**
 * Something is dragged: it keeps the distance to the pointer that it had.
 * @param {Placed<State, Actions>} context
 * @param {HTMLElement} place
 * @param {(viewpoint: Viewpoint) => Place | null} heldAt where what is dragged is; null where nothing is
 * @param {(before: Viewpoint, to: Place, from: Place) => Partial<Viewpoint> | null} turned by bringing it there
 */
function drags({ root, store, actions }, place, heldAt, turned) {
  const canvas = canvasIn(root, "turned");
  dragging(place, {
    begin(event) {
      const { viewpoint: before } = store.get();
      const [geometry, from] = [geometryNow(store.get()), heldAt(before)];
      if (!geometry || !from) return null;
      return { before, from, off: less(from, placeOf(event, canvas, geometry)), geometry };
    },
    move(event, { before, from, off, geometry }) {
      const [x, y] = placeOf(event, canvas, geometry);
      const patch = turned(before, [x + off[0], y + off[1]], from);
      if (patch) actions.turnTo(patch);
    },
  });
}

/**
 * Arrow keys on an element; the page does not scroll under them.
 * @param {HTMLElement} place
 * @param {(arrow: readonly number[], event: KeyboardEvent) => void} act
 */
function onArrows(place, act) {
  place.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    if (!arrow || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    act(arrow, event);
  });
}

/** The digit itself is moved. @param {Placed<State, Actions>} context */
function body(context) {
  const { root, store, actions } = context;
  const canvas = canvasIn(root, "turned");
  const hold = (/** @type {Viewpoint} */ { right, down }) => store.get().trace && /** @type {Place} */ ([right, down]);
  drags(context, canvas, hold, (_, [right, down]) => ({ right, down }));
  onArrows(canvas, ([x, y], { shiftKey }) => {
    const { right, down } = store.get().viewpoint;
    const step = shiftKey ? STEPS.slightly : STEPS.move;
    actions.turnTo({ right: right + x * step, down: down + y * step });
  });
}

/** The round handle turns the digit about its middle. @param {Placed<State, Actions>} context */
function knob(context) {
  const { root, store, actions } = context;
  const button = buttonIn(root, "handle-turn");
  const frameNow = () => frameIn(store.get());
  drags(
    context,
    button,
    (viewpoint) => {
      const frame = frameNow();
      return frame && knobNow(frame, viewpoint);
    },
    ({ right, down }, to) => {
      // Below the middle the angle of a pointer leaps by a whole turn. The digit must not.
      const angle = angleAt(less(to, [right, down]));
      return { rotation: nearestTurn(angle, store.get().viewpoint.rotation) };
    },
  );
  // To the left and up it goes on its way anticlockwise, as the handle does where the digit stands upright.
  onArrows(button, ([x, y], { shiftKey }) =>
    actions.turnTo({ rotation: store.get().viewpoint.rotation - (x + y) * (shiftKey ? STEPS.far : STEPS.turn) }),
  );
}

/** The square handle stretches the digit, and makes it larger or smaller. @param {Placed<State, Actions>} context */
function corner(context) {
  const { root, store, actions } = context;
  const button = buttonIn(root, "handle-corner");
  /** @param {Viewpoint} viewpoint @param {Place} to */
  function reach(viewpoint, to) {
    const frame = frameIn(store.get());
    return frame && sizeReaching(viewpoint, cornerOf(frame), to);
  }
  drags(
    context,
    button,
    (viewpoint) => {
      const frame = frameIn(store.get());
      return frame && cornerNow(frame, viewpoint);
    },
    reach,
  );
  onArrows(button, ([x, y]) => {
    const { viewpoint } = store.get();
    const frame = frameIn(store.get());
    if (!frame) return;
    const [right, down] = cornerNow(frame, viewpoint);
    const patch = reach(viewpoint, [right + x * STEPS.corner, down + y * STEPS.corner]);
    if (patch) actions.turnTo(patch);
  });
}

/** @param {State} state */
const frameIn = ({ trace }) => trace && frameOf(trace);

/**
 * The handles go along with the digit, but never leave its picture.
 * @param {Placed<State, Actions>} context
 */
function follow({ root, store }) {
  const [turn, stretch] = [buttonIn(root, "handle-turn"), buttonIn(root, "handle-corner")];
  store.watch(
    ({ trace, viewpoint }) => [trace, viewpoint],
    (state) => {
      const { viewpoint } = state;
      const [frame, geometry] = [frameIn(state), geometryNow(state)];
      turn.hidden = stretch.hidden = !frame;
      if (!frame || !geometry) return;
      put(turn, knobNow(frame, viewpoint), geometry);
      put(stretch, cornerNow(frame, viewpoint), geometry);
      turn.ariaLabel = `Turn: ${amountText("rotation", viewpoint.rotation)}`;
      stretch.ariaLabel = `Size ${amountText("scale", viewpoint.scale)}, stretch ${amountText("stretch", viewpoint.stretch)}`;
    },
    { turn: "first" },
  );
}

/** @param {HTMLElement} handle @param {Place} place @param {Geometry} geometry */
function put(handle, [right, down], { width, height }) {
  const side = Math.max(width, height);
  const percent = (/** @type {number} */ from) => `${(100 * clamp(0.5 + from / side, 0, 1)).toFixed(2)}%`;
  [handle.style.left, handle.style.top] = [percent(right), percent(down)];
}
