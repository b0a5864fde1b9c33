/** A frame around a part of a picture: its corners and edges are moved by pointer, the corners by keys as well. */
/** @import { Box } from "../capsules/crop.js" */
import { WHOLE, between, withEdgesMoved } from "../capsules/crop.js";
import { arrowOf, element } from "./dom.js";
import { dragging } from "./dragging.js";

/** Shares of the picture. */
const [STEP, SMALL_STEP] = [0.02, 0.005];

/** Corners by the places of their edges in a box. */
const CORNERS = { "0,1": "Top left corner", "0,3": "Top right corner", "2,1": "Bottom left corner", "2,3": "Bottom right corner" }; // prettier-ignore

/**
 * @param {HTMLElement} place as large as the picture
 * @param {HTMLElement} frame in it
 * @param {(crop: Box) => void} tell called when a hand changed it
 */
export function cropFrame(place, frame, tell) {
  /** @type {Box} */
  let crop = WHOLE;

  const corners = Object.entries(CORNERS).map(([edges, name]) =>
    element("button", { type: "button", "data-edges": edges, ariaLabel: name, title: name }),
  );
  frame.append(...[0, 1, 2, 3].map((edge) => element("i", { "data-edges": String(edge) })), ...corners);

  /** @param {Box} next */
  function show(next) {
    crop = next;
    ["top", "left", "bottom", "right"].forEach((side, k) =>
      frame.style.setProperty(side, `${100 * (k < 2 ? crop[k] : 1 - crop[k])}%`),
    );
  }

  /** @param {Box} next */
  function change(next) {
    show(next);
    tell(next);
  }

  /** @param {PointerEvent} event @returns {[x: number, y: number]} shares of the picture */
  function pointOf({ clientX, clientY }) {
    const { left, top, width, height } = place.getBoundingClientRect();
    return [(clientX - left) / width, (clientY - top) / height];
  }

  dragging(place, {
    begin(event) {
      const edges = edgesOf(event.target);
      if (!edges) event.preventDefault(); // a handle takes the focus
      return { from: pointOf(event), of: crop, edges };
    },
    move(event, { from, of, edges }) {
      const to = pointOf(event);
      const by = /** @type {const} */ ([to[0] - from[0], to[1] - from[1]]);
      const next = edges ? withEdgesMoved(of, edges, by) : between(from, to);
      if (next) change(next);
    },
  });
  frame.addEventListener("keydown", (event) => {
    const [arrow, edges] = [arrowOf(event), edgesOf(event.target)];
    if (!arrow || !edges) return;
    event.preventDefault();
    const step = event.shiftKey ? SMALL_STEP : STEP;
    change(withEdgesMoved(crop, edges, [arrow[0] * step, arrow[1] * step]));
  });
  return { show, crop: () => crop };
}

/** The edges that a handle moves; null for what is none. @param {EventTarget | null} target */
const edgesOf = (target) =>
  target instanceof HTMLElement && target.dataset.edges ? target.dataset.edges.split(",").map(Number) : null;
