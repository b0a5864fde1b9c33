/** Everything that can be saved, as files. @import { Recorder as Recording } from "./recorder.js" */
/** @import { Sized } from "../../capsules/geometry.js" */
import { canvasTellsTheTruth } from "../../shell/canvas-truth.js";
import { UserError } from "../../shell/errors.js";
import { readSafetensors } from "../../shell/safetensors.js";
import { couplingsCsv, lengthsCsv } from "./csv.js";
import { Recorder } from "./recorder.js";
import { compose } from "./sheet.js";

const CANVAS_IS_CHANGED =
  "This browser would save other pixels than those on the page. Let this page read canvases, and save again.";

/** Pixels of a saved picture for each pixel of the page. */
const SCALE = 2;

/** @typedef {"png" | "svg"} Format */

/**
 * @type {Record<"safetensors" | "couplings" | "lengths", {ending: string, type: string, of: (network: Sized, body:
 *   ArrayBuffer) => BlobPart}>}
 */
const NUMBERS = {
  safetensors: { ending: ".safetensors", type: "application/vnd.safetensors", of: (_, body) => body },
  couplings: {
    ending: "-couplings.csv",
    type: "text/csv",
    of: (network, body) => couplingsCsv(network, readSafetensors(body)),
  },
  lengths: {
    ending: "-lengths.csv",
    type: "text/csv",
    of: (network, body) => lengthsCsv(network, readSafetensors(body)),
  },
};

/**
 * @param {keyof typeof NUMBERS} kind
 * @param {Sized} network that made the trace
 * @param {ArrayBuffer} body of the trace, as the server sent it
 * @param {string} stem of the file's name
 */
export function saveNumbers(kind, network, body, stem) {
  const { ending, type, of } = NUMBERS[kind];
  download(`${stem}${ending}`, new Blob([of(network, body)], { type }));
}

/**
 * @param {HTMLElement} root the figure on the page
 * @param {import("./sheet.js").Words} words
 * @param {import("./sheet.js").Look} look
 * @param {Parameters<typeof compose>[4]} page
 * @param {{format: Format, stem: string}} file
 * @throws {UserError} where nothing is in it, and where the browser would save other pixels than were painted
 */
export async function savePicture(root, words, look, page, { format, stem }) {
  if (!canvasTellsTheTruth()) throw new UserError(CANVAS_IS_CHANGED);
  const sheet = compose(root, words, look, format === "svg" ? { make: recording } : { make: raster }, page);
  const blob =
    sheet instanceof Recorder
      ? new Blob([sheet.toString(words)], { type: "image/svg+xml" })
      : await sheet.convertToBlob({ type: "image/png" });
  download(`${stem}.${format}`, blob);
}

/** @param {number} width @param {number} height @returns {{sheet: Recording, context: Recording}} */
function recording(width, height) {
  const recorder = new Recorder(width, height);
  return { sheet: recorder, context: recorder };
}

/** @param {number} width @param {number} height @param {number} [zoom] */
function raster(width, height, zoom = 1) {
  const scale = SCALE * zoom;
  const sheet = new OffscreenCanvas(Math.max(1, Math.round(width * scale)), Math.max(1, Math.round(height * scale)));
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (sheet.getContext("2d"));
  context.scale(scale, scale);
  return { sheet, context };
}

/** @param {string} name @param {Blob} blob */
function download(name, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000); // the browser may read it a little later
}
