/** Formulae and measures stay on one line, and one word means one thing. */
import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { test } from "node:test";

const ROOT = new URL("../../../", import.meta.url);
/** What a line may not end within: "± 2", "2 σ", "û · v". An ordinary space stands there, or the end of a line. */
const BREAKABLE = [/± ?\s\d/, /\d\sσ/, /û\s·/, /·\sv\b/];

/** @param {string} folder */
async function textsOf(folder) {
  const names = (await readdir(new URL(folder, ROOT), { recursive: true })).filter((name) => /\.(js|html)$/.test(name));
  return Promise.all(
    names.map(async (name) => ({ name, text: await readFile(new URL(`${folder}/${name}`, ROOT), "utf-8") })),
  );
}

test("no formula breaks at the end of a line", async () => {
  for (const { name, text } of [...(await textsOf("static/js/words")), ...(await textsOf("templates"))]) {
    for (const pattern of BREAKABLE) {
      const at = text.search(new RegExp(pattern.source.replaceAll("\\s", "[ \\n]")));
      assert.equal(at, -1, `${name}: “${text.slice(at - 10, at + 20)}”`);
    }
  }
});

test("“margin” is the loss alone: what one class is ahead of the others is its lead", async () => {
  for (const { name, text } of [...(await textsOf("static/js/words")), ...(await textsOf("templates"))]) {
    const others = [...text.matchAll(/[^\s"<>]*\bmargin\b(?! loss)[^\s"<>]*/gi)].map(([word]) => word);
    assert.deepEqual(
      others.filter((word) => !/curve-margin/.test(word)),
      [],
      name,
    );
  }
});
