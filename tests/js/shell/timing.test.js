import assert from "node:assert/strict";
import { test } from "node:test";
import { mark, measure } from "../../../static/js/shell/timing.js";

test("what the page notes of its speed does not grow without end", () => {
  for (let k = 0; k < 2500; k++) {
    mark("test-asked");
    measure("test-answered", "test-asked");
    measure("test-drawn", { start: 0 });
  }
  assert.equal(performance.getEntriesByName("test-asked").length, 1);
  for (const name of ["test-answered", "test-drawn"]) {
    const { length } = performance.getEntriesByName(name, "measure");
    assert.ok(length > 0 && length <= 1000, String(length));
  }
});
