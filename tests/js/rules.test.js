/** The few import rules that matter. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";

const ROOT = new URL("../../static/js/", import.meta.url);
const FILES = readdirSync(ROOT, { recursive: true })
  .map((path) => String(path).replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".js"))
  .map((path) => ({ path, text: readFileSync(new URL(path, ROOT), "utf8") }));

/** What a folder's files may import from, besides itself. @type {Record<string, string[]>} */
const MAY_IMPORT = {
  lib: [],
  api: ["lib"],
  layout: ["lib"],
  draw: ["lib", "layout"],
  state: ["lib"],
  export: ["lib", "draw"],
  gl: ["lib", "layout"],
  views: ["lib", "layout", "draw", "gl", "export", "state"],
};

/** @param {string} text */
const importsOf = (text) => [...text.matchAll(/^import [^;]*from "([^"]+)";|\bawait import\("([^"]+)"\)/gm)].map(([, from, later]) => from ?? later);

for (const [folder, allowed] of Object.entries(MAY_IMPORT)) {
  test(`${folder} imports only ${["itself", ...allowed].join(", ")}`, () => {
    const files = FILES.filter(({ path }) => path.startsWith(`${folder}/`));
    assert.ok(files.length);
    for (const { path, text } of files) {
      for (const from of importsOf(text)) {
        const target = new URL(from, new URL(path, ROOT)).href.slice(ROOT.href.length).split("/")[0];
        assert.ok([folder, ...allowed].includes(target), `${path} imports ${from}`);
      }
    }
  });
}

test("only one file fetches, and only one opens a WebSocket", () => {
  const users = (/** @type {RegExp} */ pattern) => FILES.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
  assert.deepEqual(users(/\bfetch\(/), ["api/client.js"]);
  assert.deepEqual(users(/new WebSocket\(/), ["api/dials.js"]);
});

test("nothing is imported from elsewhere", () => {
  for (const { path, text } of FILES) for (const from of importsOf(text)) assert.match(from, /^\.{1,2}\//, path);
});

test("no two modules import each other in a circle", () => {
  const imports = new Map(
    FILES.map(({ path, text }) => [path, importsOf(text).map((from) => new URL(from, new URL(path, ROOT)).href.slice(ROOT.href.length))]),
  );
  /** @type {Set<string>} */
  const done = new Set();
  /** @param {string} path @param {string[]} way */
  function follow(path, way) {
    assert.ok(!way.includes(path), [...way, path].join(" > "));
    if (done.has(path)) return;
    for (const imported of imports.get(path) ?? assert.fail(`${way.at(-1)} imports ${path}, which is not there`)) follow(imported, [...way, path]);
    done.add(path);
  }
  for (const path of imports.keys()) follow(path, []);
});
