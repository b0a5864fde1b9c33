"""What the Save menu writes: numbers held against the API's, and pictures that can be opened and have ink."""

from __future__ import annotations

import base64
import csv
import io
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Page, Route, expect
from safetensors.numpy import load_file

from tests.browser.asking import Array, trace_of_digit
from tests.browser.conftest import NewPage, Witness
from tests.browser.eyes import colour
from tests.browser.pens import draw, plain_digit
from tests.browser.waiting import at_rest, open_digit, open_saving, until_held

DIGIT = 18
ITERATIONS = 2
SVG = "{http://www.w3.org/2000/svg}"
STEM = rf"capsnet-[\w-]+-reads-\d-iteration-{ITERATIONS}-of-{ITERATIONS}"
IN_THE_FIGURE = [
    "Routing, from primary to class capsules",
    "The drawing",
    "What the network sees",
    "The 256 maps of Conv1",
    "The pose of the selected class",
    "The reconstruction beside the input",
    "What you are looking at",
]
CLASSES = {str(label) for label in range(10)}


@pytest.fixture
def looking(page: Page) -> Page:
    open_digit(page, DIGIT, f"&iterations={ITERATIONS}")
    return page


def save(page: Page, name: str, format_: str, folder: Path) -> Path:
    """Choose it in the menu; gives the file, under the name that the page proposes."""
    if not page.locator("#saving").is_visible():
        open_saving(page)
    with page.expect_download() as download:
        page.locator(f'#saving button[aria-label="{name}, {format_}"]').click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def rows_of(path: Path) -> tuple[list[str], Array]:
    header, *rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8")))
    return header, np.array(rows, dtype=float)


def test_the_safetensors_file_holds_everything_in_float32(looking: Page, tmp_path: Path) -> None:
    path = save(looking, "Everything the network computed", "safetensors", tmp_path)
    assert re.fullmatch(rf"{STEM}\.safetensors", path.name)
    tensors = load_file(path)
    trace = trace_of_digit(looking, DIGIT, ITERATIONS)
    assert {name: (array.shape, array.dtype) for name, array in tensors.items()} == {
        name: (shape, np.dtype(np.float32))
        for name, shape in {
            "image": (28, 28),
            "conv1": (256, 20, 20),
            "primary_capsules": (1152, 8),
            "votes": (1152, 10, 16),
            "routing_logits": (ITERATIONS, 1152, 10),
            "coupling_coefficients": (ITERATIONS, 1152, 10),
            "agreement": (ITERATIONS, 1152, 10),
            "class_capsules": (ITERATIONS, 10, 16),
            "lengths": (ITERATIONS, 10),
            "reconstruction": (28, 28),
        }.items()
    }
    for name in ("coupling_coefficients", "agreement", "lengths"):
        np.testing.assert_allclose(tensors[name], getattr(trace, name), rtol=1e-5, atol=1e-6)


def test_the_tables_hold_the_numbers_of_the_api(looking: Page, tmp_path: Path) -> None:
    trace = trace_of_digit(looking, DIGIT, ITERATIONS)
    path = save(looking, "Couplings and agreements", "CSV", tmp_path)
    assert re.fullmatch(rf"{STEM}-couplings\.csv", path.name)
    header, rows = rows_of(path)
    assert header == ["iteration", "capsule", "type", "row", "column", "class", "coupling", "agreement"]
    assert rows.shape == (ITERATIONS * 1152 * 10, 8)
    r, i, label = np.indices((ITERATIONS, 1152, 10)).reshape(3, -1)
    places = [r + 1, i + 1, i // 36 + 1, i % 36 // 6 + 1, i % 6 + 1, label]
    np.testing.assert_array_equal(rows[:, :6], np.stack(places, axis=1))
    np.testing.assert_allclose(rows[:, 6], trace.coupling_coefficients.ravel(), rtol=1e-5, atol=1e-7)
    np.testing.assert_allclose(rows[:, 7], trace.agreement.ravel(), rtol=1e-4, atol=1e-6)
    header, rows = rows_of(save(looking, "Class capsules: lengths and poses", "CSV", tmp_path))
    assert header[:4] == ["iteration", "class", "length", "pose_1"]
    assert rows.shape == (ITERATIONS * 10, 19)
    np.testing.assert_allclose(rows[:, 2], trace.lengths.ravel(), atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(rows[:, 3:], axis=1), rows[:, 2], atol=1e-6)


@pytest.mark.parametrize("name", IN_THE_FIGURE)
def test_each_picture_of_the_figure_opens_as_png_and_as_svg(looking: Page, name: str, tmp_path: Path) -> None:
    picture = opened(save(looking, name, "PNG", tmp_path))
    assert picture.width >= 640
    assert picture.height >= 200
    assert (np.array(picture)[0, 0] > 240).all(), "the margin is the colour of the page"
    assert inked(picture) > 2000
    root = ElementTree.parse(save(looking, name, "SVG", tmp_path)).getroot()
    assert root.tag == f"{SVG}svg"
    assert abs(2 * float(root.attrib["width"]) - picture.width) <= 1
    texts = [text.text or "" for text in root.iter(f"{SVG}text")]
    assert texts[0] == name
    assert any(f"iteration {ITERATIONS} of {ITERATIONS}" in text for text in texts)


def test_the_routing_is_saved_as_lines(looking: Page, tmp_path: Path) -> None:
    root = ElementTree.parse(save(looking, IN_THE_FIGURE[0], "SVG", tmp_path)).getroot()
    curves = sum((path.attrib["d"]).count("C") for path in root.iter(f"{SVG}path"))
    assert curves == int(looking.locator("#links").get_attribute("data-links") or -1) > 0
    assert len(list(root.iter(f"{SVG}rect"))) > 1152
    texts = {text.text for text in root.iter(f"{SVG}text")}
    assert {"0", "9", "Primary capsules"} <= texts
    assert set(looking.locator(".class-row .length").all_inner_texts()) <= texts


def test_every_figure_is_listed_and_saved_complete_without_scrolling(looking: Page, tmp_path: Path) -> None:
    page = looking
    open_saving(page)
    listed = [label.removesuffix(", SVG") for label in labels(page) if label.endswith(", SVG")]
    below = page.locator("section.below > h2").all_inner_texts()
    assert listed == [*IN_THE_FIGURE, *below]
    for name in listed:
        root = ElementTree.parse(save(page, name, "SVG", tmp_path)).getroot()
        text = " ".join(text.text or "" for text in root.iter(f"{SVG}text"))
        described = root.findtext(f"{SVG}desc") or ""
        assert text.startswith(name)
        assert root.findtext(f"{SVG}title") == name
        assert "network mnist" in text, name
        assert f"iteration {ITERATIONS} of {ITERATIONS}" in text, name
        assert f"test digit {DIGIT}: a 3" in text, name
        link = described.splitlines()[-1]
        assert link.startswith(page.url.partition("#")[0]), name
        assert link.replace(" ", "") in text.replace(" ", ""), f"{name} shows its link"
        assert f"digit={DIGIT}" in link, name
        assert len(list(root.iter())) > 15, f"{name} is not empty"
    assert page.evaluate("scrollY") == 0
    expect(page.locator("#notice")).to_be_hidden()


def test_a_saved_figure_has_its_rows_its_classes_and_its_caption(looking: Page, tmp_path: Path) -> None:
    page = looking

    def texts(name: str) -> list[str]:
        root = ElementTree.parse(save(page, name, "SVG", tmp_path)).getroot()
        return [text.text or "" for text in root.iter(f"{SVG}text")]

    votes = texts("Do the votes agree?")
    assert any(text.endswith(", the selected class") for text in votes)
    assert any(text.endswith(", the longest other class") for text in votes)
    assert any("Each dot is one primary capsule" in text for text in votes)
    couplings = texts("All couplings at once")
    assert all(couplings.count(label) == 2 for label in CLASSES)
    assert any("from 0.0" in text and "through 0.1 to" in text for text in couplings), "the scale has its numbers"
    assert set(texts("Your drawing as each digit")) >= CLASSES
    assert set(texts("What if the routing were different?")) >= CLASSES
    pose = texts("The pose of the selected class")
    assert {str(number) for number in range(1, 17)} <= set(pose)
    sweeps = texts("What each dimension of the pose does")
    assert {str(number) for number in range(1, 17)} <= set(sweeps)
    assert any("paper’s Figure 4" in text for text in sweeps)
    procedure = texts("Procedure 1, line by line")
    assert "Point at another primary capsule" in " ".join(procedure), "without the words for a finger"
    assert {f"{line}." for line in range(1, 9)} <= set(procedure)
    cards = texts("How capsules work")
    assert {"mnist", "mnist-drawn", "A capsule is a vector"} <= set(cards)


def test_text_of_a_saved_figure_does_not_overlap(looking: Page, tmp_path: Path) -> None:
    drawn = save(looking, "How capsules work", "SVG", tmp_path).read_text(encoding="utf-8")
    looking.goto("about:blank")
    looking.set_content(drawn)
    boxes = looking.locator("text").evaluate_all(
        "(all) => all.map((text) => { const b = text.getBBox(); return [b.x, b.y, b.width, b.height]; })"
    )
    rows = [box for box in boxes if box[3] > 14 and box[2] > 100]  # lines of text, not letters of a formula
    for k, (x, y, width, height) in enumerate(rows):
        for x2, y2, width2, height2 in rows[k + 1 :]:
            across = min(x + width, x2 + width2) - max(x, x2)
            down = min(y + height, y2 + height2) - max(y, y2)
            assert across < 3 or down < 6, ((x, y, width, height), (x2, y2, width2, height2))


def test_what_is_empty_is_not_saved_and_says_what_is_missing(page: Page, witness: Witness) -> None:
    page.route("**/api/digits?**", lambda route: route.fulfill(status=404, json={"detail": "none"}))
    open_digit(page, DIGIT)
    open_saving(page)
    page.locator('#saving button[aria-label="Between two digits, PNG"]').click()
    expect(page.locator("#notice-text")).to_contain_text(
        "“Between two digits” could not be saved. Choose a second digit"
    )
    witness.complaints.clear()  # of the answers that were withheld


def test_curves_are_saved_as_lines(looking: Page, tmp_path: Path) -> None:
    root = ElementTree.parse(save(looking, "What the iterations change", "SVG", tmp_path)).getroot()
    lines = [path.attrib["d"] for path in root.iter(f"{SVG}path") if path.attrib["fill"] == "none"]
    assert len(lines) == 10 + 3
    assert all(line.count("L") == ITERATIONS - 1 for line in lines)
    assert opened(save(looking, "What the iterations change", "PNG", tmp_path)).width > 2000


def test_figure_4_is_one_picture_of_all_its_rows(looking: Page, tmp_path: Path) -> None:
    root = ElementTree.parse(save(looking, "What each dimension of the pose does", "SVG", tmp_path)).getroot()
    assert len(list(root.iter(f"{SVG}image"))) == 16 * 11 + 1  # and what the network saw, at the foot


def test_what_a_class_owns_is_saved_on_the_ink_alone(page: Page, tmp_path: Path) -> None:
    page.goto("/")
    draw(page, plain_digit(7).strokes)
    expect(page.locator("#answer")).to_have_text("7")
    page.locator(".class-row[data-label='7']").click()
    at_rest(page)
    root = ElementTree.parse(save(page, IN_THE_FIGURE[1], "SVG", tmp_path)).getroot()
    image, _ = root.iter(f"{SVG}image")  # and what the network saw, at the foot
    href = image.attrib["href"]
    with Image.open(io.BytesIO(base64.b64decode(href.partition(",")[2]))) as opened_image:
        pixels = np.array(opened_image.convert("RGBA")).astype(int)
    inked = pixels[..., 3] > 128
    assert 0.02 < inked.mean() < 0.5, "what is no ink is not tinted"
    assert ((pixels[..., 0] - pixels[..., 2] > 40) & inked).sum() > 100, "and of the ink a part is"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_saved_picture_has_the_colours_of_its_scale(new_page: NewPage, scheme: str, tmp_path: Path) -> None:
    """While nothing is tampered with both maps of changes are empty: their scales alone have its two ends."""
    page = new_page(color_scheme=scheme)
    open_digit(page, DIGIT)
    ends = [colour(page, "negative"), colour(page, "positive")]
    open_saving(page)
    name = next(label.removesuffix(", PNG") for label in labels(page) if label.startswith("What if the routing"))
    pixels = np.array(opened(save(page, name, "PNG", tmp_path)).convert("RGB")).astype(int)
    for end in ends:
        near = np.abs(pixels - np.array(end)).max(axis=-1) < 24
        assert near.sum() > 20, f"{name} has no {end}"


def labels(page: Page) -> list[str]:
    expect(page.locator("#saving button").first).to_be_visible()  # the menu is fetched when it opens
    return [button.get_attribute("aria-label") or "" for button in page.locator("#saving button").all()]


def test_what_cannot_be_saved_says_so_and_can_be_tried_again(looking: Page, tmp_path: Path, witness: Witness) -> None:
    page = looking
    # A drawing context that lacks what the page's drawing code asks of it.
    page.route(
        "**/widgets/export/recorder.*js",
        lambda route: route.fulfill(body="export class Recorder {}", content_type="text/javascript"),
    )
    open_saving(page)
    button = page.locator(f'#saving button[aria-label="{IN_THE_FIGURE[1]}, SVG"]')
    button.click()
    expect(page.locator("#notice-text")).to_contain_text("“The drawing” could not be saved.")
    assert all("is not a function" in complaint for complaint in witness.complaints)  # the console tells why
    witness.complaints.clear()
    expect(button).to_be_enabled()
    assert opened(save(page, IN_THE_FIGURE[1], "PNG", tmp_path)).width >= 640


def test_saving_changes_nothing_on_the_page(looking: Page, tmp_path: Path) -> None:
    shown = "(all) => all.map((canvas) => canvas.toDataURL()).join()"
    canvases = looking.locator("#figure canvas")
    before = canvases.evaluate_all(shown)
    save(looking, IN_THE_FIGURE[0], "PNG", tmp_path)
    assert canvases.evaluate_all(shown) == before


def test_the_menu_is_a_matter_of_keys(looking: Page) -> None:
    page = looking
    page.locator("#save").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#saving button").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator("#saving button").nth(2)).to_be_focused()
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith("-lengths.csv")
    expect(page.locator("#saving button").nth(2)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#saving")).to_be_hidden()
    expect(page.locator("#save")).to_be_focused()


def test_an_empty_page_offers_nothing_and_says_so(page: Page) -> None:
    page.goto("/#empty=1")
    page.locator("#save").click()
    expect(page.locator("#saving")).to_have_text("There is nothing to save yet. Draw something first.")
    expect(page.locator("#saving button")).to_have_count(0)


def test_on_a_phone_by_night_the_menu_fits_and_the_picture_is_dark(new_page: NewPage, tmp_path: Path) -> None:
    page = new_page(viewport={"width": 390, "height": 844}, color_scheme="dark", has_touch=True)
    open_digit(page, DIGIT)
    page.locator("#save").tap()
    box = page.locator("#saving").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    picture = opened(save(page, IN_THE_FIGURE[0], "PNG", tmp_path))
    assert (np.array(picture)[0, 0] < 60).all()


def opened(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("RGB")


def inked(picture: Image.Image) -> int:
    """Pixels that differ from the first."""
    pixels = np.array(picture).astype(int)
    return int((np.abs(pixels - pixels[0, 0]).max(axis=2) > 8).sum())


def test_a_menu_that_was_opened_too_early_is_filled_when_there_is_something(page: Page) -> None:
    held: list[Route] = []
    page.route(re.compile("api/trace"), lambda route: held.append(route))
    page.goto("/#digit=1")
    until_held(page, held)
    page.locator("#save").click()
    menu = page.locator("#saving")
    expect(menu).to_contain_text("There is nothing to save yet")
    held[0].continue_()
    expect(menu.get_by_role("button").first).to_be_visible()
