/** What was measured of the votes over test digits: asked once for each model that has it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../../static/js/shell/errors.js";
import { troubleOf } from "../../../../static/js/state/trace/troubles.js";
import { makePage, settled } from "../digit/page.js";
import { AGREEMENT } from "../digit/services.js";
import { MODEL, makeTrace } from "../digit/traces.js";

const { trace } = makeTrace();

test("it is asked for once, and not of a model that has none", async () => {
  let asked = 0;
  const services = {
    fetchTrace: async () => ({ ...trace }),
    fetchAgreement: async () => (asked++, { ...AGREEMENT, model: trace.model }),
  };
  const page = makePage(services);
  await page.actions.needAgreement(); // there is no drawing yet
  page.actions.look({ kind: "digit", index: 5 });
  await settled();
  await Promise.all([page.actions.needAgreement(), page.actions.needAgreement()]);
  await page.actions.needAgreement();
  assert.equal(asked, 1);
  assert.equal(page.store.get().agreementStudy?.with_v_winner, AGREEMENT.with_v_winner);
  const bare = makePage(services, { models: [{ ...MODEL, measured: [] }] });
  bare.actions.look({ kind: "digit", index: 5 });
  await settled();
  await bare.actions.needAgreement();
  assert.equal(asked, 1);
});

test("a refusal is told where it would stand", async () => {
  const { store, actions } = makePage({
    fetchTrace: async () => ({ ...trace }),
    async fetchAgreement() {
      throw new ApiError("internal", "the network stumbled", 500);
    },
  });
  actions.look({ kind: "digit", index: 5 });
  await settled();
  assert.equal(await actions.needAgreement(), 0);
  assert.equal(troubleOf(store.get(), "agreement"), "the network stumbled");
});
