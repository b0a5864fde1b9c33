/** From where the digit is seen: turning, and the link. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { REST } from "../../../../static/js/capsules/viewpoint.js";
import { LINK, makePage } from "./page.js";

test("turning keeps to ranges and steps, and leaves the rest as it is", () => {
  const { store, actions } = makePage();
  actions.turnTo({ rotation: 14.7, right: 99 });
  assert.deepEqual(store.get().viewpoint, { ...REST, rotation: 15, right: 10 });
  actions.turnTo({ pieces: "quarters" });
  assert.deepEqual(store.get().viewpoint, { ...REST, rotation: 15, right: 10, pieces: "quarters" });
  actions.resetView();
  assert.deepEqual(store.get().viewpoint, REST);
});

test("a turn that changes nothing leaves the state as it is", () => {
  const { store, actions } = makePage();
  const { viewpoint } = store.get();
  actions.turnTo({ rotation: 0.2 });
  assert.equal(store.get().viewpoint, viewpoint);
});

test("a link holds the viewpoint and the CNN, and nothing of both where they are as at first", () => {
  const { store } = makePage();
  assert.equal(LINK.write(store.get()).includes("view"), false);
  const viewpoint = { ...REST, thickness: -0.35, rotation: -20, right: 2.5, pieces: /** @type {const} */ ("strips") };
  const text = LINK.write({ ...store.get(), viewpoint, contrast: "cnn-global" });
  assert.match(text, /view=thickness\*-0\.35_rotation\*-20_right\*2\.5_pieces\*strips&beside=cnn-global/);
  const { patch, lost } = LINK.read(`#${text}`);
  assert.deepEqual([patch.viewpoint, patch.contrast, lost], [viewpoint, "cnn-global", []]);
});

for (const [text, wanted] of /** @type {const} */ ([
  ["rotation*500", { rotation: 90 }],
  ["rotation*30_tilt*3", { rotation: 30 }],
  ["rotation*30_right*", { rotation: 30 }],
  ["rotation*30_scale*NaN", { rotation: 30 }],
  ["rotation*30_pieces*dust", { rotation: 30 }],
])) {
  test(`of a damaged link what makes sense is kept, and the rest is told: ${text}`, () => {
    const { patch, lost } = LINK.read(`#view=${text}`);
    assert.deepEqual(patch.viewpoint, { ...REST, ...wanted });
    assert.deepEqual(lost, ["the viewpoint"]);
  });
}

test("a link that makes no sense at all shows the upright picture, and tells it", () => {
  const { patch, lost } = LINK.read("#view=upside-down&beside=%3Cb%3E");
  assert.deepEqual(patch, {});
  assert.deepEqual(lost, ["the viewpoint", "the CNN"]);
});

test("no link of this room edits the routing", () => {
  const { lost } = LINK.read("#iterations=1&tamper=abc");
  assert.deepEqual(lost, ["“iterations”", "“tamper”"]);
});
