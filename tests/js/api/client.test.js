import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchDigits, fetchTrace, fetchVotes, isAlive, toRows } from "../../../static/js/api/client.js";
import { ApiError, OfflineError } from "../../../static/js/lib/errors.js";
import { NO_INTERVENTIONS } from "../../../static/js/lib/interventions.js";
import { packTensors } from "../bodies.js";

/** Sizes of what a trace of R iterations holds. @param {number} R @returns {Record<string, number[]>} */
const shapesOf = (R) => ({
  image: [28, 28],
  conv1: [256, 20, 20],
  primary_capsules: [1152, 8],
  coupling_coefficients: [R, 1152, 10],
  agreement: [R, 1152, 10],
  class_capsules: [R, 10, 16],
  lengths: [R, 10],
  reconstruction: [28, 28],
});

/** A body whose tensors are filled with the place of their name. @param {Record<string, number[]>} shapes */
function bodyOf(shapes) {
  const filled = Object.entries(shapes).map(([name, shape], k) => {
    const count = shape.reduce((product, size) => product * size, 1);
    return [name, { shape, data: new Float32Array(count).fill(k) }];
  });
  return packTensors(Object.fromEntries(filled), { label: "7", model: "mnist", milliseconds: "3.5" });
}

/** Let the world answer with this; gives what was asked. @param {() => Response} answer */
function answering(answer) {
  /** @type {{url: URL, init: RequestInit}[]} */
  const asked = [];
  globalThis.fetch = async (path, init = {}) => {
    asked.push({ url: new URL(String(path), "http://localhost"), init });
    return answer();
  };
  return asked;
}

test("a trace is asked for with the maps of Conv1, and decoded", async () => {
  const asked = answering(() => new Response(bodyOf(shapesOf(4))));
  const trace = await fetchTrace([[0, 1]], { model: "mnist", iterations: 4 });
  const [{ url, init }] = asked;
  assert.equal(url.pathname, "/api/trace");
  assert.deepEqual(["model", "iterations", "include", "dtype"].map((name) => url.searchParams.get(name)), ["mnist", "4", "conv1", "f16"]);
  assert.equal(init.body, '{"pixels":[[0,1]]}');
  assert.deepEqual([trace.label, trace.model, trace.iterations, trace.milliseconds], [7, "mnist", 4, 3.5]);
  assert.equal(trace.coupling_coefficients.length, 4 * 11520);
  assert.equal(trace.lengths[0], Object.keys(shapesOf(4)).indexOf("lengths"));
});

test("a picture travels as a PNG", async () => {
  const asked = answering(() => new Response(bodyOf({ votes: [1152, 10, 16] })));
  const picture = new Blob(["ink"]);
  const votes = await fetchVotes(picture, { model: "" });
  assert.equal(votes.length, 1152 * 160);
  assert.equal(asked[0].init.body, picture);
  assert.deepEqual(asked[0].init.headers, { "Content-Type": "image/png" });
  assert.ok(!asked[0].url.searchParams.has("model")); // the server's default
});

test("interventions travel in a form beside the drawing, and the trace keeps them", async () => {
  const asked = answering(() => new Response(bodyOf(shapesOf(3))));
  const interventions = { ...NO_INTERVENTIONS, types: [4], positions: [13], uniform: true };
  const trace = await fetchTrace([[0, 1]], { model: "", iterations: 3, interventions });
  const plain = await fetchTrace([[0, 1]], { model: "", iterations: 3 });
  assert.equal(trace.interventions, interventions);
  assert.ok(!("interventions" in plain));
  assert.equal(asked[1].init.body, '{"pixels":[[0,1]]}');
  const form = /** @type {FormData} */ (asked[0].init.body);
  const [drawing, changes] = ["drawing", "interventions"].map((name) => /** @type {File} */ (form.get(name)));
  assert.deepEqual([drawing.type, changes.type], ["application/json", "application/json"]);
  assert.equal(await drawing.text(), '{"pixels":[[0,1]]}');
  assert.deepEqual(JSON.parse(await changes.text()), {
    silence: { capsules: [], types: [4], positions: [[2, 1]] }, couplings: [], logits: [], uniform: true,
  });
});

test("a picture in a form is a PNG", async () => {
  const asked = answering(() => new Response(bodyOf({ votes: [1152, 10, 16] })));
  await fetchVotes(new Blob(["ink"]), { model: "", interventions: { ...NO_INTERVENTIONS, uniform: true } });
  const drawing = /** @type {File} */ (/** @type {FormData} */ (asked[0].init.body).get("drawing"));
  assert.deepEqual([drawing.type, await drawing.text()], ["image/png", "ink"]);
});

test("filters that are not set are not sent", async () => {
  const asked = answering(() => Response.json({ digits: [], page: 0, pages: 0, count: 0 }));
  await fetchDigits({ model: "mnist", label: 0, misclassified: undefined, page: 0 });
  assert.equal(asked[0].url.search, "?model=mnist&label=0&page=0");
});

test("a refusal carries the server's code and words", async () => {
  answering(() => Response.json({ error: { code: "blank", message: "The drawing is blank." } }, { status: 422 }));
  await assert.rejects(fetchTrace([[0]], { model: "", iterations: 3 }), (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.code, error.message, error.status], ["blank", "The drawing is blank.", 422]);
    return true;
  });
});

test("a refusal that is no JSON is an error all the same", async () => {
  answering(() => new Response("<html>", { status: 502, statusText: "Bad Gateway" }));
  await assert.rejects(fetchTrace([[0]], { model: "", iterations: 3 }), { code: "unknown", message: "Bad Gateway", status: 502 });
});

test("an answer that breaks off is being offline; one that is no JSON is not", async () => {
  const broken = () => new ReadableStream({ start: (stream) => stream.error(new TypeError("network error")) });
  answering(() => new Response(broken()));
  await assert.rejects(fetchTrace([[0]], { model: "", iterations: 3 }), OfflineError);
  await assert.rejects(fetchDigits({ model: "" }), OfflineError);
  answering(() => new Response("<html>"));
  await assert.rejects(fetchDigits({ model: "" }), SyntaxError);
});

test("no answer is being offline; being aborted is not", async () => {
  globalThis.fetch = () => Promise.reject(new TypeError("refused"));
  await assert.rejects(fetchTrace([[0]], { model: "", iterations: 3 }), OfflineError);
  assert.equal(await isAlive(), false);
  globalThis.fetch = () => Promise.reject(new DOMException("gone", "AbortError"));
  await assert.rejects(fetchTrace([[0]], { model: "", iterations: 3 }), { name: "AbortError" });
});

test("a server that answers is alive", async () => {
  answering(() => Response.json({ status: "ok" }));
  assert.equal(await isAlive(), true);
});

test("784 numbers are 28 rows", () => {
  const rows = toRows(Float32Array.from({ length: 784 }, (_, k) => k));
  assert.deepEqual([rows.length, rows[0].length, rows[1][0], rows[27][27]], [28, 28, 28, 783]);
});

test("an answer that does not come in time is none, and calling off stays what it is", async (context) => {
  globalThis.fetch = (_path, init) =>
    new Promise((_resolve, reject) => {
      const stop = () => reject(init?.signal?.reason);
      if (init?.signal?.aborted) stop();
      else init?.signal?.addEventListener("abort", stop);
    });
  const late = new AbortController();
  context.mock.method(AbortSignal, "timeout", () => late.signal);
  const waiting = assert.rejects(fetchTrace([[0, 1]], { model: "", iterations: 3 }), OfflineError);
  late.abort(new DOMException("too late", "TimeoutError"));
  await waiting;
  context.mock.restoreAll();
  const off = new AbortController();
  const called = assert.rejects(fetchTrace([[0, 1]], { model: "", iterations: 3 }, off.signal), { name: "AbortError" });
  off.abort();
  await called;
});
