import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, BusyError, OfflineError } from "../../../../static/js/shell/errors.js";
import { attempt, settle, tell, troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { makePage, settled, storeOf } from "../digit/page.js";

test("what is refused for good is told until it is asked again, and what may pass is not", () => {
  const store = storeOf();
  tell(store, "masks", new OfflineError("nothing answered"));
  tell(store, "masks", new BusyError());
  assert.equal(troubleOf(store.get(), "masks"), "");
  tell(store, "masks", new ApiError("internal", "the network stumbled", 500));
  tell(store, "votes", "odd");
  assert.equal(troubleOf(store.get(), "masks"), "the network stumbled");
  assert.match(troubleOf(store.get(), "votes"), /^Something went wrong/, "no text of the browser's");
  settle(store, "masks");
  assert.equal(troubleOf(store.get(), "masks"), "");
  assert.ok(troubleOf(store.get(), "votes"));
});

test("settling what was no trouble changes nothing", () => {
  const store = storeOf();
  const before = store.get();
  settle(store, "planes");
  assert.equal(store.get(), before);
});

test("a measurement that is refused is told by its name, and is forgotten with the next trace", async () => {
  const refuse = () => Promise.reject(new ApiError("internal", "the network stumbled", 500));
  const { store, actions } = makePage({ fetchGauge: refuse, fetchDimensions: refuse, fetchIterationStudy: refuse });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  await actions.needStudy();
  for (const name of ["gauge", "dimensions", "study"]) {
    assert.equal(troubleOf(store.get(), name), "the network stumbled", name);
  }
  actions.clear();
  assert.deepEqual(store.get().troubles, {});
});

test("neither the answer nor the failure counts of what the page no longer shows", async () => {
  const store = storeOf();
  const gone = { isWanted: () => false, take: () => assert.fail("taken") };
  const refusal = new ApiError("internal", "the network stumbled", 500);
  assert.equal(await attempt(store, { name: "masks" }, async () => 1, gone), 0);
  assert.equal(await attempt(store, { name: "masks" }, () => Promise.reject(refusal), gone), 0);
  assert.equal(troubleOf(store.get(), "masks"), "");
});
