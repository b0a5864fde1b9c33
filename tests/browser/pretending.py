"""A server that says something else than the real one."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import Page, Route

from model.explaining.measurements import MeasuredKind


def measured_is(page: Page, *kinds: MeasuredKind) -> None:
    """The page, when it is opened, hears of every model that only this was measured of it."""

    def told(route: Route) -> None:
        body: dict[str, Any] = route.fetch().json()
        route.fulfill(json={**body, "models": [{**model, "measured": kinds} for model in body["models"]]})

    page.route("**/api/models", told)
