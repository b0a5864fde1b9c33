/** A picture that was opened, and the part of it that is read. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { WHOLE } from "../../../../static/js/capsules/crop.js";
import { ApiError } from "../../../../static/js/shell/errors.js";
import { photoOf } from "../../../../static/js/state/digit/picture.js";
import { makePage, settled, trace } from "./page.js";
import { READING } from "./services.js";
/** @import { Services } from "../../../../static/js/state/digit/subject.js" */

const PNG = new Blob(["png"]);
const PART = /** @type {const} */ ([0, 0.5, 1, 1]);

/** A page that reads every drawing with these doubts. @param {any[]} doubts @param {Partial<Services>} [services] */
function pageWith(doubts, services = {}) {
  /** @type {any[]} */
  const asked = [];
  const page = makePage({
    pngOfPicture: async () => PNG,
    drawingOf: async (_geometry, source) => (source.kind === "pixels" && source.photo) || [[0]],
    fetchTrace: async (drawing) => (asked.push(drawing), { ...trace, doubts }),
    ...services,
  });
  return { ...page, asked };
}

test("a doubtful picture is looked at, and what was read in it comes", async () => {
  const { store, actions } = pageWith(["other_marks", "fits_badly"]);
  actions.openPicture(new Blob());
  await settled();
  await settled();
  const { whatWasRead } = store.get();
  assert.deepEqual([whatWasRead?.photo.crop, whatWasRead?.found, whatWasRead?.trouble], [WHOLE, READING, ""]);
  assert.equal(photoOf(store.get())?.png, PNG);
  actions.leaveReading();
  actions.setIterations(2);
  await settled();
  assert.equal(store.get().whatWasRead, null); // of the same picture it was told
});

test("a picture without a doubt about it is not, but can be", async () => {
  const { store, actions } = pageWith(["fits_badly"]);
  actions.openPicture(new Blob());
  await settled();
  assert.equal(store.get().whatWasRead, null);
  actions.lookAtReading();
  await settled();
  assert.equal(store.get().whatWasRead?.found, READING);
  actions.look({ kind: "digit", index: 1 });
  await settled();
  assert.deepEqual([store.get().whatWasRead, photoOf(store.get())], [null, null]);
});

test("the part that is read goes with every question about the picture", async () => {
  const { store, actions, asked } = pageWith(["other_marks"], {
    fetchMasks: async (drawing) => (asked.push(drawing), /** @type {any} */ ({})),
    fetchIterations: async (drawing) => (asked.push(drawing), /** @type {any} */ ({})),
  });
  actions.openPicture(new Blob());
  await settled();
  actions.readPart(PART);
  await settled();
  assert.equal(store.get().whatWasRead?.photo.crop, PART);
  asked.length = 0;
  actions.setIterations(2);
  await settled();
  await actions.needMasks();
  await actions.needIterations();
  assert.equal(asked.length, 3);
  for (const drawing of asked) assert.deepEqual([drawing.png, drawing.crop], [PNG, PART]);
});

test("what could not be read is looked at with the reason, and what was there stays", async () => {
  let code = "no_digit_found";
  const { store, actions } = pageWith([], {
    fetchTrace: async (drawing) => {
      if (Array.isArray(drawing)) return trace;
      throw new ApiError(code, "Nothing stands out.", 422);
    },
  });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  actions.openPicture(new Blob());
  await settled();
  const { whatWasRead, source, status } = store.get();
  assert.deepEqual(
    [whatWasRead?.trouble, source, status],
    ["Nothing stands out.", { kind: "digit", index: 5 }, "error"],
  );
  code = "blank"; // a part may be blank
  actions.readPart(PART);
  await settled();
  assert.equal(store.get().whatWasRead?.photo.crop, PART);
  actions.leaveReading();
  actions.openPicture(new Blob()); // a blank picture needs no crop: the notice says so
  await settled();
  assert.equal(store.get().whatWasRead, null);
});
