import assert from "node:assert/strict";
import { test } from "node:test";
import { address, socketAddress } from "../../../static/js/shell/address.js";

/** @param {string} baseURI @param {string} [root] */
const page = (baseURI, root) =>
  /** @type {Document} */ (/** @type {unknown} */ ({ baseURI, documentElement: { dataset: { root } } }));

test("a path is found from any room and under any prefix", () => {
  for (const [at, root, found] of [
    ["http://localhost:8000/", "./", "http://localhost:8000/api/models"],
    ["http://localhost:8000/overlap", "./", "http://localhost:8000/api/models"],
    ["https://example.org/proxy/8000/", "./", "https://example.org/proxy/8000/api/models"],
    ["https://example.org/proxy/8000/overlap", "./", "https://example.org/proxy/8000/api/models"],
    ["https://example.org/capsnet/story/lecture", "../", "https://example.org/capsnet/api/models"],
  ]) {
    assert.equal(address("api/models", page(at, root)), found);
  }
});

test("what a link holds stays out of it, and a query stays in it", () => {
  const shown = page("http://localhost:8000/?theme=dark#digit=7", "./");
  assert.equal(address("api/digits?page=2", shown), "http://localhost:8000/api/digits?page=2");
});

test("a whole address stays as it is", () => {
  const whole = "http://localhost:8000/static/js/a.1234.js";
  assert.equal(address(whole, page("http://localhost:8000/a/b", "../")), whole);
});

test("a document that names no root is at the root", () => {
  assert.equal(address("healthz", page("http://localhost:8000/")), "http://localhost:8000/healthz");
});

test("a socket is as safe as the page", () => {
  assert.equal(socketAddress("api/dials", page("http://localhost:8000/", "./")), "ws://localhost:8000/api/dials");
  assert.equal(socketAddress("api/dials", page("https://a.example/x/", "./")), "wss://a.example/x/api/dials");
});
