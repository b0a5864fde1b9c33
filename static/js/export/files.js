/** Everything that can be saved, as files. @import { Recorder as Recording } from "./recorder.js" */
import { readSafetensors } from "../lib/safetensors.js";
import { couplingsCsv, lengthsCsv } from "./csv.js";
import { Recorder } from "./recorder.js";
import { compose } from "./sheet.js";

/** Pixels of a saved picture for each pixel of the page. */
const SCALE = 2;

/** @typedef {"png" | "svg"} Format */

/** @type {Record<"safetensors" | "couplings" | "lengths", {ending: string, type: string, of: (body: ArrayBuffer) => BlobPart}>} */
const NUMBERS = {
  safetensors: { ending: ".safetensors", type: "application/vnd.safetensors", of: (body) => body },
  couplings: { ending: "-couplings.csv", type: "text/csv", of: (body) => couplingsCsv(readSafetensors(body)) },
  lengths: { ending: "-lengths.csv", type: "text/csv", of: (body) => lengthsCsv(readSafetensors(body)) },
};

/**
 * @param {keyof typeof NUMBERS} kind
 * @param {ArrayBuffer} body of the trace, as the server sent it
 * @param {string} stem of the file's name
 */
export function saveNumbers(kind, body, stem) {
  const { ending, type, of } = NUMBERS[kind];
  download(`${stem}${ending}`, new Blob([of(body)], { type }));
}

/**
 * @param {HTMLElement} root the part of the page
 * @param {import("./sheet.js").Words} words
 * @param {Format} format
 * @param {string} stem
 * @param {() => void} drawAgain
 */
export async function savePicture(root, words, format, stem, drawAgain) {
  const sheet = compose(root, words, format === "svg" ? { make: recording } : { make: raster }, drawAgain);
  const blob = sheet instanceof Recorder ? new Blob([sheet.toString()], { type: "image/svg+xml" }) : await sheet.convertToBlob({ type: "image/png" });
  download(`${stem}.${format}`, blob);
}

/** @param {number} width @param {number} height @returns {{sheet: Recording, context: Recording}} */
function recording(width, height) {
  const recorder = new Recorder(width, height);
  return { sheet: recorder, context: recorder };
}

/** @param {number} width @param {number} height */
function raster(width, height) {
  const sheet = new OffscreenCanvas(Math.max(1, Math.round(width * SCALE)), Math.max(1, Math.round(height * SCALE)));
  const context = /** @type {OffscreenCanvasRenderingContext2D} */ (sheet.getContext("2d"));
  context.scale(SCALE, SCALE);
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
