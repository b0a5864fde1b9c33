import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { isPassing } from "../../../static/js/shell/errors.js";
import { standAt } from "../documents.js";
import { openDials, packDialRequest, unpackDialAnswer } from "../../../static/js/api/dials.js";

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

/** A WebSocket that the test answers. */
class FakeSocket {
  static OPEN = 1;
  /** @type {FakeSocket[]} */
  static opened = [];
  readyState = 0;
  /** @type {ArrayBuffer[]} */
  sent = [];
  onmessage = (/** @type {{data: unknown}} */ _event) => {};
  onclose = () => {};

  /** @param {string} url */
  constructor(url) {
    this.url = url;
    FakeSocket.opened.push(this);
  }

  /** @param {ArrayBuffer} frame */
  send(frame) {
    this.sent.push(frame);
  }

  close() {
    this.readyState = 3;
  }

  open() {
    this.readyState = FakeSocket.OPEN;
  }

  drop() {
    this.readyState = 3;
    this.onclose();
  }

  /** Answer the k-th request with a picture of one grey. @param {number} k @param {number} grey */
  answer(k, grey) {
    const frame = new ArrayBuffer(8 + 4 * 784);
    const view = new DataView(frame);
    view.setUint32(0, new DataView(this.sent[k]).getUint32(0, true), true);
    for (let p = 0; p < 784; p++) view.setFloat32(8 + 4 * p, grey, true);
    this.onmessage({ data: frame });
  }
}

/** @type {{pose: number, arrive: (grey: number) => void}[]} */
let posts = [];

beforeEach(() => {
  FakeSocket.opened = [];
  posts = [];
  standAt("http://here/");
  Object.assign(globalThis, {
    WebSocket: FakeSocket,
    fetch: (/** @type {string} */ _path, /** @type {{body: string}} */ init) =>
      new Promise((resolve) => {
        const arrive = (/** @type {number} */ grey) => resolve(new Response(picture(grey)));
        posts.push({ pose: JSON.parse(init.body).poses[0][0], arrive });
      }),
  });
});

/** A safetensors body with one picture of one grey. @param {number} grey */
function picture(grey) {
  const header = new TextEncoder().encode(
    JSON.stringify({ reconstructions: { dtype: "F32", shape: [1, 28, 28], data_offsets: [0, 3136] } }).padEnd(96),
  );
  const body = new Uint8Array(8 + header.length + 3136);
  new DataView(body.buffer).setBigUint64(0, BigInt(header.length), true);
  body.set(header, 8);
  body.set(new Uint8Array(new Float32Array(784).fill(grey).buffer), 8 + header.length);
  return body;
}

function makeDials() {
  /** @type {number[]} */
  const shown = [];
  /** @type {string[]} */
  const failed = [];
  /** @type {unknown[]} */
  const failures = [];
  const dials = openDials(
    (reconstruction) => shown.push(reconstruction[0]),
    (error) => {
      failures.push(error);
      failed.push(String(error));
    },
  );
  const turn = (/** @type {number} */ to) =>
    dials.send({ pose: new Float32Array(16).fill(to), label: 7, model: "mnist", pixels: 784 });
  return { shown, failed, failures, turn, dials };
}

test("a request is 72 bytes: sequence, label, pose", () => {
  const pose = Float32Array.from({ length: 16 }, (_, d) => d / 16);
  const view = new DataView(packDialRequest({ pose, label: 3, model: "", pixels: 784 }, 0x01020304));
  assert.equal(view.byteLength, 72);
  assert.deepEqual(
    [view.getUint32(0, true), view.getUint32(4, true), view.getFloat32(8 + 4 * 5, true)],
    [0x01020304, 3, 5 / 16],
  );
});

test("an answer of another size is refused", () => {
  assert.throws(() => unpackDialAnswer(new ArrayBuffer(3143), 784), RangeError);
});

test("until the socket is open the dials go by POST, and its late answers do not replace the socket's", async () => {
  const { shown, turn } = makeDials();
  turn(1);
  await settled();
  assert.deepEqual(
    posts.map(({ pose }) => pose),
    [1],
  );
  const [socket] = FakeSocket.opened;
  assert.equal(socket.url, "ws://here/api/dials?model=mnist");
  socket.open();
  turn(2);
  socket.answer(0, 0.25);
  posts[0].arrive(0.75);
  await settled();
  await settled();
  assert.deepEqual(shown, [0.25]);
});

test("while one request is under way only the newest waits", () => {
  const { shown, turn } = makeDials();
  turn(0);
  const [socket] = FakeSocket.opened;
  socket.open();
  for (const to of [1, 2, 3]) turn(to);
  assert.equal(socket.sent.length, 1);
  socket.answer(0, 0.125);
  assert.equal(socket.sent.length, 2);
  assert.equal(new DataView(socket.sent[1]).getFloat32(8, true), 3);
  socket.answer(1, 0.5);
  assert.deepEqual(shown, [0.125, 0.5]);
});

test("an answer to an older request is never shown", () => {
  const { shown, turn } = makeDials();
  turn(0);
  const [socket] = FakeSocket.opened;
  socket.open();
  turn(1);
  socket.answer(0, 0.125);
  turn(2);
  socket.answer(0, 0.875); // the first once more, late
  assert.deepEqual(shown, [0.125]);
});

test("a socket that drops leaves its request to POST", async () => {
  const { shown, turn } = makeDials();
  turn(0);
  const [socket] = FakeSocket.opened;
  socket.open();
  turn(4);
  socket.drop();
  await settled();
  assert.equal(posts.at(-1)?.pose, 4);
  posts.at(-1)?.arrive(0.5);
  await settled();
  await settled();
  assert.deepEqual(shown, [0.5]);
});

test("another model gets a socket of its own", () => {
  const { turn, dials } = makeDials();
  turn(0);
  dials.send({ pose: new Float32Array(16), label: 1, model: "other", pixels: 784 });
  assert.deepEqual(
    FakeSocket.opened.map(({ url }) => url.split("=")[1]),
    ["mnist", "other"],
  );
  assert.equal(FakeSocket.opened[0].readyState, 3);
});

test("a dial of the first model that was under way holds up none of the second", () => {
  const { shown, turn, dials } = makeDials();
  turn(0);
  FakeSocket.opened[0].open();
  turn(1);
  const other = { pose: new Float32Array(16), label: 1, model: "other", pixels: 784 };
  dials.send(other);
  const [first, second] = FakeSocket.opened;
  second.open();
  dials.send(other);
  assert.equal(second.sent.length, 1);
  first.answer(0, 0.25);
  second.answer(0, 0.5);
  assert.deepEqual(shown, [0.5]);
});

test("a cancelled request is not answered, and the next one is", () => {
  const { shown, turn, dials } = makeDials();
  turn(0);
  const [socket] = FakeSocket.opened;
  socket.open();
  turn(1);
  dials.cancel();
  socket.answer(0, 0.25);
  assert.deepEqual(shown, []);
  turn(2);
  socket.answer(1, 0.5);
  assert.deepEqual(shown, [0.5]);
});

test("a socket that dropped is opened again a second later, not at every turn", (context) => {
  let now = performance.now();
  context.mock.method(performance, "now", () => now);
  const { turn } = makeDials();
  turn(0);
  FakeSocket.opened[0].drop();
  turn(1);
  assert.equal(FakeSocket.opened.length, 1);
  now += 1001;
  turn(2);
  assert.equal(FakeSocket.opened.length, 2);
  FakeSocket.opened[1].open();
  turn(3);
  assert.equal(FakeSocket.opened[1].sent.length, 1);
});

test("an error in words is told of, and the dial that waits is sent", () => {
  const { failed, turn } = makeDials();
  turn(0);
  const [socket] = FakeSocket.opened;
  socket.open();
  turn(1);
  turn(2);
  socket.onmessage({ data: JSON.stringify({ error: { code: "not_finite", message: "The pose is not finite." } }) });
  assert.deepEqual(failed, ["Error: The pose is not finite."]);
  assert.equal(socket.sent.length, 2);
});

test("an error says whether it passes, and that of a request that was forgotten is not heard", () => {
  const { dials, shown, failures, turn } = makeDials();
  turn(0);
  const [socket] = FakeSocket.opened;
  socket.open();
  turn(1);
  const refuse = (/** @type {number} */ k) => {
    const sequence = new DataView(socket.sent[k]).getUint32(0, true);
    socket.onmessage({
      data: JSON.stringify({ error: { code: "overloaded", message: "busy", status: 503, sequence } }),
    });
  };
  dials.cancel();
  turn(2);
  refuse(0);
  assert.deepEqual(failures, []);
  socket.answer(1, 0.5);
  assert.deepEqual(shown, [0.5]);
  turn(3);
  refuse(2);
  assert.deepEqual(failures.map(isPassing), [true]);
});

test("without any server a dial fails", async () => {
  globalThis.fetch = () => Promise.reject(new TypeError("refused"));
  const { failed, turn } = makeDials();
  turn(1);
  await settled();
  assert.equal(failed.length, 1);
});

test("a socket that has gone silent is given up: its request goes by POST, and the next opens another", async (context) => {
  const { shown, turn } = makeDials();
  turn(0);
  const [socket] = FakeSocket.opened;
  socket.open();
  context.mock.timers.enable({ apis: ["setTimeout"] });
  posts.length = 0;
  turn(1);
  socket.answer(0, 0.125);
  context.mock.timers.tick(60_000);
  assert.equal(posts.length, 0, "one that owes nothing may be silent");
  socket.answer(0, 0.75); // once more, to a request that was answered: nothing is owed less for that
  turn(2);
  turn(3);
  socket.answer(0, 0.75);
  context.mock.timers.tick(5000);
  context.mock.timers.reset();
  assert.equal(socket.readyState, 3);
  assert.deepEqual(
    posts.map(({ pose }) => pose),
    [3],
    "the newest, once",
  );
  posts[0].arrive(0.5);
  await settled();
  await settled();
  assert.deepEqual(shown, [0.125, 0.5]);
});
