"""Waiting for the page of a benchmark."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

PATIENCE_SECONDS = 30


def until(page: Page, condition: str, meanwhile: Callable[[], None] = lambda: None) -> None:
    """Poll from outside: the page's content policy forbids the evaluation that `wait_for_function` does inside."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not page.evaluate(condition):
        if time.monotonic() > deadline:
            raise SystemExit(f"the page never came to {condition}")
        meanwhile()
        page.wait_for_timeout(5)
