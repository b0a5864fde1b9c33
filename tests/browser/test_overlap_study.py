"""How much overlap matters: the numbers of the study as the server tells them, and this pair's place among them."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import torch
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from model.explaining.intervals import wilson
from model.explaining.overlap import box_overlap, shared_ink
from tests.browser.asking import pixels_of_digit, tensors_of
from tests.browser.conftest import NewPage
from tests.browser.eyes import colour, distance, ink, picture
from tests.browser.pretending import measured_is
from tests.browser.waiting import address, open_saving, open_section, settled, until

MODEL = "multimnist"
FIVE_OVER_SEVEN = "a=8@1.-3&b=0@-1.3"
SHOWN = (1, 3, 5)  # iterations


def show(page: Page, rest: str = "", pair: str = FIVE_OVER_SEVEN) -> None:
    page.goto(f"/overlap#{pair}{rest}")
    open_section(page, "overlap-study")
    expect(page.locator("#overlap-ways tr")).to_have_count(len(SHOWN))
    settled(page)


def study_of(page: Page) -> dict[str, Any]:
    study: dict[str, Any] = page.request.get(f"/api/overlap?model={MODEL}").json()
    return study


def cells(page: Page, body: str) -> list[list[str]]:
    """The texts of a table's rows."""
    rows: list[list[str]] = page.locator(f"#{body} tr").evaluate_all(
        "(rows) => rows.map(({ cells }) => [...cells].map((cell) => cell.textContent.trim()))"
    )
    return rows


def sure(share: float, interval: tuple[float, float]) -> str:
    low, high = interval
    return f"{100 * share:.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def misread(reading: dict[str, int], pairs: int) -> float:
    return (reading["one"] + reading["none"]) / pairs


def expected_rows(bins: list[dict[str, Any]], unit: str) -> list[list[str]]:
    """The table of a curve, from what the server tells: no row for a bin without a pair."""
    rows = []
    for found in bins:
        if not found["pairs"]:
            continue
        ends = [f"{(100 if unit == '%' else 1) * found[side]:g}" for side in ("low", "high")]
        shares = [misread(found["readings"][r - 1], found["pairs"]) for r in SHOWN]
        told = [sure(share, found["intervals"][r - 1]) for share, r in zip(shares, SHOWN, strict=True)]
        rows.append([f"{ends[0]} to {ends[1]} {unit}", f"{found['pairs']:,}", *told])
    return rows


def same(shown: list[list[str]], expected: list[list[str]]) -> bool:
    """The same texts; a number may be rounded the other way where it lies between two."""
    return len(shown) == len(expected) and all(
        len(ours) == len(theirs) and all(close(*pair) for pair in zip(ours, theirs, strict=True))
        for ours, theirs in zip(shown, expected, strict=True)
    )


def close(ours: str, theirs: str) -> bool:
    words = [text.replace("(", "( ").replace(")", " )").replace(",", "").split() for text in (ours, theirs)]
    return len(words[0]) == len(words[1]) and all(
        one == other or abs(float(one) - float(other)) < 0.11 for one, other in zip(*words, strict=True)
    )


def expect_rows(page: Page, expected: list[list[str]]) -> None:
    until(lambda: same(cells(page, "overlap-numbers"), expected), f"the numbers are {expected[0]}, ...")


_DISC = """(canvas, { shares, lows, highs, end, top }) => {
  const [left, right] = [42, canvas.clientWidth - 26]; // as in charts/intervals
  const [above, foot] = [20, canvas.clientHeight - 40];
  const context = canvas.getContext("2d");
  return shares.map((share, k) => {
    const x = left + ((lows[k] + highs[k]) / 2 / end) * (right - left);
    const y = above + (1 - share / top) * (foot - above);
    return [...context.getImageData(x * devicePixelRatio, y * devicePixelRatio, 1, 1).data.slice(0, 3)];
  });
}"""


def expect_discs(page: Page, bins: list[dict[str, Any]]) -> None:
    """The discs of three iterations stand at the server's shares."""
    accent = colour(page, "accent")
    filled = [one for one in bins if one["pairs"]]
    given = {
        "shares": [100 * misread(one["readings"][2], one["pairs"]) for one in filled],
        "lows": [one["low"] for one in filled],
        "highs": [one["high"] for one in filled],
        "end": bins[-1]["high"],
        "top": 10 * math.ceil(10 * max(one["intervals"][r - 1][1] for one in filled for r in SHOWN)),
    }
    curve = page.locator("#overlap-curve")
    for shown in curve.evaluate(_DISC, given):
        assert distance(tuple(shown), accent) < 30, (shown, accent, given)


def test_every_number_is_the_server_s_and_each_choice_has_its_own_curve(page: Page) -> None:
    show(page)
    study = study_of(page)
    curves = set()
    for placement, button in (("centred", "centred"), ("tested", "tested")):
        page.locator(f"#overlap-of-{button}").click()
        expect(page.locator(f"#overlap-of-{button}")).to_have_attribute("aria-pressed", "true")
        readings = [study[placement]["readings"][r - 1] for r in SHOWN]
        for row, reading in zip(cells(page, "overlap-ways"), readings, strict=True):
            errors = reading["one"] + reading["none"]
            counts = [f"{reading[name]:,}" for name in ("both", "one", "none")]
            total = sure(errors / study["pairs"], wilson(errors, study["pairs"]))
            assert same([row[1:]], [[*counts, total]])
        for measure, unit in (("box", "%"), ("ink", "%"), ("distance", "pixels")):
            page.locator(f"#overlap-by-{measure}").click()
            expect_rows(page, expected_rows(study[placement][measure], unit))
            left_out = [one for one in study[placement][measure] if not one["pairs"]]
            expect(page.locator("#overlap-empty")).to_have_text(
                "" if not left_out else "Without a single pair, and so left out: 87.5 to 100 %."
            )
            settled(page)
            expect_discs(page, study[placement][measure])
            curves.add(picture(page.locator("#overlap-curve")))
            assert all(ink(key) > 20 for key in page.locator("#overlap-ways canvas").all())
    assert len(curves) == 6
    expect(page.locator("#overlap-ways th").first).to_have_text("1 iteration: uniform couplings, c = 1/10")
    expect(page.locator("#overlap-findings")).to_contain_text("So pairs that overlap more are misread more often.")
    expect(page.locator("#overlap-findings")).to_contain_text("With one iteration all couplings are uniform")
    until(lambda: "by=distance&pairs=tested" in address(page), "the address holds both choices")
    page.reload()
    expect(page.locator("#overlap-by-distance")).to_have_attribute("aria-pressed", "true")
    expect(page.locator("#overlap-of-tested")).to_have_attribute("aria-pressed", "true")


def place_of(page: Page, offsets: tuple[tuple[int, int], tuple[int, int]]) -> dict[str, float]:
    """Where the five and the seven lie to each other, counted by Python from the server's layers."""
    layers = [{"pixels": pixels_of_digit(page, k), "offset": at} for k, at in zip((8, 0), offsets, strict=True)]
    path = f"/api/trace?model={MODEL}&include=layers"
    laid = torch.tensor(tensors_of(page, path, {"layers": layers})["layers"]).float()[None]
    (a, b) = offsets
    return {"box": float(box_overlap(laid)), "ink": float(shared_ink(laid)), "distance": math.dist(a, b)}


def line_at(page: Page) -> float:
    """Where the line of this pair stands, as a share of the axis: the one column of ink. -1: nowhere."""
    column: float = page.locator("#overlap-curve").evaluate(
        """(canvas, { ink }) => {
          const { width, height } = canvas;
          const { data } = canvas.getContext("2d").getImageData(0, 0, width, height);
          const dark = (x) => {
            let count = 0;
            for (let y = 0; y < height; y++) {
              const at = 4 * (y * width + x);
              count += ink.every((part, k) => Math.abs(part - data[at + k]) < 40) && data[at + 3] > 200;
            }
            return count;
          };
          const counts = Array.from({ length: width }, (_, x) => dark(x));
          const most = Math.max(...counts);
          const [left, right] = [42, canvas.clientWidth - 26]; // as in charts/intervals
          return most < height / 2 ? -1 : (counts.indexOf(most) / devicePixelRatio + 0.5 - left) / (right - left);
        }""",
        {"ink": colour(page, "ink")},
    )
    return column


def expect_line(page: Page, share: float) -> None:
    until(lambda: abs(line_at(page) - share) < 0.01, f"the line stands at {share} of the axis")


def check_place(page: Page, offsets: tuple[tuple[int, int], tuple[int, int]]) -> None:
    study = study_of(page)
    place = place_of(page, offsets)
    told = page.locator("#overlap-own")
    for measure, text in (
        ("box", f"its boxes overlap by {100 * place['box']:.0f} %"),
        ("ink", f"it shares {100 * place['ink']:.0f} % of its ink"),
        ("distance", f"its digits lie {place['distance']:.1f} pixels apart"),
    ):
        page.locator(f"#overlap-by-{measure}").click()
        expect(told).to_contain_text(text)
        bins = study["centred"][measure]
        (own,) = [one for one in bins if one["low"] <= place[measure] < one["high"]]
        reading = own["readings"][2]
        expect(told).to_contain_text(f"Of the {own['pairs']:,} centred pairs")
        expect(told).to_contain_text(f"{100 * misread(reading, own['pairs']):.1f} %")
        expect_line(page, place[measure] / bins[-1]["high"])


def test_the_line_follows_the_digits(page: Page) -> None:
    show(page)
    check_place(page, ((1, -3), (-1, 3)))
    page.locator("#sum").focus()
    for key in ("ArrowLeft", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
    open_section(page, "overlap-study")
    settled(page)
    check_place(page, ((1, -3), (0, 1)))
    page.goto("/overlap#a=8@0.-9&b=0@0.9&by=distance")
    open_section(page, "overlap-study")
    expect(page.locator("#overlap-own")).to_have_text(
        "This pair: its digits lie 18.0 pixels apart. No pair that was measured lies there."
    )
    settled(page)
    assert line_at(page) == -1
    page.goto("/overlap#a=8")  # one layer is empty: there is no place
    expect(page.locator("#overlap-ways tr")).to_have_count(len(SHOWN))
    expect(page.locator("#overlap-own")).to_have_text("")


def told_of(study: dict[str, Any], a: int, b: int) -> str:
    (two,) = [one for one in study["classes"] if one["labels"] == [a, b]]
    share = 100 * two["errors"] / two["pairs"]
    return f"{a} and {b}: {two['errors']} of {two['pairs']} pairs are misread, {share:.1f} %"


def test_each_two_classes_are_told_by_pointer_and_by_keyboard(page: Page) -> None:
    show(page)
    study = study_of(page)
    asked, grid = page.locator("#overlap-asked"), page.locator("#overlap-matrix [role=gridcell]")
    ranked = sorted(study["classes"], key=lambda two: two["errors"] / two["pairs"])
    easiest, hardest = ranked[0], ranked[-1]
    expect(grid).to_have_count(len(study["classes"]))
    expect(page.locator("#overlap-matrix .own")).to_have_accessible_name("25 % misread of 206 pairs, 5 and 7")
    expect(asked).to_contain_text(told_of(study, 5, 7))  # those of this pair

    def cell(two: dict[str, Any]) -> Locator:
        a, b = two["labels"]
        name = f"{100 * two['errors'] / two['pairs']:.0f} % misread of {two['pairs']} pairs, {a} and {b}"
        return page.get_by_role("gridcell", name=name, exact=True)

    surface = colour(page, "surface")
    depths = [distance(surface, background(cell(two))) for two in (easiest, ranked[22], hardest)]
    assert depths[0] < depths[1] < depths[2]

    cell(easiest).hover()
    expect(asked).to_contain_text(told_of(study, *easiest["labels"]))
    page.mouse.move(0, 0)
    expect(asked).to_contain_text(told_of(study, 5, 7))
    expect(page.locator("#overlap-matrix [tabindex='0']")).to_have_count(1)
    cell(hardest).focus()
    expect(asked).to_contain_text(told_of(study, *hardest["labels"]))
    a, b = hardest["labels"]
    for key, labels in (("ArrowDown", (a, b + 1)), ("ArrowLeft", (a - 1, b + 1)), ("ArrowUp", (a - 1, b))):
        page.keyboard.press(key)
        expect(asked).to_contain_text(told_of(study, *labels))
    for _ in range(12):
        page.keyboard.press("ArrowUp")
    expect(asked).to_contain_text(told_of(study, 0, 1))  # the corner is the end
    page.keyboard.press("Tab")
    expect(asked).to_contain_text(told_of(study, 5, 7))

    a, b = hardest["labels"]
    expect(page.locator("#overlap-hardest")).to_contain_text(f"Hardest are {a} and {b}: ")
    expect(page.locator("#overlap-hardest")).to_contain_text("Easiest are {} and {}: ".format(*easiest["labels"]))
    lost = np.zeros((2, 10))
    for two in study["classes"]:
        lost[:, two["labels"]] += [two["lost"], [two["pairs"]] * 2]
    shares = 100 * lost[0] / lost[1]
    shown = page.locator("#overlap-lost li").all_inner_texts()
    assert [float(text.split()[1]) for text in shown] == [round(share, 1) for share in shares]
    expect(page.locator("#overlap-lost-told")).to_contain_text(f"Lost most often: {shares.argmax()},")


def background(cell: Locator) -> tuple[float, float, float]:
    """The colour of a cell, as it is painted."""
    red, green, blue = cell.evaluate("(cell) => getComputedStyle(cell).backgroundColor.match(/[\\d.]+/g).map(Number)")
    return red, green, blue


def test_without_a_study_or_a_pair_the_figure_says_so(new_page: NewPage) -> None:
    page = new_page()
    measured_is(page)
    page.goto(f"/overlap#{FIVE_OVER_SEVEN}")
    open_section(page, "overlap-study")
    expect(page.locator("#overlap-study-missing")).to_contain_text(f"capsnet study-overlap --model {MODEL}")
    expect(page.locator("#overlap-study-place")).to_be_hidden()
    page.unroute_all(behavior="wait")
    page.goto("/overlap#a=-")
    page.reload()
    open_section(page, "overlap-study")
    expect(page.locator("#overlap-study-missing")).to_have_text("Put a digit on a pad to see the measurements.")


def test_the_figure_is_saved_whole(page: Page, tmp_path: Path) -> None:
    show(page)
    accent = np.array(colour(page, "accent"))
    open_saving(page)
    with page.expect_download() as download:
        page.locator('#saving button[aria-label="How much overlap matters, PNG"]').click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    saved = np.array(Image.open(path).convert("RGB"), dtype=float)
    assert (np.abs(saved - accent).max(axis=2) <= 3).sum() > 300
    deepest = np.array(background(page.get_by_role("gridcell", name="3 and 4")))
    assert (np.abs(saved - deepest).max(axis=2) <= 3).sum() > 300
