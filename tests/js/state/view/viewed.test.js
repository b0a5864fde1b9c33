/** What both networks answer from a viewpoint: when they are asked, and whose an answer is. */
/** @import { Services } from "../../../../static/js/state/view/subject.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, OfflineError } from "../../../../static/js/shell/errors.js";
import { cnnCards, contrastCard } from "../../../../static/js/state/view/contrast.js";
import { bothSeen, viewedClass } from "../../../../static/js/state/view/viewed.js";
import { modelsOfTask } from "../../../../static/js/state/trace/network.js";
import { troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { MODEL } from "../digit/traces.js";
import { SEEN, makePage, openPage, rotationsOf, settled } from "./page.js";

/** Answers that the test gives when it wants to. */
function heldBack() {
  /** @type {{model: string, rotations: number[], answer: () => void, fail: (error: unknown) => void}[]} */
  const held = [];
  /** @type {Services["fetchViews"]} */
  const fetchViews = (_image, viewpoints, { model }) =>
    new Promise((resolve, fail) => {
      const rotations = viewpoints.map(({ rotation }) => rotation);
      const answer = () => resolve(viewpoints.map(({ rotation }) => ({ ...SEEN, image: Float32Array.of(rotation) })));
      held.push({ model, rotations, answer, fail });
    });
  return { held, fetchViews };
}

test("both networks are asked about the upright picture when its trace has come, each once", async () => {
  const { store, asked } = await openPage();
  assert.deepEqual(
    asked.map(([image, viewpoints, { model, label, include }]) => [
      image.length,
      viewpoints.length,
      model,
      label,
      include,
    ]),
    [
      [784, 1, MODEL.name, 7, "reconstruction"],
      [784, 1, "cnn", undefined, "pooled"],
    ],
  );
  assert.equal(asked[0][0], store.get().trace?.image);
  for (const side of /** @type {const} */ (["capsule", "cnn"])) {
    const both = bothSeen(store.get(), side);
    assert.ok(both && !both.isBehind && both.now === both.upright);
  }
});

test("a turn asks each network about that viewpoint alone; back at rest nothing is asked that is known", async () => {
  const { store, actions, asked } = await openPage();
  actions.turnTo({ rotation: 30 });
  await settled();
  assert.deepEqual(
    [rotationsOf(asked, MODEL.name), rotationsOf(asked, "cnn")],
    [
      [[0], [30]],
      [[0], [30]],
    ],
  );
  const both = bothSeen(store.get(), "cnn");
  assert.deepEqual(
    [both?.now.of.viewpoint.rotation, both?.upright.of.viewpoint.rotation, both?.isBehind],
    [30, 0, false],
  );
});

test("a page that opens turned asks about the upright picture with it", async () => {
  const { asked } = await openPage({}, { viewpoint: { ...makePage().store.get().viewpoint, rotation: -45 } });
  assert.deepEqual([rotationsOf(asked, MODEL.name), rotationsOf(asked, "cnn")], [[[0, -45]], [[0, -45]]]);
});

test("of each network one question is under way, and of those that wait only the newest is asked", async () => {
  const { held, fetchViews } = heldBack();
  const { store, actions } = await openPage({ fetchViews });
  for (const rotation of [10, 20, 30]) actions.turnTo({ rotation });
  await settled();
  assert.deepEqual(
    held.map(({ model }) => model),
    [MODEL.name, "cnn"],
  );
  held[1].answer(); // the CNN is quicker
  await settled();
  const [capsule, cnn] = /** @type {const} */ (["capsule", "cnn"]).map((side) => bothSeen(store.get(), side));
  assert.equal(capsule, null);
  assert.deepEqual([cnn?.now.of.viewpoint.rotation, cnn?.isBehind], [0, true]); // it says of which viewpoint it is
  assert.deepEqual(
    held.map(({ model, rotations }) => [model, ...rotations]),
    [
      [MODEL.name, 0],
      ["cnn", 0],
      ["cnn", 30],
    ],
  );
  held[0].answer();
  held[2].answer();
  await settled();
  held[3].answer();
  await settled();
  for (const side of /** @type {const} */ (["capsule", "cnn"])) {
    const both = bothSeen(store.get(), side);
    assert.deepEqual([both?.now.image[0], both?.isBehind, held.length], [30, false, 4]);
  }
});

test("an answer that comes after the picture is back where it was replaces nothing", async () => {
  const { held, fetchViews } = heldBack();
  const { store, actions } = await openPage({ fetchViews });
  held.splice(0).forEach(({ answer }) => answer());
  await settled();
  actions.turnTo({ rotation: 50 });
  await settled();
  actions.resetView();
  held.splice(0).forEach(({ answer }) => answer());
  await settled();
  const both = bothSeen(store.get(), "capsule");
  assert.deepEqual([both?.now.of.viewpoint.rotation, both?.isBehind], [0, false]);
});

test("another class is followed: the capsule network is asked for its picture, the CNN is not asked", async () => {
  const { store, actions, asked } = await openPage();
  asked.length = 0;
  actions.selectClass(2);
  await settled();
  assert.deepEqual(
    asked.map(([, viewpoints, { model, label }]) => [viewpoints.length, model, label]),
    [[1, MODEL.name, 2]],
  );
  assert.equal(viewedClass(store.get()), 2);
});

test("another CNN is asked at once, and its answer is no other's", async () => {
  const { store, actions, asked } = await openPage();
  actions.turnTo({ shear: 0.5 });
  await settled();
  asked.length = 0;
  actions.setContrast("cnn-global");
  assert.equal(bothSeen(store.get(), "cnn"), null, "the old answer is not shown under the new name");
  await settled();
  assert.deepEqual(
    asked.map(([, viewpoints, { model }]) => [viewpoints.length, model]),
    [[2, "cnn-global"]],
  );
  const both = bothSeen(store.get(), "cnn");
  assert.deepEqual([both?.now.of.model, both?.isBehind], ["cnn-global", false]);
});

test("CNNs are known by their cards, the first one first; without one nothing is asked of it", async () => {
  const { store } = makePage();
  assert.deepEqual(
    cnnCards(store.get()).map(({ name }) => name),
    ["cnn", "cnn-global"],
  );
  assert.equal(contrastCard(store.get())?.name, "cnn");
  const { store: other, asked } = await openPage({}, { models: [MODEL] });
  assert.equal(contrastCard(other.get()), null);
  assert.deepEqual(
    asked.map(([, , { model }]) => model),
    [MODEL.name],
  );
});

test("a link to a CNN that is not here is told, and the first one answers", async () => {
  const { store, asked } = await openPage({}, { contrast: "resnet" });
  assert.deepEqual([store.get().contrast, store.get().lost], ["cnn", ["the CNN"]]);
  assert.deepEqual(rotationsOf(asked, "cnn"), [[0]]);
});

test("a cleared pad shows no answer, and one that comes late is none", async () => {
  const { held, fetchViews } = heldBack();
  const { store, actions } = await openPage({ fetchViews });
  actions.clear();
  held.forEach(({ answer }) => answer());
  await settled();
  assert.deepEqual(
    [store.get().viewed, store.get().uprightSeen],
    [
      { capsule: null, cnn: null },
      { capsule: null, cnn: null },
    ],
  );
});

test("a refusal stands where the answer would; the next answer takes it away", async () => {
  let refuses = true;
  const { store, actions } = await openPage({
    fetchViews: async (_image, viewpoints, { model }) => {
      if (refuses && model === "cnn") throw new ApiError("invalid", "No.", 422);
      return viewpoints.map(() => SEEN);
    },
  });
  assert.deepEqual([troubleOf(store.get(), "view-cnn"), troubleOf(store.get(), "view-capsule")], ["No.", ""]);
  refuses = false;
  actions.turnTo({ rotation: 5 });
  await settled();
  assert.equal(troubleOf(store.get(), "view-cnn"), "");
  assert.ok(bothSeen(store.get(), "cnn"));
});

test("a server that is gone is waited for, and the viewpoint is kept", async () => {
  const { store, actions } = await openPage({
    isAlive: async () => false,
    fetchViews: async (_image, viewpoints) => {
      if (viewpoints.some(({ rotation }) => rotation)) throw new OfflineError();
      return viewpoints.map(() => SEEN);
    },
  });
  actions.turnTo({ rotation: 5 });
  await settled();
  assert.equal(store.get().status, "offline");
  assert.match(store.get().message, /Your drawing and the viewpoint are kept/);
  assert.equal(store.get().viewpoint.rotation, 5);
  actions.stop();
});

test("the networks that can be chosen are capsule networks; a link that names a CNN gets the default one", async () => {
  const { store, actions } = makePage();
  assert.deepEqual(
    modelsOfTask(store.get()).map(({ name }) => name),
    [MODEL.name],
  );
  store.set({ model: "cnn" });
  actions.settleModel();
  assert.deepEqual([store.get().model, store.get().missingModel], [MODEL.name, "cnn"]);
});
