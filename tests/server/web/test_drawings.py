"""Every kind of PNG that a browser, a phone or a scanner may send is the same drawing."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from fastapi.testclient import TestClient
from PIL import Image

from model.data.photographs import ink_of_image
from model.data.preprocess import preprocess
from model.zoo.checkpoint import LoadedModel
from server.web.bodies import PNG, Body
from server.web.drawings import read_drawing
from tests.server.helpers import Array, png, png_of, read_safetensors, stroke

EXPECTED = preprocess(ink_of_image(Image.fromarray(stroke())))


def transparent(mode: str) -> Image.Image:
    """Black ink on nothing: all is in the alpha channel."""
    alpha = Image.fromarray(255 - stroke())
    picture = Image.new(mode, alpha.size, 0)
    picture.putalpha(alpha)
    return picture


def palette_with_transparency() -> bytes:
    picture = Image.fromarray((stroke() == 0).astype(np.uint8)).convert("P")
    picture.putpalette([10, 20, 30, 0, 0, 0])
    return png_of(picture, transparency=0)


def animated() -> bytes:
    frames = [Image.fromarray(stroke()), Image.fromarray(stroke(ink=200))]
    file = BytesIO()
    frames[0].save(file, "PNG", save_all=True, append_images=frames[1:])
    return file.getvalue()


def sixteen_bits(inverted: bool = False) -> bytes:
    grey = stroke(paper=0, ink=255) if inverted else stroke()
    return png_of(Image.fromarray(grey.astype(np.uint16) * 257))


KINDS = {
    "grey": png(stroke()),
    "light on dark": png(stroke(paper=0, ink=255)),
    "rgb": png(stroke(), "RGB"),
    "opaque rgba": png(stroke(), "RGBA"),
    "one bit": png(stroke(), "1"),
    "palette": png(stroke(), "P"),
    "sixteen bits": sixteen_bits(),
    "sixteen bits, light on dark": sixteen_bits(inverted=True),
    "grey and alpha": png_of(transparent("LA")),
    "rgba alpha": png_of(transparent("RGBA")),
    "palette with transparency": palette_with_transparency(),
    "animated": animated(),
    "interlaced or not, optimised": png_of(Image.fromarray(stroke()), optimize=True),
    "grey with a transparent level": png_of(Image.fromarray(stroke()), transparency=255),
    "one bit with a transparent level": png_of(Image.fromarray(stroke()).convert("1"), transparency=255),
    "rgb with a transparent colour": png_of(Image.fromarray(stroke()).convert("RGB"), transparency=(255, 255, 255)),
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_png_is_the_same_drawing(loaded_model: LoadedModel, kind: str) -> None:
    picture = read_drawing(Body(PNG, KINDS[kind]), loaded_model.card, 1024).image
    np.testing.assert_allclose(picture, EXPECTED, atol=1e-6)


def test_sixteen_bit_grey_keeps_its_shades(loaded_model: LoadedModel) -> None:
    """Pillow's own conversion would clip nearly every shade to white."""
    shades = np.zeros((40, 110), dtype=np.uint16)
    shades[10:30, 5:105] = np.linspace(5000, 65535, 100)
    eight = preprocess(ink_of_image(Image.fromarray((shades >> 8).astype(np.uint8))))
    picture = read_drawing(Body(PNG, png_of(Image.fromarray(shades))), loaded_model.card, 1024).image
    np.testing.assert_allclose(picture, eight, atol=0.01)


@pytest.mark.parametrize("shape", [(1024, 1024), (1024, 3), (3, 1024)])
def test_pictures_up_to_the_limit_are_taken(client: TestClient, shape: tuple[int, int]) -> None:
    drawing: Array = np.zeros(shape, dtype=np.uint8)
    drawing[1 : shape[0] // 2 + 1, 1 : shape[1] // 3 + 1] = 255
    response = client.post("/api/trace", content=png(drawing), headers={"content-type": "image/png"})
    assert response.status_code == 200
    image = read_safetensors(response.content)[0]["image"]
    assert image.max() > 0.5


def test_a_trace_shows_what_the_network_saw(client: TestClient) -> None:
    response = client.post("/api/trace", content=KINDS["rgba alpha"], headers={"content-type": "image/png"})
    np.testing.assert_allclose(read_safetensors(response.content)[0]["image"], EXPECTED, atol=1e-6)
