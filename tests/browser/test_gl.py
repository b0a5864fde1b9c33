"""Links by the thousand through WebGL2: the picture that a canvas draws, and the canvas where there is no card."""

from __future__ import annotations

from base64 import b64decode
from io import BytesIO

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.waiting import at_rest

DIGIT = 18
ALL = "&above=0"
_LOSE = """() => {
  const original = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
    const context = original.call(this, kind, ...rest);
    if (kind === "webgl2") window.card = context;
    return context;
  };
}"""


def open_links(page: Page, painter: str, query: str = "", rest: str = ALL) -> None:
    page.goto(f"/{query}#digit={DIGIT}&iterations=4{rest}")
    expect(page.locator("#links")).to_have_attribute("data-painter", painter)
    at_rest(page)
    expect(page.locator("#links")).to_have_attribute("data-painter", painter)


def shown(page: Page) -> npt.NDArray[np.float64]:
    """The canvas as premultiplied red, green, blue and alpha, 0 to 255."""
    url: str = page.locator("#links").evaluate("(canvas) => canvas.toDataURL()")
    pixels = np.asarray(Image.open(BytesIO(b64decode(url.partition(",")[2]))).convert("RGBA")).astype(float)
    pixels[..., :3] *= pixels[..., 3:] / 255
    return pixels


def blurred(pixels: npt.NDArray[np.float64], side: int = 3) -> npt.NDArray[np.float64]:
    """Means of side x side pixels: what the eye sees of lines that two rasterisers place a part of a pixel apart."""
    height, width = (size - size % side for size in pixels.shape[:2])
    means: npt.NDArray[np.float64] = (
        pixels[:height, :width].reshape(height // side, side, width // side, side, 4).mean(axis=(1, 3))
    )
    return means


@pytest.mark.parametrize(("scale", "rest"), [(1, "&above=0"), (2, "&above=0.1&at=2.5"), (2, "&above=0&class=8")])
def test_both_painters_draw_the_same_picture(new_page: NewPage, scale: int, rest: str) -> None:
    page = new_page(device_scale_factor=scale, reduced_motion="reduce")
    open_links(page, "canvas", rest=rest)
    count = int(page.locator("#links").get_attribute("data-links") or 0)
    assert count >= 1500
    by_canvas = shown(page)
    open_links(page, "webgl2", "?links=webgl2", rest)
    assert page.locator("#links").get_attribute("data-links") == str(count)
    by_card = shown(page)
    assert by_canvas.shape == by_card.shape
    assert by_canvas[..., 3].mean() > 1
    difference = np.abs(blurred(by_card) - blurred(by_canvas))
    assert difference.mean() < 1  # of 255, where the picture's own mean is about 10
    assert np.percentile(difference, 99) < 6
    assert abs(by_card.mean() / by_canvas.mean() - 1) < 0.05


def test_a_program_that_pretends_to_be_a_card_is_not_asked(page: Page) -> None:
    with page.expect_request("**/gl/links.*js"):
        open_links(page, "canvas")
    at_rest(page)
    expect(page.locator("#links")).to_have_attribute("data-painter", "canvas")


def test_few_links_fetch_nothing(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    open_links(page, "canvas", "?links=webgl2", "")
    assert int(page.locator("#links").get_attribute("data-links") or 0) < 1500
    assert not any("/gl/" in url for url in asked)


def test_a_lost_card_falls_back_to_the_canvas(page: Page) -> None:
    page.add_init_script(f"({_LOSE})()")
    open_links(page, "webgl2", "?links=webgl2", "&above=0&at=4")
    before = blurred(shown(page))
    page.evaluate("card.getExtension('WEBGL_lose_context').loseContext()")
    page.keyboard.press(",")  # the next picture is drawn without it
    expect(page.locator("#links")).to_have_attribute("data-painter", "canvas")
    page.keyboard.press(".")
    expect(page.locator("#iteration")).to_contain_text("iteration 4 of 4")
    at_rest(page)
    assert np.abs(blurred(shown(page)) - before).mean() < 2


def test_a_capsule_that_is_looked_at_is_drawn_by_the_canvas(page: Page) -> None:
    open_links(page, "webgl2", "?links=webgl2")
    page.locator("#primary").focus()
    page.keyboard.press("ArrowRight")
    expect(page.locator("#links")).to_have_attribute("data-links", "10")
    expect(page.locator("#links")).to_have_attribute("data-painter", "canvas")
