/** The study of fewer digits as the server tells it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fetchFewerDigits } from "../../../static/js/api/fewer-digits.js";
import { OfflineError } from "../../../static/js/shell/errors.js";
import { studyOf } from "../capsules/few.js";
import { standAt } from "../documents.js";

standAt("http://localhost/");

/** @param {unknown} body */
const answering = (body) => (globalThis.fetch = async () => Response.json(body));

test("the study comes as it is, and null where there is none", async () => {
  const study = studyOf({ capsnet: { 10: [500] } });
  answering({ study });
  assert.deepEqual(await fetchFewerDigits(), study);
  answering({ study: null });
  assert.equal(await fetchFewerDigits(), null);
});

test("the page of somebody else is no answer", async () => {
  answering({ login: "please" });
  await assert.rejects(fetchFewerDigits(), OfflineError);
});
