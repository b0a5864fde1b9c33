import assert from "node:assert/strict";
import { test } from "node:test";
import { joinFragment, splitFragment } from "../../../static/js/shell/fragment.js";

for (const [fragment, figure, state] of [
  ["", "", ""],
  ["#", "", ""],
  ["#votes", "votes", ""],
  ["#votes&", "votes", ""],
  ["#how-many&digit=3&class=2", "how-many", "digit=3&class=2"],
  ["#digit=3&class=2", "", "digit=3&class=2"],
  ["votes&digit=3", "votes", "digit=3"],
  ["#&votes&&digit=3", "votes", "digit=3"],
  ["#Votes&digit=3", "", "Votes&digit=3"],
  ["#digit=3&votes", "", "digit=3&votes"],
]) {
  test(`“${fragment}” is the figure “${figure}” and the state “${state}”`, () =>
    assert.deepEqual(splitFragment(fragment), { figure, state }));
}

test("what is joined is split into the same", () => {
  for (const [figure, state] of [
    ["votes", "digit=3"],
    ["votes", ""],
    ["", "digit=3"],
    ["", ""],
  ]) {
    assert.deepEqual(splitFragment(joinFragment(figure, state)), { figure, state });
  }
});
