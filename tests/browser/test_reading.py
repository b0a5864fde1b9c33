"""The networks' cards in "How to read it": their figures and the plot of their errors, held against the API."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.eyes import ink, picture
from tests.browser.waiting import open_digit, open_section, until


def cards_of(page: Page) -> list[dict[str, Any]]:
    models: list[dict[str, Any]] = page.request.get("/api/models").json()["models"]
    return models


def test_each_card_says_what_the_api_says(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_digit(page)
    assert not any("cards/cards." in url for url in asked)
    open_section(page, "reading")
    models = cards_of(page)
    expect(page.locator("#cards figure")).to_have_count(len(models))
    for model in models:
        card = page.locator(f'#cards figure[data-model="{model["name"]}"]')
        expect(card).to_contain_text(f"{model['test_error']:.2f} % of 10,000 {model['task']}s")
        expect(card.locator("code")).to_have_text(model["command"])
        for fact in ("title", "dataset"):
            expect(card).to_contain_text(model[fact])
        seeds = re.findall(r"--seed (\d+)", model["command"])
        assert fact_of(page, model["name"], "seed") == (", ".join(seeds) if len(set(seeds)) > 1 else str(model["seed"]))
        assert seeds[-1] == str(model["seed"])
        stages = re.findall(r"--epochs (\d+)", model["command"])
        assert fact_of(page, model["name"], "epochs") == " + ".join(stages)
        assert stages[-1] == str(model["epochs"])
        said = card.get_by_role("img").get_attribute("aria-label") or ""
        numbers = [float(number) for number in re.findall(r"\d+\.\d+", said)]
        assert numbers == [round(error, 2) for error in model["epoch_test_errors"]]
        canvas = card.locator("canvas")
        canvas.scroll_into_view_if_needed()
        # The default holds the loop's value of now; mypy cannot infer a lambda that has one.
        until(lambda canvas=canvas: ink(canvas) > 100, "its errors are drawn")  # type: ignore[misc]


def test_the_plots_follow_the_theme(page: Page) -> None:
    open_digit(page)
    canvas = page.locator("#cards canvas").first
    open_section(page, "reading")
    canvas.scroll_into_view_if_needed()
    until(lambda: ink(canvas) > 100, "the errors are drawn")
    page.emulate_media(color_scheme="light")
    light = picture(canvas)
    page.emulate_media(color_scheme="dark")
    until(lambda: picture(canvas) != light, "they are drawn in the other theme")


def test_a_command_is_no_wider_than_a_phone(page: Page) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    open_digit(page)
    open_section(page, "reading")
    expect(page.locator("#cards figure").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_the_picker_offers_only_capsules_that_see_one_digit(page: Page) -> None:
    def with_a_pair(route: Any) -> None:
        answer = route.fetch().json()
        answer["models"].append({**answer["models"][0], "name": "two", "task": "pair", "image_size": [36, 36]})
        route.fulfill(json=answer)

    page.route("**/api/models", with_a_pair)
    open_digit(page)
    names = page.locator("#model option").evaluate_all("all => all.map(({ value }) => value)")
    assert names == [model["name"] for model in cards_of(page) if model["task"] == "digit" and model["has_capsules"]]
    open_section(page, "reading")
    expect(page.locator('#cards figure[data-model="two"]')).to_contain_text("% of 10,000 pairs")


def fact_of(page: Page, model: str, name: str) -> str:
    """What stands beside a name in a card."""
    term = page.locator(f'#cards figure[data-model="{model}"] dt', has_text=re.compile(f"^{name}$"))
    return term.locator("xpath=following-sibling::dd[1]").inner_text()
