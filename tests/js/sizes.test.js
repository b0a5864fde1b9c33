/** No script knows the size of a network: sizes come from the geometry of a model's card. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../static/js/", import.meta.url);
const LINES = readdirSync(ROOT, { recursive: true })
  .map((path) => String(path).replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".js"))
  .flatMap((path) =>
    readFileSync(new URL(path, ROOT), "utf8")
      .split("\n")
      .map((line, k) => ({ at: `${path}:${k + 1}`, path, line })),
  );

/** Numbers that are the paper's sizes, and nothing else where they stand in a script. */
const SIZES = /1,?152|11,?520|(?<![\d.])(28|36)(?![\d.])/;
/** Loops and lists over ten classes or sixteen dimensions. */
const COUNTS = /length: (10|16)\b|<=? (10|16)\b(?!\))|Array\((10|16)\)|subarray\(-?(10|16)\)/;
/** The same in words. */
const WORDS =
  /\b(ten|sixteen|thirty-two) (classes|class|capsules|digits|dials|lengths|maps|masks|numbers|rows|types|votes)/i;

/** What these numbers mean elsewhere. @type {Record<string, string>} */
const ALLOWED = {
  "charts/curves.js": "MARGIN = { left: 36", // CSS pixels
  "charts/gauge.js": "COLUMNS = 36", // columns of dots
};

/** @param {RegExp} pattern */
const found = (pattern) =>
  LINES.filter(({ path, line }) => pattern.test(line) && !(ALLOWED[path] && line.includes(ALLOWED[path]))).map(
    ({ at, line }) => `${at} ${line.trim()}`,
  );

test("there are scripts to look at", () => assert.ok(LINES.length > 5000));

test("no script holds a size of the paper's network", () => assert.deepEqual(found(SIZES), []));

test("no script counts to ten classes or sixteen dimensions", () => assert.deepEqual(found(COUNTS), []));

test("no script says a size in words", () => assert.deepEqual(found(WORDS), []));

test("the patterns find what they are for", () => {
  for (const line of ["1152", "the 11,520 links", "side = 28;", "i < 36"]) assert.match(line, SIZES);
  for (const line of ["0.36", "PAD_PIXELS = 280", "1/128", "3.28"]) assert.doesNotMatch(line, SIZES);
  for (const line of ["Array.from({ length: 10 }", "label < 10;", "new Array(16)"]) assert.match(line, COUNTS);
  assert.match("gives all ten classes the same", WORDS);
});

test("what is allowed is still there", () => {
  for (const [path, text] of Object.entries(ALLOWED)) {
    assert.ok(
      LINES.some((line) => line.path === path && line.line.includes(text)),
      `${path}: ${text}`,
    );
  }
});
