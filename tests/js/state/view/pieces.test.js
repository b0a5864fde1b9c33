/** The arrangements of a digit's parts: who is asked about them, and what is made of the answers. */
/** @import { Services } from "../../../../static/js/state/view/subject.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import { PIECES } from "../../../../static/js/capsules/viewpoint.js";
import { ApiError } from "../../../../static/js/shell/errors.js";
import { troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { fitOfView, piecesOf, readersOf, saidOf, sureAbove } from "../../../../static/js/state/view/pieces.js";
import { MODEL } from "../digit/traces.js";
import { ACCURACY, SEEN, cnnCard, openPage, settled } from "./page.js";

/** What was asked about all arrangements at once. @param {Awaited<ReturnType<typeof openPage>>["asked"]} asked */
const cutOnes = (asked) => asked.filter(([, viewpoints]) => viewpoints.length === PIECES.length);

test("the capsule network and every CNN are asked once about all arrangements, turned as the digit is", async () => {
  const { store, actions, asked } = await openPage();
  actions.turnTo({ rotation: 30 });
  await Promise.all([actions.needPieces(), actions.needPieces()]);
  assert.equal(await actions.needPieces(), 0);
  assert.deepEqual(
    cutOnes(asked).map(([, viewpoints, { model, include }]) => [
      model,
      include,
      viewpoints.map(({ pieces }) => pieces).join(),
      viewpoints.every(({ rotation }) => rotation === 30),
    ]),
    [
      [MODEL.name, "reconstruction", PIECES.join(), true],
      ["cnn", "", PIECES.join(), true],
      ["cnn-global", "", PIECES.join(), true],
    ],
  );
  assert.equal(piecesOf(store.get(), "cnn")?.isBehind, false);
});

test("other pieces in the first screen change nothing here; another turn does", async () => {
  const { store, actions, asked } = await openPage();
  await actions.needPieces();
  actions.turnTo({ pieces: "quarters" });
  await actions.needPieces();
  assert.equal(cutOnes(asked).length, 3);
  actions.turnTo({ shear: 0.5 });
  assert.equal(piecesOf(store.get(), MODEL.name)?.isBehind, true);
  await actions.needPieces();
  assert.equal(cutOnes(asked).length, 6);
  actions.clear();
  assert.equal(piecesOf(store.get(), MODEL.name), null);
});

test("an answer about another turn replaces nothing, and what fails is told", async () => {
  /** @type {((views: typeof SEEN[]) => void)[]} */
  const held = [];
  /** @type {Services["fetchViews"]} */
  const fetchViews = (_image, viewpoints, { model }) => {
    if (viewpoints.length < PIECES.length) return Promise.resolve(viewpoints.map(() => SEEN));
    if (model === "cnn-global") return Promise.reject(new ApiError("wrong_task", "it reads no digit", 422));
    return new Promise((resolve) => held.push(resolve));
  };
  const { store, actions } = await openPage({ fetchViews });
  const asking = actions.needPieces();
  await settled();
  actions.turnTo({ rotation: 5 });
  held.forEach((answer) => answer(PIECES.map(() => SEEN)));
  await asking;
  assert.deepEqual(store.get().pieced, {});
  assert.match(troubleOf(store.get(), "pieces-cnn-global"), /it reads no digit/);
});

test("what was measured is asked for once, of those networks alone that have it", async () => {
  /** @type {string[]} */
  const asked = [];
  const models = [MODEL, { ...cnnCard("cnn"), measured: /** @type {any} */ (["viewpoint-accuracy"]) }];
  const fetchViewpointAccuracy = async (/** @type {{model: string}} */ { model }) => (asked.push(model), ACCURACY);
  const { store, actions } = await openPage({ fetchViewpointAccuracy }, { models });
  await actions.needPieces();
  await actions.needPieces();
  assert.deepEqual([asked, Object.keys(store.get().studies)], [["cnn"], ["cnn"]]);
  assert.deepEqual(
    readersOf(store.get()).map(({ name, hasCapsules }) => [name, hasCapsules]),
    [
      [MODEL.name, true],
      ["cnn", false],
    ],
  );
});

test("sure is what its study says: else a length above 0.5, or a probability above 0.9", () => {
  const studies = { cnn: { ...ACCURACY, sure_above: 0.7 } };
  const above = (/** @type {string} */ name, hasCapsules = false) => sureAbove({ studies }, { name, hasCapsules });
  assert.deepEqual([above("cnn"), above("cnn-global"), above(MODEL.name, true)], [0.7, 0.9, 0.5]);
});

test("what is said is sure above a bound, and the same as what the whole is read as", () => {
  const scores = (/** @type {number} */ label, /** @type {number} */ score) => ({
    ...SEEN,
    label,
    scores: Float32Array.from({ length: 10 }, (_, k) => (k === label ? score : 0)),
  });
  const views = [scores(4, 0.97), scores(4, 0.6), scores(3, 0.92), scores(4, 0.25)];
  const facts = (/** @type {number} */ above) => saidOf(views, above).map(({ isSame, isSure }) => [isSame, isSure]);
  assert.deepEqual(facts(0.5), [
    [true, true],
    [true, true],
    [false, true],
    [true, false],
  ]);
  assert.deepEqual(
    facts(0.9).map(([, isSure]) => isSure),
    [true, false, true, false],
  );
});

test("the decoder's picture is held against what the network saw, and ranked where the gauge is of that network", async () => {
  const { store } = await openPage();
  const [image, reconstruction] = [new Float32Array(784).fill(0.5), new Float32Array(784).fill(0.25)];
  const view = { ...SEEN, image, reconstruction };
  assert.deepEqual(fitOfView({ ...store.get(), gauge: null }, view), { error: 49, rank: null });
  const quantiles = Array.from({ length: 101 }, (_, k) => k);
  const gauge = /** @type {any} */ ({ model: store.get().trace?.model, quantiles });
  assert.equal(fitOfView({ ...store.get(), gauge }, view).rank, 49);
  assert.equal(fitOfView({ ...store.get(), gauge: { ...gauge, model: "other" } }, view).rank, null);
});
