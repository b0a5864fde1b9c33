"""What pooling forgets: numbers that change places within their windows, before a CNN and before a capsule network."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from tests.browser.asking import Array, pixels_of_digit, tensors_of
from tests.browser.conftest import NewPage, Witness, serving
from tests.browser.eyes import picture, shows
from tests.browser.test_accessibility import violations
from tests.browser.waiting import address, open_section, settled, until
from tests.small_models import save_unlike_the_paper

FOUR = 4  # a test digit, and what it is
MODEL = "mnist-drawn"
DIGITS = re.compile(r"^(?P<digits>\d\.\d+)(?: × 10⁻(?P<power>[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?$")


def show(page: Page, rest: str = "") -> None:
    page.goto(f"/viewpoint#digit={FOUR}{rest}")
    open_section(page, "pooling")
    expect(page.locator("#pooling-told li").first).to_contain_text("windows")
    expect(page.locator("#pooling-capsule-told li")).not_to_have_text("")
    settled(page)


def scattered(page: Page, model: str, seed: int) -> dict[str, Array]:
    """What the server answers a client that is not the page."""
    body: dict[str, Any] = {"pixels": pixels_of_digit(page, FOUR)}
    return tensors_of(page, f"/api/scatter?model={model}&seed={seed}", body)


def column(page: Page, which: int) -> list[float]:
    """The probabilities of one column of the table: 1 is before, 2 after."""
    texts = page.locator(f"#pooling-scores tbody td:nth-child({which + 1})").all_inner_texts()
    found = [DIGITS.match(text) for text in texts]
    assert all(found), texts
    powers = [(match["power"] or "⁰").translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")) for match in found if match]
    return [float(match["digits"]) * 10.0 ** -int(power) for match, power in zip(found, powers, strict=True) if match]


def test_scattered_maps_leave_the_answer_of_the_cnn_equal_to_its_last_digit(page: Page) -> None:
    show(page)
    told = scattered(page, "cnn", 0)
    before, after = (page.locator(f"#pooling-scores tbody td:nth-child({k})").all_inner_texts() for k in (2, 3))
    assert before == after
    assert all(sum(map(str.isdigit, re.sub("^0[.]0*", "", text.split(" ")[0]))) == 9 for text in before)
    np.testing.assert_allclose(column(page, 1), told["scores"][0], rtol=0.01)  # the page sends pixels in 4 decimals
    expect(page.locator("#pooling-told li").nth(1)).to_contain_text("All 10 probabilities are equal")
    expect(page.locator("#pooling-pooled-told")).to_contain_text("the same 196 numbers")
    strongest = int((told["maps"][0] ** 2).sum(axis=(1, 2)).argmax())
    expect(page.locator(".pooling-map")).to_have_text(str(strongest + 1))
    expect(page.locator("#pooling-told li").first).to_contain_text(moved_windows(told, strongest))
    showing(page, "pooling-imagined", told["imagined"])
    assert picture(page.locator("#pooling-before")) != picture(page.locator("#pooling-after"))


def showing(page: Page, canvas_id: str, values: Array) -> None:
    """Wait until a canvas shows these values: it is painted while it is on the screen."""
    canvas = page.locator(f"#{canvas_id}")
    canvas.scroll_into_view_if_needed()
    until(lambda: shows(canvas, values), f"{canvas_id} shows what the server drew")


def moved_windows(told: dict[str, Array], number: int) -> str:
    """What the page is to say of one map, counted from the network's own places."""
    before, after = (
        each.reshape(14, 2, 14, 2).transpose(0, 2, 1, 3).reshape(14, 14, 4) for each in told["maps"][:, number]
    )
    unequal = before.max(axis=-1) > before.min(axis=-1)
    places = told["places"][number].astype(int)
    own = 2 * (places // 28 % 2) + places % 2
    return f"in {int((own != after.argmax(axis=-1))[unequal].sum())} of the {int(unequal.sum())} windows"


def test_the_same_done_to_capsules_moves_the_pose_as_the_server_says(page: Page) -> None:
    show(page)
    told = scattered(page, MODEL, 0)
    label = int(told["scores"][0].argmax())
    before, after = told["poses"][:, label]
    share = 100 * np.linalg.norm(after - before) / np.linalg.norm(before)
    text = page.locator("#pooling-capsule-told li").inner_text()
    found = re.search(r"from (\d\.\d+) to (\d\.\d+)\. .* moved by (\d+\.\d) %", text)
    assert found, text
    lengths, moved = [float(found[k]) for k in (1, 2)], float(found[3])
    np.testing.assert_allclose(lengths, told["scores"][:, label], atol=0.006)
    assert moved > 0.5
    assert moved == pytest.approx(share, abs=0.1)
    for which, drawn in zip(("before", "after"), told["reconstruction"], strict=True):
        showing(page, f"pooling-drew-{which}", drawn)


def test_the_button_scatters_anew_and_the_link_keeps_seed_and_map(page: Page) -> None:
    show(page)
    scatter, after = page.locator("#scatter-again"), page.locator("#pooling-after")
    first, capsules = picture(after), page.locator("#pooling-capsule-told li").inner_text()
    scatter.press("Enter")
    until(lambda: picture(after) != first, "the map is scattered in another way")
    expect(page.locator("#pooling-capsule-told li")).not_to_have_text(capsules)
    expect(page.locator("#pooling-told li").nth(1)).to_contain_text("All 10 probabilities are equal")
    button = page.locator("#pooling-strip button").nth(2)
    map_number = int(button.get_attribute("data-map") or "")
    button.click()
    number = str(map_number + 1)
    expect(page.locator(".pooling-map")).to_have_text(number)
    held = ("scatter=1", f"map={map_number}")
    until(lambda: all(part in address(page) for part in held), "the link holds both")
    settled(page)
    second = picture(after)
    page.reload()
    open_section(page, "pooling")
    expect(page.locator(".pooling-map")).to_have_text(number)
    until(lambda: picture(after) == second, "the link shows the same")


def test_a_turned_digit_is_scattered_as_it_stands(page: Page) -> None:
    show(page, "&view=rotation*40")
    body = {"pixels": pixels_of_digit(page, FOUR), "viewpoint": {"rotation": 40}}
    told = tensors_of(page, "/api/scatter?model=cnn&seed=0", body)
    showing(page, "pooling-saw", told["image"])


def test_a_phone_shows_all_of_it(new_page: NewPage) -> None:
    page = new_page(has_touch=True, viewport={"width": 390, "height": 844})
    show(page)
    page.locator("#scatter-again").tap()
    expect(page.locator("#scatter-seed")).to_have_text("1")
    settled(page)
    assert page.locator("#pooling").evaluate("(section) => section.scrollWidth <= section.clientWidth")
    assert violations(page, "#pooling") == []


@pytest.fixture(scope="module")
def without_cnn(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that has one small capsule network, of other sizes than the paper's, and no CNN."""
    folder = tmp_path_factory.mktemp("small")
    save_unlike_the_paper(folder)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CAPSNET_WEIGHTS_DIR", str(folder))
        environment.setenv("CAPSNET_DEFAULT_MODEL", "small")
        with serving(folder) as url:
            yield url


def test_without_a_cnn_it_says_so_and_the_capsules_are_scattered(
    new_page: NewPage, witness: Witness, without_cnn: str
) -> None:
    witness.allow(without_cnn)
    page = new_page(base_url=without_cnn)
    page.goto(f"/viewpoint#digit={FOUR}")
    open_section(page, "pooling")
    expect(page.locator("#pooling-missing")).to_be_visible()
    expect(page.locator("#pooling-cnn")).to_be_hidden()
    expect(page.locator("#pooling-capsule-told li")).to_contain_text("The length of the")
