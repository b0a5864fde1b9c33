import assert from "node:assert/strict";
import { test } from "node:test";
import { replaced, without } from "../../../static/js/shell/arrays.js";

test("one place is replaced, counted from either end, and the array stays as it was", () => {
  const array = [1, 2, 3];
  assert.deepEqual(
    [replaced(array, 0, 9), replaced(array, -1, 9), array],
    [
      [9, 2, 3],
      [1, 2, 9],
      [1, 2, 3],
    ],
  );
});

test("one place is left out", () => {
  const array = [1, 2, 3];
  assert.deepEqual(
    [without(array, 1), array],
    [
      [1, 3],
      [1, 2, 3],
    ],
  );
});
