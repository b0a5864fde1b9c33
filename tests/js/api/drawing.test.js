/** What is sent of a drawing: strokes as strokes, pictures as PNG, and no pixel that was read back from a canvas. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { inflateSync } from "node:zlib";
import { fetchTrace } from "../../../static/js/api/client.js";
import { PictureError, drawingOf, pngOfPicture } from "../../../static/js/api/drawing.js";
import { pngOfInk } from "../../../static/js/api/png.js";
import { NO_INTERVENTIONS } from "../../../static/js/capsules/interventions.js";
import { PAPER, PAPER_CARD } from "../cards.js";
import { standAt } from "../documents.js";
/** @import { Stroke } from "../../../static/js/capsules/types.js" */

standAt("http://localhost/");
const STROKES = /** @type {Stroke[]} */ ([[[1 / 3, 0.25]], [[0, 1 / 1023], [1, 0.5]]]); // prettier-ignore
const SENT = { strokes: [[[0.3333, 0.25]], [[0, 0.001], [1, 0.5]]], pen_width: 0.1 }; // prettier-ignore

/** A PNG's chunks by name. @param {Blob} png */
async function chunksOf(png) {
  const bytes = Buffer.from(await png.arrayBuffer());
  /** @type {Record<string, Buffer>} */
  const chunks = {};
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    chunks[bytes.toString("latin1", at + 4, at + 8)] = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
  }
  return chunks;
}

/** @param {number} width @param {number} height @param {number} [padding] bytes at the end */
function headOfPng(width, height, padding = 0) {
  const bytes = new Uint8Array(24 + padding);
  const view = new DataView(bytes.buffer);
  [0x89504e47, 0x0d0a1a0a, 13, 0x49484452, width, height].forEach((word, k) => view.setUint32(4 * k, word));
  return new Blob([bytes], { type: "image/png" });
}

test("strokes are sent as strokes, and as they stand", async () => {
  assert.deepEqual(await drawingOf(PAPER, { kind: "strokes", strokes: STROKES }, 0.1), SENT);
});

test("a stroke of more points than the server takes goes in pieces that hang together", async () => {
  const long = Array.from({ length: 10_000 }, (_, k) => /** @type {[number, number]} */ ([(k % 1000) / 1000, 0.5]));
  const drawing = await drawingOf(PAPER, { kind: "strokes", strokes: [long] }, 0.1);
  assert.ok("strokes" in drawing);
  assert.ok(drawing.strokes.length === 3 && drawing.strokes.every(({ length }) => length <= 4096));
  drawing.strokes.slice(1).forEach((piece, k) => assert.deepEqual(piece[0], drawing.strokes[k].at(-1)));
  assert.deepEqual([drawing.strokes[0], ...drawing.strokes.slice(1).map((piece) => piece.slice(1))].flat(), long);
});

test("the body holds the strokes, and beside edits of the routing a part of it does", async () => {
  /** @type {RequestInit[]} */
  const asked = [];
  globalThis.fetch = async (_path, init = {}) => (asked.push(init), new Response(null, { status: 503 }));
  const edited = { ...NO_INTERVENTIONS, uniform: true };
  for (const interventions of [undefined, edited]) {
    const asking = fetchTrace(/** @type {any} */ (SENT), { card: PAPER_CARD, iterations: 3, interventions });
    await assert.rejects(asking, { name: "Error" });
  }
  assert.deepEqual(JSON.parse(String(asked[0].body)), SENT);
  assert.equal(new Headers(asked[0].headers).get("Content-Type"), "application/json");
  const part = /** @type {File} */ (/** @type {FormData} */ (asked[1].body).get("drawing"));
  assert.equal(part.type, "application/json");
  assert.deepEqual(JSON.parse(await part.text()), SENT);
});

test("ink of another size than the network's is a PNG whose opacity is the ink", async () => {
  const rows = Array.from({ length: 300 }, (_, row) => Array.from({ length: 400 }, (_, k) => ((row + k) % 256) / 255));
  const { IHDR, IDAT, IEND } = await chunksOf(pngOfInk(rows));
  assert.deepEqual([...IHDR], [0, 0, 1, 144, 0, 0, 1, 44, 8, 4, 0, 0, 0]);
  const lines = inflateSync(IDAT); // checks its sum, too
  assert.equal(lines.length, 300 * (1 + 2 * 400));
  rows.forEach((row, k) => {
    const line = lines.subarray(801 * k, 801 * (k + 1));
    assert.equal(line[0], 0);
    row.forEach((value, column) => assert.deepEqual([line[1 + 2 * column], line[2 + 2 * column]], [0, 255 * value]));
  });
  assert.equal(IEND.length, 0);
  const drawing = await drawingOf(PAPER, { kind: "pixels", pixels: new Uint8Array(12 * 9).fill(255), width: 12 }, 0);
  assert.ok(drawing instanceof Blob);
});

test("a PNG that the server takes goes as it is; a larger one, and any other picture, is read and made anew", async (context) => {
  const read = context.mock.fn(async () => Promise.reject(new DOMException("no picture", "InvalidStateError")));
  Object.assign(globalThis, { createImageBitmap: read });
  const small = headOfPng(1024, 30);
  assert.equal(await pngOfPicture(small), small);
  assert.equal(read.mock.callCount(), 0);
  for (const file of [
    headOfPng(1025, 30),
    headOfPng(30, 30, 4 * 2 ** 20),
    new Blob(["seven"], { type: "image/png" }),
  ]) {
    await assert.rejects(pngOfPicture(file), DOMException);
  }
  assert.equal(read.mock.callCount(), 3);
});

test("an SVG is refused with what is true, and a canvas that gives noise is not believed", async () => {
  await assert.rejects(pngOfPicture(new Blob(["<svg/>"], { type: "image/svg+xml" })), /Save it as a PNG/);
  const pixels = () => ({ data: new Uint8ClampedArray(16 * 16 * 4) });
  for (const [given, isBelieved] of /** @type {[number, boolean][]} */ ([
    [0, true],
    [1, true],
    [90, false],
  ])) {
    // prettier-ignore
    /** @type {ReturnType<typeof pixels>} */
    let painted = pixels();
    const painter = {
      createImageData: pixels,
      putImageData: (/** @type {typeof painted} */ image) => (painted = image),
      getImageData: () => ({ data: painted.data.map((value) => value + (value > 127 ? -given : given)) }),
      drawImage: () => {},
    };
    class Canvas {
      getContext = () => painter;
      convertToBlob = async () => new Blob(["made anew"]);
    }
    Object.assign(globalThis, { OffscreenCanvas: Canvas, createImageBitmap: async () => ({ width: 9, height: 9 }) });
    const made = pngOfPicture(new Blob(["jpeg"], { type: "image/jpeg" }));
    if (isBelieved) assert.equal(await (await made).text(), "made anew");
    else await assert.rejects(made, PictureError);
  }
});
