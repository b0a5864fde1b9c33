import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError, OfflineError } from "../../../static/js/lib/errors.js";
import { INITIAL } from "../../../static/js/state/initial.js";
import { createStore } from "../../../static/js/state/store.js";
import { settle, tell } from "../../../static/js/state/troubles.js";

test("what is refused for good is told until it is asked again, and what may pass is not", () => {
  const store = createStore(INITIAL, () => {});
  tell(store, "masks", new OfflineError("nothing answered"));
  tell(store, "masks", new ApiError("overloaded", "too many wait", 503));
  assert.deepEqual(store.get().troubles, {});
  tell(store, "masks", new ApiError("internal", "the network stumbled", 500));
  tell(store, "votes", "odd");
  assert.deepEqual(store.get().troubles, { masks: "the network stumbled", votes: "odd" });
  settle(store, "masks");
  assert.deepEqual(store.get().troubles, { votes: "odd" });
});

test("settling what was no trouble changes nothing", () => {
  const store = createStore(INITIAL, () => {});
  const before = store.get();
  settle(store, "planes");
  assert.equal(store.get(), before);
});
