import assert from "node:assert/strict";
import { test } from "node:test";
import {
  NO_INTERVENTIONS, asRequest, firstLogits, inWords, isTampered, packInterventions, silencedCount, silencing, unpackInterventions,
} from "../../../static/js/lib/interventions.js";

const MANY = {
  capsules: [3, 700],
  types: [5],
  positions: [0, 15],
  couplings: [{ capsule: 40, label: 7, coupling: 0.8 }],
  logits: [{ label: 4, logit: 1.5, type: null }, { label: 4, logit: -5, type: 2 }, { label: 4, logit: 0.3, type: null, capsule: 75 }],
  uniform: true,
};

test("what is silenced in several ways is counted once", () => {
  const isSilenced = silencing(MANY);
  assert.ok([3, 700, 180, 215, 36, 15, 51].every(isSilenced));
  assert.ok(![4, 701, 179, 217].some(isSilenced));
  assert.equal(silencedCount(MANY), 2 + 36 + 2 * 31);
  assert.equal(silencedCount(NO_INTERVENTIONS), 0);
});

test("the server is told rows and columns, and no type where all are meant", () => {
  assert.deepEqual(asRequest(MANY), {
    silence: { capsules: [3, 700], types: [5], positions: [[0, 0], [2, 3]] },
    couplings: [{ capsule: 40, label: 7, coupling: 0.8 }],
    logits: [{ label: 4, logit: 1.5 }, { label: 4, logit: -5, type: 2 }, { label: 4, logit: 0.3, capsule: 75 }],
    uniform: true,
  });
});

test("of several first logits the last counts, and only for its type", () => {
  assert.equal(firstLogits(MANY, 2 * 36)[4], -5);
  assert.equal(firstLogits(MANY, 75)[4], Math.fround(0.3));
  assert.equal(firstLogits(MANY, 2 * 36 - 1)[4], 1.5);
  assert.deepEqual([...firstLogits(undefined, 0)], Array(10).fill(0));
});

test("a link holds them in few characters that need no escape", () => {
  const text = packInterventions(MANY);
  assert.equal(new URLSearchParams({ tamper: text }).toString(), `tamper=${text}`);
  assert.ok(text.length < 60, text);
  assert.deepEqual(unpackInterventions(text), MANY);
});

for (const text of ["", "x1", "c1152", "c1*5.x", "t32", "g36", "k1*1", "k1*10*5", "k1*1*101", "k1*1*60.k1*2*60", "k1*1*60.1*2*60", "k1*1*6.1*1*6", "b10*1", "b1*60", "b1*1*32", "i1*1", "i1*1*1152", `t${[...Array(32).keys()].join(".")}`, "cnothing"]) {
  test(`"${text}" holds none`, () => assert.throws(() => unpackInterventions(text), RangeError));
}

test("in words", () => {
  assert.ok(!isTampered(NO_INTERVENTIONS) && isTampered(MANY));
  assert.equal(inWords(MANY), "100 capsules silenced, 1 coupling fixed, b set for 4, no routing");
  assert.equal(inWords({ ...NO_INTERVENTIONS, capsules: [1] }), "1 capsule silenced");
});
