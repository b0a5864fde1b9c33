import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchDigits, fetchSweep, fetchTrace, fetchVotes, isAlive } from "../../../static/js/api/client.js";
import { drawingOf, toRows } from "../../../static/js/api/drawing.js";
import { ApiError, BusyError, OfflineError, isPassing, reasonOf } from "../../../static/js/shell/errors.js";
import { NO_INTERVENTIONS } from "../../../static/js/capsules/interventions.js";
import { packTensors } from "../bodies.js";
import { standAt } from "../documents.js";
import { PAPER, PAPER_CARD, SMALL, SMALL_CARD } from "../cards.js";

standAt("http://localhost/");

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
    const data = name === "conv1" ? new Uint8Array(count) : new Float32Array(count);
    return [name, { shape, data: data.fill(k) }];
  });
  const metadata = { label: "7", model: "mnist", milliseconds: "3.5", "conv1.scale": "0.5" };
  return packTensors(Object.fromEntries(filled), metadata);
}

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

test("a trace is asked for with the maps of Conv1, and decoded", async () => {
  const asked = answering(() => new Response(bodyOf(shapesOf(4))));
  const trace = await fetchTrace([[0, 1]], { card: PAPER_CARD, iterations: 4 });
  const [{ url, init }] = asked;
  assert.equal(url.pathname, "/api/trace");
  assert.deepEqual(
    ["model", "iterations", "include", "dtype"].map((name) => url.searchParams.get(name)),
    ["mnist", "4", "conv1", "f16"],
  );
  assert.equal(init.body, '{"pixels":[[0,1]]}');
  assert.deepEqual([trace.label, trace.model, trace.iterations, trace.milliseconds], [7, "mnist", 4, 3.5]);
  assert.equal(trace.coupling_coefficients.length, 4 * 11520);
  assert.deepEqual([trace.geometry, trace.classNames], [PAPER, PAPER_CARD.class_names]);
  assert.deepEqual([trace.conv1.length, trace.conv1Scale], [102400, 0.5]);
  assert.equal(trace.conv1[0], Object.keys(shapesOf(4)).indexOf("conv1"));
  assert.equal(trace.lengths[0], Object.keys(shapesOf(4)).indexOf("lengths"));
});

test("a sweep says which layer moves along which axis, and against which classes", async () => {
  const asked = answering(() => new Response(bodyOf({ offsets: [17], lengths: [17, 10], errors: [17, 2] })));
  const question = { model: "pairs", geometry: PAPER, iterations: 3, layer: /** @type {const} */ (0) };
  const sweep = await fetchSweep({ layers: [{ offset: [0, 1] }] }, { ...question, axis: "down", labels: "3,8" });
  const [{ url, init }] = asked;
  assert.equal(url.pathname, "/api/sweep");
  assert.deepEqual(
    ["model", "iterations", "layer", "axis", "labels"].map((name) => url.searchParams.get(name)),
    ["pairs", "3", "0", "down", "3,8"],
  );
  assert.equal(init.body, '{"layers":[{"offset":[0,1]}]}');
  assert.deepEqual([sweep.offsets.length, sweep.lengths.length, sweep.errors.length], [17, 170, 34]);
  assert.deepEqual([sweep.offsets[0], sweep.lengths[0], sweep.errors[0]], [0, 1, 2]);
});

test("a picture travels as a PNG", async () => {
  const asked = answering(() => new Response(bodyOf({ votes: [1152, 10, 16] })));
  const picture = new Blob(["ink"]);
  const votes = await fetchVotes(picture, { model: "", geometry: PAPER });
  assert.equal(votes.length, 1152 * 160);
  assert.equal(asked[0].init.body, picture);
  assert.deepEqual(asked[0].init.headers, { "Content-Type": "image/png" });
  assert.ok(!asked[0].url.searchParams.has("model")); // the server's default
});

test("interventions travel in a form beside the drawing, and the trace keeps them", async () => {
  const asked = answering(() => new Response(bodyOf(shapesOf(3))));
  const interventions = { ...NO_INTERVENTIONS, types: [4], positions: [13], uniform: true };
  const trace = await fetchTrace([[0, 1]], { card: PAPER_CARD, iterations: 3, interventions });
  const plain = await fetchTrace([[0, 1]], { card: PAPER_CARD, iterations: 3 });
  assert.equal(trace.interventions, interventions);
  assert.ok(!("interventions" in plain));
  assert.equal(asked[1].init.body, '{"pixels":[[0,1]]}');
  const form = /** @type {FormData} */ (asked[0].init.body);
  const [drawing, changes] = ["drawing", "interventions"].map((name) => /** @type {File} */ (form.get(name)));
  assert.deepEqual([drawing.type, changes.type], ["application/json", "application/json"]);
  assert.equal(await drawing.text(), '{"pixels":[[0,1]]}');
  assert.deepEqual(JSON.parse(await changes.text()), {
    silence: { capsules: [], types: [4], positions: [[2, 1]] },
    couplings: [],
    logits: [],
    uniform: true,
  });
});

test("a picture in a form is a PNG", async () => {
  const asked = answering(() => new Response(bodyOf({ votes: [1152, 10, 16] })));
  await fetchVotes(new Blob(["ink"]), {
    model: "",
    geometry: PAPER,
    interventions: { ...NO_INTERVENTIONS, uniform: true },
  });
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
  await assert.rejects(fetchTrace([[0]], { card: PAPER_CARD, iterations: 3 }), (error) => {
    assert.ok(error instanceof ApiError);
    assert.deepEqual([error.code, error.message, error.status], ["blank", "The drawing is blank.", 422]);
    return true;
  });
});

test("a refusal that is not ours in form is told in a sentence", async () => {
  for (const body of ["<html>", "", "{}", '{"message": "no"}', '{"error": "no"}', "null"]) {
    answering(() => new Response(body, { status: 403, statusText: "Forbidden" }));
    await assert.rejects(fetchTrace([[0]], { card: PAPER_CARD, iterations: 3 }), {
      code: "unknown",
      message: "The server refused this (status 403).",
      status: 403,
    });
  }
});

for (const [status, kind] of /** @type {[number, typeof OfflineError][]} */ ([
  [429, BusyError],
  [502, OfflineError],
  [503, BusyError],
  [504, OfflineError],
])) {
  test(`a ${status} passes, whatever it says, and is asked again when it says`, async () => {
    for (const body of [
      "<html>Bad Gateway</html>",
      "",
      '{"message": "busy"}',
      '{"error": {"code": "x", "message": "y"}}',
    ]) {
      answering(() => new Response(body, { status, statusText: "Bad Gateway", headers: { "Retry-After": "1.5" } }));
      await assert.rejects(fetchTrace([[0]], { card: PAPER_CARD, iterations: 3 }), (error) => {
        assert.ok(error instanceof kind && isPassing(error));
        assert.equal(error.waitMs, 1500);
        assert.match(reasonOf(error), /^The server [a-z ]+\.$/);
        return true;
      });
    }
  });
}

test("an answer that breaks off is being offline, and so is one that another gave in the server's place", async () => {
  const broken = () => new ReadableStream({ start: (stream) => stream.error(new TypeError("network error")) });
  for (const answer of [
    () => new Response(broken()),
    () => new Response("<html>Please log in</html>", { headers: { "Content-Type": "text/html" } }),
    () => new Response(""),
    () => Response.json({ something: "else" }),
    () => Response.json(null),
  ]) {
    answering(answer);
    await assert.rejects(fetchTrace([[0]], { card: PAPER_CARD, iterations: 3 }), OfflineError);
    await assert.rejects(fetchDigits({ model: "" }), OfflineError);
    assert.equal(await isAlive(), false);
  }
});

test("no answer is being offline; being aborted is not", async () => {
  globalThis.fetch = () => Promise.reject(new TypeError("refused"));
  await assert.rejects(fetchTrace([[0]], { card: PAPER_CARD, iterations: 3 }), OfflineError);
  assert.equal(await isAlive(), false);
  globalThis.fetch = () => Promise.reject(new DOMException("gone", "AbortError"));
  await assert.rejects(fetchTrace([[0]], { card: PAPER_CARD, iterations: 3 }), { name: "AbortError" });
});

test("a server that answers is alive", async () => {
  answering(() => Response.json({ status: "ok" }));
  assert.equal(await isAlive(), true);
});

test("positions travel as rows and columns of the network's own grid", async () => {
  const asked = answering(() => new Response(bodyOf({ votes: [288, 7, 8] })));
  const interventions = { ...NO_INTERVENTIONS, positions: [13] };
  await fetchVotes([[0, 1]], { model: SMALL_CARD.name, geometry: SMALL, interventions });
  const changes = /** @type {File} */ (/** @type {FormData} */ (asked[0].init.body).get("interventions"));
  assert.deepEqual(JSON.parse(await changes.text()).silence.positions, [[2, 1]]); // 6 to a row
});

test("pixels are sent row by row, between 0 and 1", async () => {
  const rows = toRows(Uint8Array.of(0, 51, 102, 153, 204, 255), 3);
  assert.deepEqual(rows, [
    [0, 0.2, 0.4],
    [0.6, 0.8, 1],
  ]);
  const drawing = await drawingOf(SMALL, { kind: "pixels", pixels: new Uint8Array(24 * 28).fill(255), width: 28 }, 0);
  assert.ok(Array.isArray(drawing) && drawing.length === 24 && drawing[23].length === 28 && drawing[23][27] === 1);
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
  const waiting = assert.rejects(fetchTrace([[0, 1]], { card: PAPER_CARD, iterations: 3 }), OfflineError);
  late.abort(new DOMException("too late", "TimeoutError"));
  await waiting;
  context.mock.restoreAll();
  const off = new AbortController();
  const called = assert.rejects(fetchTrace([[0, 1]], { card: PAPER_CARD, iterations: 3 }, off.signal), {
    name: "AbortError",
  });
  off.abort();
  await called;
});

test("behind a path of its own, or from a room a folder deeper, the same server is asked", async () => {
  for (const [page, root] of [
    ["http://localhost/proxy/8000/", "./"],
    ["http://localhost/proxy/8000/overlap/", "../"],
  ]) {
    standAt(page, root);
    const asked = answering(() => Response.json({ digits: [], page: 0, pages: 0, count: 0 }));
    await fetchDigits({ model: "mnist" });
    assert.equal(asked[0].url.href, "http://localhost/proxy/8000/api/digits?model=mnist");
  }
  standAt("http://localhost/");
});
