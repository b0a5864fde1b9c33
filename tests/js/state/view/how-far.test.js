/** The curves of the digit on the page, and what was measured over the test digits. */
/** @import { Services } from "../../../../static/js/state/view/subject.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../../static/js/shell/errors.js";
import { amountsNow, reachOf } from "../../../../static/js/state/view/how-far.js";
import { studiedCards } from "../../../../static/js/state/view/studies.js";
import { troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { MODEL } from "../digit/traces.js";
import { ACCURACY, SEEN, cnnCard, openPage, settled } from "./page.js";

const AMOUNTS = [-40, -20, 0, 20, 40];
const STUDY = {
  ...ACCURACY,
  transformations: /** @type {any} */ ({ rotation: { amounts: AMOUNTS, right: AMOUNTS, sure_wrong: AMOUNTS } }),
};
const STUDIED = /** @type {any} */ (["viewpoint-accuracy"]);

/** Answers that tell the viewpoint: class 7 is as long as the digit is turned, and is read up to 20 degrees. */
const fetchViews = /** @type {Services["fetchViews"]} */ (
  async (_image, viewpoints) =>
    viewpoints.map(({ rotation }) => ({
      ...SEEN,
      label: rotation > 20 ? 3 : 7,
      scores: Float32Array.from({ length: 10 }, (_, label) => (label === 7 ? rotation : 0)),
    }))
);

/** @param {Partial<Services>} [services] @param {string[]} [studied] names of networks */
async function open(services = {}, studied = [MODEL.name, "cnn"]) {
  /** @type {string[]} */
  const known = [];
  const models = [cnnCard("cnn"), MODEL, { ...MODEL, name: "another" }].map((card) => ({
    ...card,
    measured: studied.includes(card.name) ? STUDIED : [],
  }));
  const fetchViewpointAccuracy = async (/** @type {{model: string}} */ { model }) => (known.push(model), STUDY);
  const page = await openPage({ fetchViews, fetchViewpointAccuracy, ...services }, { models });
  page.asked.length = 0;
  return { ...page, known };
}

/** @param {Awaited<ReturnType<typeof open>>["asked"]} asked */
const curvesIn = (asked) =>
  asked
    .filter(([, viewpoints]) => viewpoints.length > 2)
    .map(([, viewpoints, { model }]) => [model, ...viewpoints.map(({ rotation, right }) => rotation + 1000 * right)]);

test("each network of the room is asked once, in one request, about the amounts that were measured", async () => {
  const { store, actions, asked, known } = await open();
  await Promise.all([actions.needReaches(), actions.needReaches()]);
  assert.equal(await actions.needReaches(), 0);
  assert.deepEqual(known, [MODEL.name, "cnn"]);
  assert.deepEqual(curvesIn(asked), [
    [MODEL.name, ...AMOUNTS],
    ["cnn", ...AMOUNTS],
  ]);
  const reach = reachOf(store.get(), "capsule");
  assert.deepEqual([reach?.scores, reach?.labels, reach?.isBehind], [AMOUNTS, [7, 7, 7, 7, 3], false]);
});

test("turning asks for nothing; another change elsewhere does, and so does another change to follow", async () => {
  const { store, actions, asked } = await open();
  await actions.needReaches();
  asked.length = 0;
  actions.turnTo({ rotation: 10 });
  await actions.needReaches();
  assert.deepEqual(curvesIn(asked), []);
  actions.turnTo({ right: 2 });
  assert.equal(reachOf(store.get(), "cnn")?.isBehind, true);
  await actions.needReaches();
  assert.deepEqual(curvesIn(asked)[0], [MODEL.name, ...AMOUNTS.map((amount) => amount + 2000)]);
  actions.follow("shear");
  assert.equal(reachOf(store.get(), "cnn"), null, "a curve of another change is none of this one");
  assert.deepEqual(amountsNow(store.get()).length, 13, "evenly over the range where nothing was measured");
  await actions.needReaches();
  assert.equal(reachOf(store.get(), "cnn")?.scores.length, 13);
  actions.clear();
  assert.equal(reachOf(store.get(), "cnn"), null);
});

test("the newest question wins: the older one is called off, and its answer is not shown", async () => {
  /** @type {{answer: () => void, signal: AbortSignal | undefined}[]} */
  const held = [];
  const { store, actions } = await open({
    fetchViews: (image, viewpoints, of, signal) =>
      viewpoints.length < 3 || of.model === "cnn"
        ? fetchViews(image, viewpoints, of)
        : new Promise((resolve) => held.push({ answer: () => resolve(fetchViews(image, viewpoints, of)), signal })),
  });
  const first = actions.needReaches();
  await settled();
  actions.turnTo({ right: 3 });
  const second = actions.needReaches();
  await settled();
  assert.deepEqual(
    held.map(({ signal }) => signal?.aborted),
    [true, false],
  );
  held.toReversed().forEach(({ answer }) => answer());
  await Promise.all([first, second]);
  assert.equal(reachOf(store.get(), "capsule")?.of.others.right, 3);
  assert.equal(reachOf(store.get(), "capsule")?.isBehind, false);
});

test("where nothing was measured this digit has its curves all the same, and what fails is told", async () => {
  const { store, actions, asked, known } = await open({}, []);
  await actions.needReaches();
  assert.deepEqual([known, studiedCards(store.get())], [[], []]);
  assert.deepEqual(
    curvesIn(asked).map(([model, first, ...rest]) => [model, first, rest.length]),
    [
      [MODEL.name, -90, 12],
      ["cnn", -90, 12],
    ],
  );
  const refused = await open({ fetchViews: () => Promise.reject(new ApiError("wrong_task", "it reads none", 422)) });
  await refused.actions.needReaches();
  assert.match(troubleOf(refused.store.get(), "reach-cnn"), /it reads none/);
  assert.equal(reachOf(refused.store.get(), "cnn"), null);
});

test("the room's capsule network stands first, then others with capsules, then CNNs", async () => {
  const { store } = await open({}, ["cnn", MODEL.name, "another"]);
  assert.deepEqual(
    studiedCards(store.get()).map(({ name }) => name),
    [MODEL.name, "another", "cnn"],
  );
});
