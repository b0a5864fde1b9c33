/** The study of fewer digits: asked for once, and known to be missing where it is. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../../static/js/shell/errors.js";
import { fewerDigitsNow } from "../../../../static/js/state/view/fewer-digits.js";
import { troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { studyOf } from "../../capsules/few.js";
import { makePage } from "./page.js";

test("the study is asked for once", async () => {
  const study = studyOf({ capsnet: { 10: [500] } });
  let asked = 0;
  const { store, actions } = makePage({ fetchFewerDigits: async () => (asked++, study) });
  assert.equal(fewerDigitsNow(store.get()), null);
  await Promise.all([actions.needFewerDigits(), actions.needFewerDigits()]);
  assert.equal(await actions.needFewerDigits(), 0);
  assert.equal(asked, 1);
  assert.equal(fewerDigitsNow(store.get()), study);
});

test("where nothing was measured, that is known and not asked again", async () => {
  let asked = 0;
  const { store, actions } = makePage({ fetchFewerDigits: async () => (asked++, null) });
  await actions.needFewerDigits();
  await actions.needFewerDigits();
  assert.equal(asked, 1);
  assert.equal(store.get().fewerDigits, "unmeasured");
  assert.equal(fewerDigitsNow(store.get()), null);
});

test("what fails is told, and is not taken for a missing study", async () => {
  const refusal = new ApiError("internal_error", "The server failed.", 500);
  const { store, actions } = makePage({ fetchFewerDigits: () => Promise.reject(refusal) });
  await actions.needFewerDigits();
  assert.equal(troubleOf(store.get(), "fewer-digits"), "The server failed.");
  assert.equal(store.get().fewerDigits, null);
});
