/** @import { Services } from "../../../../static/js/state/view/subject.js" */
/** @import { ViewpointPaths } from "../../../../static/js/capsules/paths.js" */
import assert from "node:assert/strict";
import { test } from "node:test";
import { directionOf } from "../../../../static/js/state/view/directions.js";
import { placeNow, wayNow } from "../../../../static/js/state/view/path.js";
import { MODEL } from "../digit/traces.js";
import { LINK, SEEN, cnnCard, openPage, settled } from "./page.js";

/** @param {Parameters<Services["fetchViewpointPaths"]>[0]} asked */
export const measuredOf = ({ label, transformation }) =>
  /** @type {ViewpointPaths} */ (
    /** @type {unknown} */ ({
      label,
      transformation,
      amounts: [-30, -15, 0, 15, 30],
      direction: Array.from({ length: 16 }, (_, d) => d / 100),
      plane: [0, 1].map((axis) => Array.from({ length: 16 }, (_, d) => Number(d === axis))),
      paths: [],
      tried: 30,
      fitted: 100,
    })
  );

/** Poses that tell the viewpoint: the first number of each is the rotation. */
const SERVICES = /** @type {Partial<Services>} */ ({
  fetchViews: async (_image, viewpoints) =>
    viewpoints.map(({ rotation }) => ({
      ...SEEN,
      poses: Float32Array.from({ length: 160 }, (_, k) => (k % 16 ? k : rotation)),
      features: Float32Array.of(rotation, 1),
    })),
});

/** @param {string[]} measured names of networks */
async function open(measured = [MODEL.name, "cnn"]) {
  /** @type {Parameters<Services["fetchViewpointPaths"]>[0][]} */
  const known = [];
  const models = [MODEL, cnnCard("cnn")].map((card) => ({
    ...card,
    measured: measured.includes(card.name) ? /** @type {("viewpoints")[]} */ (["viewpoints"]) : [],
  }));
  const fetchViewpointPaths = async (/** @type {(typeof known)[number]} */ asked) => (
    known.push(asked),
    measuredOf(asked)
  );
  const page = await openPage({ ...SERVICES, fetchViewpointPaths }, { models });
  return { ...page, known };
}

test("a way is asked for in one request, and where the digit is on it asks for nothing", async () => {
  const { store, actions, asked, known } = await open();
  asked.length = 0;
  assert.equal(await actions.needWays(), 0);
  assert.deepEqual(
    asked.map(([, viewpoints, { model }]) => [model, viewpoints.length]),
    [
      [MODEL.name, 25],
      ["cnn", 25],
    ],
  );
  assert.deepEqual(
    known.map(({ model, label, transformation }) => [model, label, transformation]),
    [
      [MODEL.name, 7, "rotation"],
      ["cnn", 7, "rotation"],
    ],
  );
  const way = wayNow(store.get(), "capsule");
  assert.equal(way?.features.length, 25);
  assert.deepEqual([way.features[0][0], way.features[12][0], way.features[24][0]], [-30, 0, 30]);
  assert.equal(way.features[0].length, 16, "of the followed class alone");

  asked.length = 0;
  actions.turnTo({ rotation: 20 });
  await settled();
  assert.deepEqual([placeNow(store.get(), "capsule")?.features[0], placeNow(store.get(), "cnn")?.amount], [20, 20]);
  asked.length = 0;
  await actions.needWays();
  assert.equal(asked.length, 0);

  actions.turnTo({ right: 2 });
  assert.equal(wayNow(store.get(), "capsule"), null, "elsewhere the way is another one");
  await settled();
  asked.length = 0;
  await actions.needWays();
  assert.deepEqual(
    asked.map(([, viewpoints]) => [viewpoints[0].rotation, viewpoints[0].right, viewpoints[24].rotation]),
    [
      [-30, 2, 30],
      [-30, 2, 30],
    ],
  );
});

test("what was measured is asked for once, and not where nothing was", async () => {
  const { store, actions, known, asked } = await open([MODEL.name]);
  await Promise.all([actions.needDirections(), actions.needDirections()]);
  assert.equal(known.length, 1);
  actions.turnTo({ right: 2, rotation: 5 });
  await actions.needDirections();
  assert.deepEqual(
    known.map(({ transformation }) => transformation),
    ["rotation", "right"],
    "of the capsules also what the digit stands in",
  );
  actions.follow("right");
  await actions.needDirections();
  assert.equal(known.length, 2);
  assert.equal(directionOf(store.get(), "capsule")?.transformation, "right");
  assert.equal(directionOf(store.get(), "cnn"), null);
  asked.length = 0;
  await actions.needWays();
  assert.deepEqual(
    asked.map(([, , { model }]) => model),
    [MODEL.name],
  );
});

test("the link tells the transformation, where it is not the first", async () => {
  assert.equal(LINK.read("#along=shear").patch.followed, "shear");
  assert.equal(LINK.read("#along=nowhere").patch.followed, undefined);
  const { store, actions } = await open();
  assert.doesNotMatch(LINK.write(store.get()), /along/);
  actions.follow("shear");
  assert.match(LINK.write(store.get()), /along=shear/);
});
