"""Every part of the page can be taken off it: nothing of it goes on watching or listening."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.waiting import at_rest, open_digit

# Notes who listens to what outlives a part, and which observers are at work.
NOTE = """(() => {
  window.listening = new Map();
  let number = 0;
  const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
  const outlives = (target) => target === window || target === document || target instanceof MediaQueryList;
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    const target = this ?? window;
    if (outlives(target)) {
      const key = ++number;
      window.listening.set(key, { target, type, listener });
      options?.signal?.addEventListener("abort", () => window.listening.delete(key));
    }
    return add.call(target, type, listener, options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    for (const [key, known] of window.listening) {
      if (known.target === (this ?? window) && known.type === type && known.listener === listener) {
        window.listening.delete(key);
      }
    }
    return remove.call(this ?? window, type, listener, options);
  };
  window.observing = new Set();
  for (const name of ["IntersectionObserver", "ResizeObserver", "MutationObserver"]) {
    window[name] = class extends window[name] {
      observe(...given) { window.observing.add(this); super.observe(...given); }
      disconnect() { window.observing.delete(this); super.disconnect(); }
    };
  }
})();"""
MOUNT = """async () => {
  const load = (name) => import(new URL(`static/js/${name}`, document.baseURI).href);
  const [{ ROOM }, { compose }, { createStore }, { put }] = await Promise.all(
    ["rooms/explore.js", "state/compose.js", "shell/store.js", "shell/mounting.js"].map(load));
  const { initial, createActions } = compose(ROOM.subject);
  const base = createStore(initial);
  let watching = 0;
  const store = { ...base, watch(...given) {
    const end = base.watch(...given);
    let ended = false;
    watching++;
    return () => { if (!ended) watching--; ended = true; end(); };
  } };
  const actions = createActions(store, ROOM.services);
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  await actions.needModels();
  actions.openLink({ patch: {}, lost: [] }, ROOM.first);
  while (!store.get().trace) await frame();
  const figures = Object.entries(ROOM.figures).map(([id, load]) => [`#${id}`, load]);
  const parts = [
    ...ROOM.parts.map(([place, mount]) => [place, async () => mount]),
    ...figures,
  ];
  const counted = () => ({ watching, listening: listening.size, observing: observing.size });
  const left = [];
  for (const [place, load] of parts) {
    const mount = await load();
    const before = counted();
    const end = await put(document.querySelector(place), mount, { store, actions, writeAddress() {} });
    store.set({ palette: { ...store.get().palette } });
    await frame();
    const during = counted();
    end();
    await frame();
    left.push({ name: mount.name, place, before, during, after: counted() });
  }
  return left;
}"""


@pytest.fixture
def taken_off(page: Page) -> list[dict[str, Any]]:
    """What each part of the room had at work before, while it stood on the page, and after."""
    page.add_init_script(NOTE)
    open_digit(page)
    at_rest(page)
    left: list[dict[str, Any]] = page.evaluate(MOUNT)
    return left


def test_nothing_is_left_of_a_part_that_was_taken_off(taken_off: list[dict[str, Any]]) -> None:
    assert len(taken_off) > 25
    assert any(part["during"]["watching"] > part["before"]["watching"] for part in taken_off)
    assert any(part["during"]["listening"] > part["before"]["listening"] for part in taken_off)
    assert any(part["during"]["observing"] > part["before"]["observing"] for part in taken_off)
    left = [(part["name"], part["before"], part["after"]) for part in taken_off if part["after"] != part["before"]]
    assert not left, left
