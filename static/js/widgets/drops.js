/** Files that are dropped on the page. Wherever they fall, the browser would leave the page to show them. */
/** @import { Context } from "./dom.js" */
import { NO_PICTURES } from "../words/drawing.js";

/**
 * @param {object} options
 * @param {(files: FileList) => void} options.open
 * @param {HTMLElement} [options.frame] shows, while files hang over the page, where they go
 * @param {AbortSignal} [options.signal]
 */
export function takesDrops({ open, frame, signal }) {
  /** @param {DragEvent} event */
  const filesOf = ({ dataTransfer }) => (dataTransfer?.types.includes("Files") ? dataTransfer.files : null);
  /** @param {boolean} isOver */
  const mark = (isOver) => frame?.classList.toggle("dropping", isOver);
  document.addEventListener(
    "dragover",
    (event) => {
      if (!filesOf(event)) return;
      event.preventDefault();
      mark(true);
    },
    { signal },
  );
  document.addEventListener("dragleave", (event) => event.relatedTarget || mark(false), { signal });
  document.addEventListener(
    "drop",
    (event) => {
      mark(false);
      const files = filesOf(event);
      if (!files) return;
      event.preventDefault();
      open(files);
    },
    { signal },
  );
}

/**
 * In a room that takes no pictures a file that is dropped or pasted changes nothing, and the page says why.
 * @param {HTMLElement} _root
 * @param {Context<{}, {complain: (message: string) => void}>} context
 */
export function mountNoPictures(_root, { actions, signal }) {
  const refuse = () => actions.complain(NO_PICTURES);
  takesDrops({ open: refuse, signal });
  document.addEventListener("paste", ({ clipboardData }) => clipboardData?.files.length && refuse(), { signal });
}
