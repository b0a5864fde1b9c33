/** Activations that change places: when both networks are asked, whose an answer is, and what a link keeps. */
/** @import { Services } from "../../../../static/js/state/view/subject.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../../static/js/shell/errors.js";
import {
  bothMapsOf,
  bothOf,
  mapsToShow,
  scatterTrouble,
  scatteredNow,
} from "../../../../static/js/state/view/pooling.js";
import { troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { MODEL } from "../digit/traces.js";
import { LINK, SCATTERED, makePage, openPage, settled } from "./page.js";

/** A page that lists what it asks. @param {Services["fetchScatter"]} [answer] */
async function openScattering(answer = async () => SCATTERED) {
  /** @type {[string, number, number][]} */
  const asked = [];
  const page = await openPage({
    fetchScatter(image, viewpoint, of, signal) {
      asked.push([of.model, of.seed, viewpoint.rotation]);
      return answer(image, viewpoint, of, signal);
    },
  });
  return { ...page, asked };
}

test("both networks are asked once for each seed and viewpoint, and not before anybody looks", async () => {
  const { actions, store, asked } = await openScattering();
  assert.deepEqual(asked, []);
  await Promise.all([actions.needScattered(), actions.needScattered()]);
  assert.equal(await actions.needScattered(), 0);
  assert.deepEqual(asked.splice(0), [
    [MODEL.name, 0, 0],
    ["cnn", 0, 0],
  ]);
  actions.scatterAgain();
  assert.equal(scatteredNow(store.get(), "cnn")?.isBehind, true);
  await actions.needScattered();
  actions.turnTo({ rotation: 20 });
  await actions.needScattered();
  assert.deepEqual(asked, [
    [MODEL.name, 1, 0],
    ["cnn", 1, 0],
    [MODEL.name, 1, 20],
    ["cnn", 1, 20],
  ]);
  assert.equal(scatteredNow(store.get(), "cnn")?.isBehind, false);
});

test("an answer to an older seed replaces nothing, and another CNN's answer is not shown", async () => {
  /** @type {(() => void)[]} */
  const held = [];
  const { actions, store } = await openScattering(() => new Promise((resolve) => held.push(() => resolve(SCATTERED))));
  const first = actions.needScattered();
  actions.scatterAgain();
  const second = actions.needScattered();
  await settled();
  held.slice(2).forEach((answer) => answer());
  await second;
  const known = store.get().scattered;
  held.slice(0, 2).forEach((answer) => answer());
  await first;
  assert.deepEqual([store.get().scattered.cnn, known.cnn?.of.seed], [known.cnn, 1]);
  actions.setContrast("cnn-global");
  assert.equal(scatteredNow(store.get(), "cnn"), null);
  assert.equal(scatteredNow(store.get(), "capsule")?.isBehind, false);
});

test("what one network does not answer is told, and the other is shown", async () => {
  const { actions, store } = await openScattering(async (_image, _viewpoint, { model }) => {
    if (model === "cnn") throw new ApiError("no_pooling", "nothing of it is scattered", 422);
    return SCATTERED;
  });
  await actions.needScattered();
  assert.match(troubleOf(store.get(), scatterTrouble("cnn")), /nothing of it is scattered/);
  assert.equal(scatteredNow(store.get(), "cnn"), null);
  assert.notEqual(scatteredNow(store.get(), "capsule"), null);
});

test("a cleared pad has nothing scattered; the seed stays", async () => {
  const { actions, store } = await openScattering();
  actions.scatterAgain();
  await actions.needScattered();
  actions.clear();
  assert.deepEqual([store.get().scattered, store.get().scatterSeed], [{ capsule: null, cnn: null }, 1]);
});

test("a tensor is split into before and after, and a map that is not there is the strongest", async () => {
  const { before, after } = bothMapsOf(SCATTERED, "maps");
  assert.deepEqual(
    [[...before.values], [...after.values]],
    [
      [1, 0, 0, 0, 0, 0, 0, 2],
      [0, 0, 2, 0, 0, 1, 0, 0],
    ],
  );
  assert.equal(bothOf(SCATTERED, "scores")[1].length, 10);
  const { store, actions } = await openScattering();
  actions.showPooledMap(31);
  assert.deepEqual(mapsToShow(store.get(), SCATTERED), { strongest: [0], shown: 0 });
});

test("the link keeps the seed and the map, and tells what makes no sense", () => {
  const [{ store }, { store: rest }] = [makePage({}, { scatterSeed: 7, pooledMap: 3 }), makePage()];
  assert.match(LINK.write(store.get()), /scatter=7&map=3/);
  assert.doesNotMatch(LINK.write(rest.get()), /scatter|map/);
  assert.deepEqual(LINK.read("#scatter=7&map=3").patch, { scatterSeed: 7, pooledMap: 3 });
  assert.deepEqual(LINK.read("#scatter=99999999999").lost, ["how activations were scattered"]);
  assert.deepEqual(LINK.read("#map=-1").lost, ["the map before the pooling"]);
});
