/** Import rules that the linter does not check: eslint.config.js says which folder may import from which. */
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { REFLECTED } from "../../static/js/shell/substitutes.js";

const ROOT = new URL("../../static/js/", import.meta.url);
const FILES = readdirSync(ROOT, { recursive: true })
  .map((path) => String(path).replaceAll("\\", "/"))
  .filter((path) => path.endsWith(".js"))
  .map((path) => ({ path, text: readFileSync(new URL(path, ROOT), "utf8") }));

/** @param {string} text */
const importsOf = (text) =>
  [...text.matchAll(/^import [^;]*from "([^"]+)";|\bawait import\("([^"]+)"\)/gm)].map(
    ([, from, later]) => from ?? later,
  );

test("only one file fetches, and only one opens a WebSocket", () => {
  const users = (/** @type {RegExp} */ pattern) =>
    FILES.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
  assert.deepEqual(users(/\bfetch\(/), ["api/request.js"]);
  assert.deepEqual(users(/new WebSocket\(/), ["api/dials.js"]);
});

/**
 * What is younger than Chrome 109, Firefox 115 or Safari 16.4, and has no substitute in shell/substitutes. See
 * shell/arrays, shell/signals and shell/popover for what takes its place.
 */
const YOUNG_SCRIPT = new RegExp(
  [
    String.raw`\bAbortSignal\.any\b`,
    String.raw`\.(?:with|toSpliced|toSorted|toReversed)\(`,
    String.raw`\b(?:Promise\.(?:withResolvers|try)|(?:Object|Map)\.groupBy|Array\.fromAsync|URL\.(?:canParse|parse))\b`,
    String.raw`\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(`,
    String.raw`\.(?:isWellFormed|toWellFormed|toBase64|getHTML|setHTMLUnsafe|moveBefore|requestClose)\(`,
    String.raw`\.(?:values|keys|entries)\(\)\.(?:map|filter|take|drop|some|every|find|reduce|toArray)\(`,
    String.raw`\b(?:show|hide|toggle)Popover\b|:popover-open|\bToggleEvent\b`,
    String.raw`\b(?:Iterator|Float16Array|CompressionStream|DecompressionStream|requestIdleCallback|scheduler)\b`,
    String.raw`/[dgimsuy]*v[dgimsuy]*\.(?:test|exec)\(`,
  ].join("|"),
);
const YOUNG_STYLE = new RegExp(
  [
    String.raw`light-dark\(|:has\(|:dir\(|:popover-open|:user-(?:in)?valid|:open\b`,
    String.raw`@(?:property|starting-style|scope|position-try|view-transition)\b`,
    String.raw`\b(?:field-sizing|interpolate-size|text-box|anchor-name|position-area|transition-behavior|content-visibility)\s*:`,
    String.raw`\b(?:rgb|hsl|oklch|lab|lch|hwb|color)\(\s*from\b|\bcalc-size\(|\ballow-discrete\b`,
    String.raw`[^-](?:mask|mask-image|backdrop-filter|user-select)\s*:`,
  ].join("|"),
);
const YOUNG_MARKUP = /\s(?:popover|popovertarget|popovertargetaction|commandfor|closedby)\b(?=[\s=>])/;

/** @param {string} folder @param {string} ending */
function textsOf(folder, ending) {
  const root = new URL(`../../${folder}/`, import.meta.url);
  return readdirSync(root, { recursive: true })
    .map((path) => String(path).replaceAll("\\", "/"))
    .filter((path) => path.endsWith(ending))
    .map((path) => ({ path, text: readFileSync(new URL(path, root), "utf8").replace(/\/\*[\s\S]*?\*\//g, "") }));
}

test("nothing is used that browsers of the floor lack and nothing takes its place", () => {
  const young = (/** @type {{path: string, text: string}[]} */ files, /** @type {RegExp} */ pattern) =>
    files.flatMap(({ path, text }) => (pattern.test(text) ? [`${path}: ${pattern.exec(text)?.[0]}`] : []));
  const [scripts, styles, templates] = [
    textsOf("static/js", ".js"),
    textsOf("static/css", ".css"),
    textsOf("templates", ".html"),
  ];
  assert.ok(scripts.length > 100 && styles.length > 20 && templates.length > 10);
  assert.deepEqual([...young(scripts, YOUNG_SCRIPT), ...young(styles, YOUNG_STYLE)], []);
  assert.deepEqual(young(templates, YOUNG_MARKUP), []);
});

test("colours are mixed where browsers can, and nowhere else", () => {
  for (const { path, text } of textsOf("static/css", ".css")) {
    const elsewhere = path === "tokens.css" ? text.replace(/@supports \(color: color-mix[\s\S]*?\n\}/, "") : text;
    assert.doesNotMatch(elsewhere, /color-mix\(/, path);
  }
});

test("no rule of a style sheet stands within another, which Chrome knows since 120", () => {
  for (const { path, text } of textsOf("static/css", ".css")) {
    /** @type {boolean[]} whether each open brace is that of an at-rule */
    const open = [];
    for (const [, prelude, brace] of text.matchAll(/([^{};]*)([{}])/g)) {
      if (brace === "}") open.pop();
      else {
        assert.ok(open.every(Boolean), `${path}: ${prelude.trim()}`);
        open.push(prelude.trim().startsWith("@"));
      }
    }
  }
});

test("of what Firefox reflects since 119 nothing is set that has no substitute", () => {
  const set = FILES.flatMap(({ text }) => [...text.matchAll(/\baria([A-Z]\w+)/g)].map(([, name]) => name));
  assert.deepEqual(
    set.filter((name) => !REFLECTED.includes(name)),
    [],
  );
});

test("nothing is imported from elsewhere", () => {
  for (const { path, text } of FILES) for (const from of importsOf(text)) assert.match(from, /^\.{1,2}\//, path);
});

test("no two modules import each other in a circle", () => {
  const imports = new Map(
    FILES.map(({ path, text }) => [
      path,
      importsOf(text).map((from) => new URL(from, new URL(path, ROOT)).href.slice(ROOT.href.length)),
    ]),
  );
  /** @type {Set<string>} */
  const done = new Set();
  /** @param {string} path @param {string[]} way */
  function follow(path, way) {
    assert.ok(!way.includes(path), [...way, path].join(" > "));
    if (done.has(path)) return;
    for (const imported of imports.get(path) ?? assert.fail(`${way.at(-1)} imports ${path}, which is not there`)) {
      follow(imported, [...way, path]);
    }
    done.add(path);
  }
  for (const path of imports.keys()) follow(path, []);
});
