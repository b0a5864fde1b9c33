/** One outline that can be turned, and the frame that it is seen in: a square or a diamond. */
/** @import { Context, Placed } from "../../widgets/dom.js" @import { Frame } from "../../state/view/frame.js" */
/** @import { Actions, State } from "../../state/view/subject.js" */
import { MOST, cornersIn, nameIn, shapeOf, wrapped } from "../../capsules/square.js";
import { angleAt } from "../../capsules/viewpoint.js";
import { fitCanvas } from "../../charts/canvas.js";
import { drawSquare } from "../../charts/square.js";
import { clamp } from "../../shell/math.js";
import { angleText, placeText, seenText, shapeText } from "../../words/frame.js";
import { arrowOf, canvasIn, drawOn, element, inputIn, partIn } from "../../widgets/dom.js";
import { dragging } from "../../widgets/dragging.js";
import { followHand } from "../../widgets/slider.js";

/** @param {HTMLElement} root @param {Context<State, Actions>} context */
export function mountFrame(root, context) {
  const placed = { ...context, root };
  picture(placed);
  slider(placed, "frame-outline", "outlineAngle", context.actions.turnOutline);
  slider(placed, "frame-frame", "frameAngle", context.actions.turnFrame);
  ready(placed);
  told(placed);
}

/** With Shift, an arrow turns by more. */
const [STEP, LARGE] = [1, 15];

/** A pointer turns the outline, and the arrow keys do. @param {Placed<State, Actions>} context */
function picture(context) {
  const { root, store, actions } = context;
  const canvas = canvasIn(root, "frame-seen");
  drawOn(
    context,
    canvas,
    ({ outlineAngle, frameAngle }) => [outlineAngle, frameAngle],
    ({ outlineAngle: outline, frameAngle: frame, palette }) => {
      const { context: painter, width, height } = fitCanvas(canvas);
      drawSquare(painter, { outline, frame }, { width, height, palette });
      canvas.ariaValueNow = String(outline);
      canvas.ariaValueText = `${angleText(outline)}: ${seenText(nameIn(outline, frame), nameIn(outline, 0))}`;
    },
  );
  /** @param {PointerEvent} event */
  const handAt = ({ offsetX, offsetY }) =>
    angleAt([offsetX - canvas.clientWidth / 2, offsetY - canvas.clientHeight / 2]);
  dragging(canvas, {
    begin: (event) => ({ hand: handAt(event), outline: store.get().outlineAngle }),
    move: (event, { hand, outline }) => actions.turnOutline(wrapped(outline + handAt(event) - hand)),
  });
  canvas.addEventListener("keydown", (event) => {
    const arrow = arrowOf(event);
    if (!arrow) return;
    event.preventDefault();
    event.stopPropagation();
    const steps = arrow[0] || -arrow[1];
    const angle = store.get().outlineAngle + steps * (event.shiftKey ? LARGE : STEP);
    actions.turnOutline(clamp(angle, -MOST, MOST));
  });
}

/**
 * @param {Placed<State, Actions>} context
 * @param {string} id
 * @param {keyof Frame} field
 * @param {(angle: number) => void} turn
 */
function slider({ root, store }, id, field, turn) {
  const input = inputIn(root, id);
  const output = /** @type {HTMLOutputElement} */ (input.nextElementSibling);
  followHand(input, turn);
  store.watch(
    (state) => [state[field]],
    (state) => {
      input.value = String(state[field]);
      output.textContent = input.ariaValueText = angleText(state[field]);
    },
  );
}

/** The three that the text is about. @param {Placed<State, Actions>} context */
function ready({ root, store, actions }) {
  for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (root.querySelectorAll("button[data-outline]"))) {
    const [outline, frame] = [Number(button.dataset.outline), Number(button.dataset.frame)];
    button.addEventListener("click", () => {
      actions.turnOutline(outline);
      actions.turnFrame(frame);
    });
    store.watch(
      ({ outlineAngle, frameAngle }) => [outlineAngle, frameAngle],
      ({ outlineAngle, frameAngle }) => (button.ariaPressed = String(outlineAngle === outline && frameAngle === frame)),
    );
  }
}

/** @param {Placed<State, Actions>} context */
function told({ root, store }) {
  const [line, shape] = ["frame-told", "frame-shape"].map((id) => partIn(root, id, HTMLElement));
  const body = /** @type {HTMLTableSectionElement} */ (root.querySelector("#frame-corners tbody"));
  store.watch(
    ({ outlineAngle, frameAngle }) => [outlineAngle, frameAngle],
    ({ outlineAngle, frameAngle }) => {
      const corners = cornersIn(outlineAngle, frameAngle);
      line.textContent = seenText(nameIn(outlineAngle, frameAngle), nameIn(outlineAngle, 0));
      shape.textContent = shapeText(shapeOf(corners));
      body.replaceChildren(
        ...corners.map(({ right, up }) =>
          element("tr", {}, ...[right, up].map((value) => element("td", { textContent: placeText(value) }))),
        ),
      );
    },
  );
}
