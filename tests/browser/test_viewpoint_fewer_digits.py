"""Networks trained on few digits: the numbers as the server tells them, what follows, and what is said without them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import NewPage
from tests.browser.eyes import ink
from tests.browser.test_accessibility import violations
from tests.browser.test_saving import save
from tests.browser.waiting import open_section, settled, until

FOUR = 4  # a test digit
ERRORS = {
    ("capsnet", 10): [6000, 6100, 6200],
    ("cnn-pooling", 10): [5900, 6150, 6300],
    ("capsnet", 100): [1000, 1100, 1200],
    ("cnn-pooling", 100): [1300, 1400, 1500],
    ("capsnet", 1000): [300],
    ("cnn-pooling", 1000): [400],
}
STUDY = {
    "steps": 300,
    "batch_size": 64,
    "max_shift": 2,
    "learning_rate": 0.001,
    "warmup_steps": 30,
    "optimizer": "Adam",
    "digits": 10_000,
    "command": "capsnet study-fewer-digits",
    "runs": [
        {"network": network, "count": count, "seed": seed, "errors": errors}
        for (network, count), found in ERRORS.items()
        for seed, errors in enumerate(found, start=1)
    ],
}


def show(page: Page, study: dict[str, Any] | None) -> None:
    """The figure on a page whose server has this study."""

    def answer(route: Route) -> None:
        route.fulfill(json={"study": study})

    page.route("**/api/fewer-digits", answer)
    page.goto(f"/viewpoint#digit={FOUR}")
    open_section(page, "fewer-digits")
    settled(page)


def rows(page: Page) -> list[list[str]]:
    found: list[list[str]] = page.locator("#fewer-digits-numbers tr").evaluate_all(
        "(rows) => rows.map(({ cells }) => [...cells].map((cell) => cell.textContent.trim()))"
    )
    return found


def test_the_numbers_and_what_follows(page: Page) -> None:
    show(page, STUDY)
    expect(page.locator("#fewer-digits-numbers tr")).to_have_count(3)
    assert rows(page) == [
        ["10", "61.0 % (60.0 to 62.0), three seeds", "61.2 % (59.0 to 63.0), three seeds", "+0.2, not told apart"],
        ["100", "11.0 % (10.0 to 12.0), three seeds", "14.0 % (13.0 to 15.0), three seeds", "+3.0"],
        ["1,000", "3.0 % one seed", "4.0 % one seed", "+1.0, too few seeds"],
    ]
    findings = page.locator("#fewer-digits-findings li")
    expect(findings.nth(0)).to_have_text(
        "Trained on 100 digits, the CapsNet misreads fewer test digits than the CNN with max pooling, whichever seeds "
        "one takes: by 3.0 percentage points in the mean."
    )
    expect(findings.nth(1)).to_contain_text("With 10 digits the bars overlap")
    expect(findings.nth(2)).to_contain_text("With 1,000 digits there are not two seeds of each network yet")
    expect(page.locator("#fewer-digits-training")).to_contain_text("300 steps of 64 pictures")
    heard = (
        "CapsNet, test error: 10 digits 61.0 %, 100 digits 11.0 %, 1,000 digits 3.0 %. "
        "CNN with max pooling, test error: 10 digits 61.2 %, 100 digits 14.0 %, 1,000 digits 4.0 %."
    )
    expect(page.locator("#fewer-digits-curves")).to_have_attribute("aria-label", heard)
    until(lambda: ink(page.locator("#fewer-digits-curves")) > 0, "the curves are drawn")
    assert violations(page, "#fewer-digits") == []


def test_without_a_study_the_figure_says_how_to_make_one(page: Page) -> None:
    show(page, None)
    missing = page.locator("#fewer-digits-missing")
    expect(missing).to_be_visible()
    expect(missing).to_contain_text("“capsnet study-fewer-digits”")
    expect(page.locator("#fewer-digits-place")).to_be_hidden()
    expect(page.locator("#sees-now")).to_be_visible()  # the room is there


def test_a_phone_shows_all_of_it(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    show(page, STUDY)
    expect(page.locator("#fewer-digits-numbers tr")).to_have_count(3)
    assert page.locator("#fewer-digits").evaluate("(section) => section.scrollWidth <= section.clientWidth")
    assert violations(page, "#fewer-digits") == []


def test_the_saved_figure_has_its_numbers(page: Page, tmp_path: Path) -> None:
    show(page, STUDY)
    expect(page.locator("#fewer-digits-numbers tr")).to_have_count(3)
    saved = save(page, "Fewer digits to learn from", "SVG", tmp_path).read_text(encoding="utf-8")
    for text in ("61.0 %", "14.0 %", "CapsNet", "1,000", "training digits"):
        assert text in saved
