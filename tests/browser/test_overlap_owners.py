"""Whose each stroke of two digits is: the pictures and their numbers, against the server's trace and Python's count."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pytest
import torch
from PIL import Image
from playwright.sync_api import Page, expect
from torch import Tensor

from model.explaining.overlap import contributions, exclusive_ink, rightly_given, spread, through_fields
from model.network.config import CapsNetConfig
from model.network.routing import Routing
from model.zoo.checkpoint import load_model
from tests.browser.asking import Array, pixels_of_digit, tensors_of
from tests.browser.eyes import colour, picture
from tests.browser.pretending import measured_is
from tests.browser.waiting import open_saving, open_section, settled, until

MODEL = "multimnist"
PAIR = ((3, (1, -3)), (1, (-1, 3)))  # a 0 and a 2: the test digit, and where it lies
CLASSES = (0, 2)
ANSWERS = ("reconstructions", "contributions", "layers")
GIVEN = re.compile(r"(\d+) % of the exclusive ink goes to its own digit \((\d+) of (\d+) pixels\)")

_CELLS = """(canvas, { side, at }) => {
  const { width, height } = canvas;
  const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
  return Array.from({ length: side * side }, (_, k) => {
    const x = Math.floor(((k % side) + at) * width / side);
    const y = Math.floor((Math.floor(k / side) + at) * height / side);
    return [...data.slice(4 * (y * width + x), 4 * (y * width + x) + 3)];
  });
}"""


class Expected(NamedTuple):
    """What Python makes of the server's trace. Maps are (2, H, W): how much speaks for A, and for B."""

    image: Array  # (H, W)
    exclusive: Tensor  # (2, H, W)
    reconstructions: Tensor
    contributions: Tensor  # (R, 2, H, W)
    layers: Tensor
    fields: int  # of the exclusive ink, the pixels that go to their own digit

    def maps(self, answer: str, iteration: int) -> Tensor:
        return self.contributions[iteration - 1] if answer == "contributions" else getattr(self, answer)

    def right(self, answer: str, iteration: int = 0) -> int:
        return int(rightly_given(self.maps(answer, iteration)[None, None], self.exclusive[None]))

    @property
    def pixels(self) -> int:
        return int(self.exclusive.sum())


@pytest.fixture(scope="module")
def config() -> CapsNetConfig:
    found = load_model(MODEL).card.config
    assert isinstance(found, CapsNetConfig)
    return found


def expected_of(page: Page, config: CapsNetConfig, classes: tuple[int, int] = CLASSES) -> Expected:
    """Ask the server for the trace of the pair, without the page."""
    layers = [{"pixels": pixels_of_digit(page, index), "offset": offset} for index, offset in PAIR]
    path = f"/api/trace?model={MODEL}&iterations=3&include=reconstructions,layers&omit=primary_capsules,routing_logits"
    tensors = {
        name: torch.tensor(values).float() for name, values in tensors_of(page, path, {"layers": layers}).items()
    }
    names = ("coupling_coefficients", "agreement", "class_capsules")
    routing = Routing(torch.empty(0), *(tensors[name].unsqueeze(0) for name in names))
    laid = tensors["layers"]
    exclusive = exclusive_ink(laid)
    return Expected(
        image=tensors["image"].numpy(),
        exclusive=exclusive,
        reconstructions=tensors["reconstructions"][list(classes)],
        contributions=spread(contributions(routing, torch.tensor([classes])), config)[0],
        layers=laid,
        fields=int(rightly_given(through_fields(laid, config)[None, None], exclusive[None])),
    )


def open_pair(page: Page, rest: str = "") -> None:
    a, b = (f"{index}@{down}.{right}" for index, (down, right) in PAIR)
    page.goto(f"/overlap#a={a}&b={b}{rest}")
    open_section(page, "owners")
    expect(page.locator("#owners-layers-told")).not_to_be_empty()
    settled(page)


def colours(page: Page, answer: str, at: float) -> Array:
    """Those of a picture's pixels, (H, W, 3); `at` is where in each of them, as a part of its side."""
    side = 36
    cells = page.locator(f"#owners-{answer}").evaluate(_CELLS, {"side": side, "at": at})
    return np.array(cells, dtype=float).reshape(side, side, 3)


def painted(page: Page, expected: Expected, answer: str, iteration: int) -> Array:
    """The colours that a picture is to have: the larger claim's, the third as far as the smaller comes to it."""
    surface, first, second, both = (np.array(colour(page, name)) for name in ("surface", "first", "second", "both"))
    a, b = expected.maps(answer, iteration).numpy()
    larger = np.maximum(a, b)
    shared = np.divide(np.minimum(a, b), larger, out=np.zeros_like(larger), where=larger > 0)[..., None]
    own = np.where((a >= b)[..., None], first, second)
    claimed = own + (both - own) * shared
    ink: Array = surface + (claimed - surface) * expected.image[..., None]
    return ink


def check_picture(page: Page, expected: Expected, answer: str, iteration: int) -> None:
    wanted = painted(page, expected, answer, iteration)
    until(lambda: bool(np.abs(colours(page, answer, 0.15) - wanted).max() <= 4), f"the ink is coloured by {answer}")


def check_dots(page: Page, expected: Expected, answer: str, iteration: int) -> None:
    """A dot in its own digit's colour stands on exclusive ink that goes to the other digit, and nowhere else."""
    first, second = (np.array(colour(page, name)) for name in ("first", "second"))
    a, b = expected.maps(answer, iteration).numpy()
    of_a, of_b = expected.exclusive.numpy()
    sure = np.abs(a - b) > 0.01 * np.maximum(a, b)  # the page has numbers of half the precision
    middles = colours(page, answer, 0.5)
    dotted = np.abs(middles - colours(page, answer, 0.15)).max(axis=2) > 4
    wrong = (of_a & (a <= b)) | (of_b & (b <= a))
    assert wrong[sure].any()
    assert (dotted == wrong)[sure].all()
    for own, mine in ((first, of_a), (second, of_b)):
        assert np.abs(middles[wrong & mine & sure] - own).max() <= 8


def check_told(page: Page, expected: Expected, answer: str, iteration: int) -> None:
    told = GIVEN.search(page.locator(f"#owners-{answer}-told").inner_text())
    assert told
    share, right, pixels = map(int, told.groups())
    assert pixels == expected.pixels > 100
    assert abs(right - expected.right(answer, iteration)) <= 1  # a pixel may stand between both
    assert share == int(100 * right / pixels + 0.5)


def test_the_ink_has_the_colours_of_those_who_claim_it_and_the_numbers_are_those_of_python(
    page: Page, config: CapsNetConfig
) -> None:
    open_pair(page)
    expected = expected_of(page, config)
    for answer in ANSWERS:
        check_picture(page, expected, answer, 3)
    for answer in ANSWERS[:2]:
        check_dots(page, expected, answer, 3)
        check_told(page, expected, answer, 3)
    expect(page.locator("#owners-layers-told")).to_contain_text(f"{expected.pixels} pixels are exclusive ink")
    expect(page.locator("#owners-first")).to_have_text("A, read as 0")
    expect(page.locator("#owners-second")).to_have_text("B, read as 2")
    shares = page.locator("#owners-rows .owners-share").all_inner_texts()
    wanted = [100 * expected.right("contributions", r) / expected.pixels for r in (1, 2, 3)]
    assert len(shares) == 3
    for shown, share in zip(shares, wanted, strict=True):
        assert abs(int(shown.removesuffix(" %")) - share) < 1.2
    fields = re.search(r"(\d+) % would go right", page.locator("#owners-fields").inner_text())
    assert fields
    assert abs(int(fields[1]) - 100 * expected.fields / expected.pixels) < 1.2


def test_stepping_the_iterations_changes_what_is_contributed_and_nothing_else(
    page: Page, config: CapsNetConfig
) -> None:
    open_pair(page)
    expected = expected_of(page, config)
    last, drawn = picture(page.locator("#owners-contributions")), picture(page.locator("#owners-reconstructions"))
    page.keyboard.press(",")
    page.keyboard.press(",")
    expect(page.locator("#owners-iteration")).to_have_text("iteration 1 of 3")
    check_picture(page, expected, "contributions", 1)
    check_told(page, expected, "contributions", 1)
    assert picture(page.locator("#owners-contributions")) != last
    assert picture(page.locator("#owners-reconstructions")) == drawn
    page.get_by_role("button", name="To iteration 2", exact=True).click()
    expect(page.locator("#iteration")).to_have_text("iteration 2 of 3")
    expect(page.locator("#owners-rows [aria-pressed=true]")).to_have_text("2")
    check_picture(page, expected, "contributions", 2)
    page.locator("#owners-rows [aria-pressed=true]").press("ArrowDown")
    page.keyboard.press("Enter")
    until(lambda: picture(page.locator("#owners-contributions")) == last, "the last iteration is back")


def test_of_other_classes_than_the_layers_ink_is_coloured_but_no_share_told(page: Page, config: CapsNetConfig) -> None:
    open_pair(page, "&classes=8.5")
    expected = expected_of(page, config, (8, 5))
    for answer in ANSWERS:
        check_picture(page, expected, answer, 3)
    expect(page.locator("#owners-untold")).to_contain_text("an 8 for A and a 5 for B")
    expect(page.locator("#owners-first")).to_have_text("A, shown as 8")
    expect(page.locator("#owners-second")).to_have_text("B, shown as 5")
    expect(page.locator("#owners-reconstructions-told")).not_to_contain_text("pixels")
    assert page.locator("#owners-rows .owners-share").all_inner_texts() == ["–"] * 3
    page.goto("/overlap#a=3&at=1")
    expect(page.locator("#owners-untold")).to_contain_text("One layer is empty")
    expect(page.locator("#owners-iteration")).to_have_text("iteration 1 of 3")


def measured(pairs: int) -> dict[str, Any]:
    """A study as the server would tell it, as far as this figure reads it."""
    shares = {"pairs": pairs, "reconstructions": [0.911, 0.922, 0.933], "contributions": [0.712, 0.701, 0.69]}
    ink = {"all": {**shares, "fields": 0.884}, "read": {**shares, "pairs": pairs - 100, "fields": 0.884}}
    return {"model": MODEL, "trained_with": 3, "tested": {}, "ink": ink}


def test_what_was_measured_over_test_pairs_stands_beside_this_pair(page: Page) -> None:
    measured_is(page)
    open_pair(page)
    expect(page.locator("#owners-study")).to_contain_text(f"capsnet study-overlap --model {MODEL}")
    expect(page.locator("#owners-rows .owners-studied").first).to_be_hidden()
    measured_is(page, "overlap")
    page.route("**/api/overlap?*", lambda route: route.fulfill(json=measured(1234)))
    page.reload()
    open_section(page, "owners")
    expect(page.locator("#owners-study")).to_contain_text("Over 1,234 test pairs the reconstructions give 93.3 %")
    expect(page.locator("#owners-study")).to_contain_text("71.2 % after one iteration and 69.0 % after three")
    expect(page.locator("#owners-study")).to_contain_text("the share falls")
    expect(page.locator("#owners-reconstructions-told")).to_contain_text("Over 1,234 test pairs: 93.3 %.")
    expect(page.locator("#owners-contributions-told")).to_contain_text("Over 1,234 test pairs: 69.0 %.")
    assert page.locator("#owners-rows .owners-studied").all_inner_texts() == ["71.2 %", "70.1 %", "69.0 %"]
    page.keyboard.press(",")
    expect(page.locator("#owners-contributions-told")).to_contain_text("Over 1,234 test pairs: 70.1 %.")


def test_the_figure_is_saved_whole(page: Page, tmp_path: Path) -> None:
    open_pair(page)
    wanted = {name: colour(page, name) for name in ("first", "second", "both")}
    open_saving(page)
    with page.expect_download() as download:
        page.locator('#saving button[aria-label="Who owns which stroke?, PNG"]').click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    saved = np.array(Image.open(path).convert("RGB"), dtype=float)
    for name, found in wanted.items():
        pixels = (np.abs(saved - np.array(found)).max(axis=2) <= 3).sum()
        assert pixels > 500, f"{name}: {pixels} pixels"
