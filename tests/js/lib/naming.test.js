import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { isSlight, restsOn, slightness, titleOf } from "../../../static/js/lib/naming.js";

/** @param {Record<string, number>} rs by measure */
const evidence = (rs) => Object.entries(rs).map(([measure, r]) => ({ measure, r, unit: "px", slope: 1, share: 0.6, values: [] }));

/** @param {string | null} measure @param {Record<string, number>} rs @param {string} [name] */
const text = (measure, rs, name = "a name") =>
  restsOn({ name, measure, strength: measure === null ? null : Math.abs(rs[measure]), evidence: evidence(rs) });

test("a name that rests on the measure that follows most closely needs no excuse", () => {
  assert.equal(text("width", { width: -0.95, area: 0.9 }), "The name rests on the width, |r| = 0.95.");
});

test("where another measure follows more closely the text says so, and why the name is not after it", () => {
  assert.match(text("width", { width: 0.87, area: -0.94 }), /width, \|r\| = 0\.87\. The amount of ink follows it more closely, \|r\| = 0\.94, but ink /);
  assert.match(text("slant", { slant: 0.82, x: 0.91 }), /The shift to the side .* 0\.91, but it comes with any change of shape/);
  assert.match(text("x", { x: 0.84, slant: -0.93 }), /The slant .* 0\.93, but alone would make less/);
  assert.match(text("x", { x: 0.84, y: 0.9 }), /The shift up or down .* but alone would make less/);
});

test("a name after a place says that no measure suffices, and what changes nothing needs no reason", () => {
  assert.match(text(null, { area: 0.97 }), /^No measure of shape both follows/);
  assert.equal(text(null, { area: 0.2 }, "no visible effect"), "");
});

test("an effect on few pixels is called hard to see, and none is called none", () => {
  const [slight, plain, none] = [{ name: "slant", changed: 0.047 }, { name: "slant", changed: 0.1 }, { name: "no visible effect", changed: 0.01 }];
  assert.deepEqual([slight, plain, none].map(isSlight), [true, false, false]);
  assert.equal(slightness(slight), "; hard to see: 5 % of the pixels change over the dial");
  assert.equal(slightness(plain) + slightness(none), "");
});

test("a measure bears the same name on the page as where it was measured", () => {
  const source = readFileSync(new URL("../../../model/morphometrics.py", import.meta.url), "utf8");
  const measures = [...source.matchAll(/Measure\("(\w+)", "([^"]+)"/g)].map(([, name, title]) => [name, title]);
  assert.equal(measures.length, 9);
  for (const [name, title] of measures) assert.equal(titleOf(name), title);
});
