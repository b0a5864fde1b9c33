/** One digit from several viewpoints: what is sent, and what becomes of the answer. */
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  fetchScatter,
  fetchViewpointAccuracy,
  fetchViewpointPaths,
  fetchViews,
} from "../../../static/js/api/viewpoints.js";
import { REST } from "../../../static/js/capsules/viewpoint.js";
import { packTensors } from "../bodies.js";
import { standAt } from "../documents.js";

standAt("http://localhost/");

const GEOMETRY = { width: 3 };
const IMAGE = Float32Array.of(0, 0.5, 1, 0.25, 0.123456, 0);
const TURNED = { ...REST, rotation: 15 };

/** Tensors whose numbers count upwards. @param {Record<string, number[]>} shapes */
const counting = (shapes) =>
  packTensors(
    Object.fromEntries(
      Object.entries(shapes).map(([name, shape]) => {
        const count = shape.reduce((product, size) => product * size, 1);
        return [name, { shape, data: Float32Array.from({ length: count }, (_, k) => k) }];
      }),
    ),
    { model: "mnist", seed: "3", residual: "0.5" },
  );

/** Let the world answer with this; gives what was asked. @param {() => Response} answer */
function answering(answer) {
  /** @type {{url: URL, init: RequestInit}[]} */
  const asked = [];
  globalThis.fetch = async (path, init = {}) => {
    asked.push({ url: new URL(String(path)), init });
    return answer();
  };
  return asked;
}

test("views are asked for with the pixels as they are, and each gets its own part of the answer", async () => {
  const asked = answering(
    () => new Response(counting({ image: [2, 2, 3], scores: [2, 4], poses: [2, 4, 5], reconstruction: [2, 2, 3] })),
  );
  const options = { model: "mnist", geometry: GEOMETRY, label: 3, include: "reconstruction" };
  const views = await fetchViews(IMAGE, [REST, TURNED], options);
  const [{ url, init }] = asked;
  assert.equal(url.pathname, "/api/viewpoints");
  assert.deepEqual(
    ["model", "label", "include"].map((name) => url.searchParams.get(name)),
    ["mnist", "3", "reconstruction"],
  );
  const rows = [
    [0, 0.5, 1],
    [0.25, 0.1235, 0],
  ];
  assert.deepEqual(JSON.parse(String(init.body)), { pixels: rows, viewpoints: [REST, TURNED] });
  assert.equal(views.length, 2);
  const [, second] = views;
  assert.deepEqual([...second.image], [6, 7, 8, 9, 10, 11]);
  assert.deepEqual([...second.scores], [4, 5, 6, 7]);
  assert.equal(second.label, 3);
  assert.deepEqual([second.poses?.[0], second.poses?.length, second.reconstruction?.[0]], [20, 20, 6]);
  assert.equal(second.features, undefined);
});

test("a CNN answers with what it pools, and no class is named to it", async () => {
  const asked = answering(
    () =>
      new Response(
        counting({ image: [1, 2, 3], scores: [1, 4], features: [1, 6], first: [1, 2, 3, 5], second: [1, 3, 1, 2] }),
      ),
  );
  const [view] = await fetchViews(IMAGE, [TURNED], { model: "cnn", geometry: GEOMETRY, include: "pooled" });
  assert.ok(!asked[0].url.searchParams.has("label"));
  const { count, height, width, values } = /** @type {NonNullable<typeof view.first>} */ (view.first);
  assert.deepEqual([count, height, width, values.length], [2, 3, 5, 30]);
  assert.deepEqual([view.second?.count, view.second?.values.length, view.features?.length], [3, 6, 6]);
  assert.equal(view.poses, undefined);
});

test("a scatter is asked for with its seed, and in full precision", async () => {
  const asked = answering(() => new Response(counting({ image: [2, 3], scores: [2, 4] })));
  const { image, tensors, metadata } = await fetchScatter(IMAGE, TURNED, { model: "cnn", geometry: GEOMETRY, seed: 3 });
  const [{ url, init }] = asked;
  assert.deepEqual(
    [url.pathname, url.searchParams.get("seed"), url.searchParams.has("dtype")],
    ["/api/scatter", "3", false],
  );
  assert.deepEqual(JSON.parse(String(init.body)).viewpoint, TURNED);
  assert.deepEqual([image.length, tensors.scores.shape, metadata.residual], [6, [2, 4], "0.5"]);
});

test("what was measured is asked for by model, class and transformation", async () => {
  const paths = { paths: [], r2: 0.9 };
  const asked = answering(() => Response.json(paths));
  assert.deepEqual(await fetchViewpointPaths({ model: "mnist", label: 4, transformation: "shear" }), paths);
  assert.equal(
    asked[0].url.pathname + asked[0].url.search,
    "/api/viewpoint-paths?model=mnist&label=4&transformation=shear",
  );
  const accuracy = { digits: 10000, transformations: {} };
  const askedThen = answering(() => Response.json(accuracy));
  assert.deepEqual(await fetchViewpointAccuracy({ model: "cnn" }), accuracy);
  assert.equal(askedThen[0].url.pathname + askedThen[0].url.search, "/api/viewpoint-accuracy?model=cnn");
});
