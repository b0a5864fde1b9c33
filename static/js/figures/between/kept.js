/** The drawings that are kept, with what each is in the walk. @import { Context } from "../../widgets/dom.js" */
/** @import { Look } from "../../capsules/types.js" */
/** @import { BetweenActions } from "../../state/digit/between.js" */
/** @import { Actions, State } from "../../state/digit/subject.js" */
import { fitCanvas } from "../../charts/canvas.js";
import { drawPicture } from "../../charts/picture.js";
import { withArticle } from "../../shell/format.js";
import { MOST_KEPT } from "../../state/digit/kept.js";
import { isInLink } from "../../state/digit/keptlink.js";
import { className } from "../../state/trace/network.js";
import { looksNow, slotsOf, walkNow } from "../../state/digit/kept.js";
import { buttonIn, drawOn, element, partIn } from "../../widgets/dom.js";

const ENDS = /** @type {const} */ (["A", "B"]);

/** @param {HTMLElement} root @param {Context<State, Actions>} context @param {BetweenActions} actions */
export function mountKept(root, context, actions) {
  const { store } = context;
  const list = partIn(root, "kept", HTMLElement);
  const [asA, asB, more] = ["keep-a", "keep-b", "keep-more"].map((id) => buttonIn(root, id));
  asA.addEventListener("click", () => actions.keepDrawing(0));
  asB.addEventListener("click", () => actions.keepDrawing(1));
  more.addEventListener("click", () => actions.fillKept());
  store.watch(
    ({ kept, source, shelf }) => [kept, source, shelf],
    ({ kept, source, shelf }) => {
      const full = kept.length >= MOST_KEPT;
      for (const button of [asA, asB]) button.disabled = full || source.kind === "empty";
      more.disabled = full || !shelf;
    },
  );

  /** @type {HTMLCanvasElement[]} */
  let canvases = [];
  drawOn(
    context,
    list,
    (state) => [looksNow(state), walkNow(state), state.kept, state.ends, state.source.kind, state.shelf, state.walkAs],
    (state) => {
      const focused = list.contains(document.activeElement)
        ? /** @type {HTMLElement} */ (document.activeElement).dataset.name
        : null;
      const items = slotsOf(state).map((_, slot) => item(state, slot, actions));
      list.replaceChildren(...items.map(({ row }) => row));
      canvases = items.map(({ canvas }) => canvas);
      if (focused) /** @type {HTMLElement} */ (list.querySelector(`[data-name="${focused}"]`) ?? asA).focus();
      canvases.forEach((canvas, slot) => {
        const { context: painter, width: size } = fitCanvas(canvas);
        const look = looksNow(state)[slot];
        if (look) drawPicture(look.geometry, painter, look.image, state.palette, { left: 0, top: 0, size });
      });
    },
  );
}

/** @param {State} state @param {number} slot @param {BetweenActions} actions */
function item(state, slot, actions) {
  const look = looksNow(state)[slot] ?? null;
  const walk = walkNow(state);
  const canvas = element("canvas", { className: "picture", role: "img" });
  const name = nameOf(state, slot, look);
  canvas.ariaLabel = name;
  const held = slot === 0 || isInLink(slotsOf(state)[slot]);
  const out = look !== null && walk !== null && state.walkAs === null && look.label !== walk.label;
  const buttons = ENDS.map((letter, end) => {
    const button = element("button", {
      type: "button",
      className: "quiet",
      "data-name": `${letter}${slot}`,
      textContent: letter,
      "aria-pressed": state.ends[end] === slot,
      "aria-label": `${name}: use as ${letter}`,
    });
    button.addEventListener("click", () => actions.setEnd(/** @type {0 | 1} */ (end), slot));
    return button;
  });
  if (slot > 0 && state.kept.length) {
    const drop = element("button", {
      type: "button",
      className: "quiet",
      "data-name": `drop${slot}`,
      textContent: "×",
      "aria-label": `Remove ${name}`,
    });
    drop.addEventListener("click", () => actions.dropKept(slot));
    buttons.push(drop);
  }
  const told = [name, out && "not in the mean", !held && "not in the link: too large"].filter(Boolean).join(", ");
  const caption = element("span", { className: "caption", textContent: told });
  return {
    canvas,
    row: element(
      "li",
      { className: out ? "out" : "" },
      canvas,
      element("span", { className: "kept-ends" }, ...buttons),
      caption,
    ),
  };
}

/** @param {State} state @param {number} slot @param {Look | null} look */
function nameOf(state, slot, look) {
  const { source } = slotsOf(state)[slot];
  const read = look ? `, ${withArticle(className(state, look.label))}` : "";
  if (slot === 0) return source.kind === "empty" ? "the pad is empty" : `on the pad${read}`;
  return source.kind === "digit" ? `test digit ${source.index}${read}` : `kept drawing${read}`;
}
