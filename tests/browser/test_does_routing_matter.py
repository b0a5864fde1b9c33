"""Whether routing matters: the measured numbers, a drawing with each way to couple, and random couplings as an edit."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage, Witness
from tests.browser.eyes import ink, length_of
from tests.browser.pretending import measured_is
from tests.browser.waiting import at_rest, open_digit, open_section, until

DIGIT = 18
SHOWN = 0.0051  # lengths are written with two decimals
Array = npt.NDArray[np.float64]


def show(page: Page, rest: str = "") -> None:
    open_digit(page, DIGIT, rest)
    open_section(page, "does-routing-matter")
    expect(page.locator("#matter-rows b").last).not_to_have_text("–")
    at_rest(page)


def lengths(page: Page, interventions: dict[str, Any] | None = None, iterations: int = 3) -> Array:
    """The lengths (10) that the server gives this digit, asked without the page."""
    pixels = page.request.get(f"/api/digits/{DIGIT}").json()["pixels"]
    body = {"pixels": pixels} | ({"interventions": interventions} if interventions else {})
    answer = page.request.post(f"/api/trace?iterations={iterations}", data=body, headers={"Accept": "application/json"})
    assert answer.ok, answer.text()
    return np.array(answer.json()["tensors"]["lengths"][-1])


def class_lengths(page: Page) -> Array:
    """Those of the class capsules on the first screen."""
    return np.array([length_of(text) for text in page.locator("#classes .length").all_inner_texts()])


def until_routed(page: Page, expected: Array) -> None:
    until(lambda: np.allclose(class_lengths(page), expected, atol=SHOWN + 0.001), "the whole page is routed so")


def test_the_figure_shows_what_was_measured_and_reads_the_drawing_with_each_way(page: Page) -> None:
    show(page)
    measured = page.request.get("/api/routings").json()
    spreads = sorted({row["spread"] for row in measured["random"]})
    rows = page.locator("#matter-rows li")
    expect(rows).to_have_count(len(measured["iterations"]) + len(spreads))
    errors = page.locator("#matter-rows .errors").all_inner_texts()
    means = page.locator("#matter-rows .length").all_inner_texts()
    for k, reading in enumerate(measured["iterations"]):
        assert errors[k] == f"{100 * reading['errors'] / measured['digits']:.2f} %"
        assert abs(length_of(means[k]) - reading["winning_length"]) < SHOWN
    ways = [lengths(page, iterations=k + 1) for k in range(len(measured["iterations"]))]
    ways += [lengths(page, {"random": {"seed": 1, "spread": spread}}) for spread in spreads]
    for k, expected in enumerate(ways):
        row = rows.nth(k)
        assert row.locator("b").inner_text() == str(int(expected.argmax()))
        assert abs(length_of(row.locator(".own-length").inner_text()) - expected.max()) < SHOWN
        assert ink(row.locator("canvas").nth(0)) > 20
        assert ink(row.locator("canvas").nth(1)) > 20
    first, last = measured["iterations"][0], measured["iterations"][measured["trained_with"] - 1]
    findings = page.locator("#matter-findings")
    expect(findings).to_contain_text(f"reads {100 - 100 * first['errors'] / measured['digits']:.2f} % of 10,000")
    expect(findings).to_contain_text(f"from {first['winning_length']:.2f} to {last['winning_length']:.2f} in the mean")
    expect(findings.locator("li")).to_have_count(3)


def test_a_row_routes_the_whole_page_and_the_link_restores_it(page: Page) -> None:
    show(page)
    plain, random = lengths(page), lengths(page, {"random": {"seed": 1, "spread": 1.0}})
    assert np.abs(plain - random).max() > 0.05, "random couplings change something"
    button = page.get_by_role("button", name="Show the whole page routed so: random, spread 1", exact=True)
    button.click()
    until_routed(page, random)
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#tampered-text")).to_contain_text("random couplings (seed 1, spread 1.0)")
    until(lambda: "tamper=r1*10" in page.evaluate("location.hash"), "the address holds the seed and the spread")

    page.reload()
    expect(page.locator("#answer")).to_have_text(str(int(random.argmax())))
    until_routed(page, random)
    open_section(page, "tamper")
    expect(page.locator("#random")).to_be_checked()
    page.locator("#random-again").click()
    until_routed(page, lengths(page, {"random": {"seed": 2, "spread": 1.0}}))
    page.locator("#random-spread").fill("0.3")
    until_routed(page, lengths(page, {"random": {"seed": 2, "spread": 0.3}}))
    expect(page.locator("#random-value")).to_have_text("seed 2, spread 0.3")
    page.locator("#uniform").check()
    until_routed(page, lengths(page, {"uniform": True}))
    expect(page.locator("#random")).not_to_be_checked()

    open_section(page, "does-routing-matter")
    page.get_by_role("button", name="Show the whole page routed so: 2 iterations", exact=True).click()
    until_routed(page, lengths(page, iterations=2))
    expect(page.locator("#tampered")).to_be_hidden()


def test_no_network_s_numbers_stand_under_another_s_name(new_page: NewPage, witness: Witness) -> None:
    page = new_page()
    models = page.request.get("/api/models").json()["models"]
    first, second = [model["name"] for model in models if "routings" in model["measured"]][:2]
    studies = {name: page.request.get(f"/api/routings?model={name}").json() for name in (first, second)}
    errors = {
        name: f"{100 * study['iterations'][0]['errors'] / study['digits']:.2f} %" for name, study in studies.items()
    }
    assert errors[first] != errors[second]
    show(page, f"&model={first}")
    place = page.locator("#matter-study")
    expect(page.locator("#matter-rows .errors").first).to_have_text(errors[first])
    before = place.bounding_box()
    refused = {"error": {"code": "not_found", "message": "Nobody knows."}}
    page.route(f"**/api/routings?*model={second}*", lambda route: route.fulfill(status=404, json=refused))
    page.locator("#model").select_option(second)
    expect(page.locator("[data-trouble=routings]")).to_contain_text("could not be loaded")
    for text in ("#matter-digits", "#matter-seeds", "#matter-findings", "#matter-rows"):
        expect(page.locator(text)).to_have_text("")
    until(lambda: ink(page.locator("#matter-scale")) == 0, "the scale is empty")
    after = place.bounding_box()
    assert before
    assert after
    assert after["height"] >= 0.75 * before["height"]
    page.unroute_all(behavior="wait")
    page.locator("#model").select_option(first)
    expect(page.locator("#matter-rows .errors").first).to_have_text(errors[first])
    page.locator("#model").select_option(second)
    expect(page.locator("#matter-rows .errors").first).to_have_text(errors[second])
    expect(page.locator("#matter-findings li")).to_have_count(3)
    assert all("Failed to load resource" in complaint for complaint in witness.complaints), witness.complaints
    witness.complaints.clear()


def test_a_network_that_was_not_measured_says_so(page: Page) -> None:
    measured_is(page, "dimensions")
    open_digit(page, DIGIT)
    open_section(page, "does-routing-matter")
    expect(page.locator("#matter-missing")).to_contain_text("Run “capsnet study-routing --model")
    expect(page.locator("#matter-study")).to_be_hidden()
    page.unroute_all(behavior="wait")
