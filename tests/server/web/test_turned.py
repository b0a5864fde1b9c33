"""A PNG that says how it is to be turned is turned, as browsers turn it."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from model.zoo.checkpoint import LoadedModel
from server.web.bodies import PNG, Body
from server.web.drawings import read_drawing
from tests.server.helpers import png_of, stroke

# How the stored picture has to be changed back, by the number in its eXIf chunk (the Exif standard, tag 274).
STORED = {
    1: lambda upright: upright,
    2: lambda upright: upright[:, ::-1],
    3: lambda upright: upright[::-1, ::-1],
    4: lambda upright: upright[::-1],
    5: lambda upright: upright.T,
    6: lambda upright: np.rot90(upright, 1),
    7: lambda upright: upright[::-1, ::-1].T,
    8: lambda upright: np.rot90(upright, -1),
}


@pytest.mark.parametrize("number", STORED)
@pytest.mark.parametrize("mode", ["L", "RGB", "P"])
def test_all_eight_ways_to_store_a_picture_are_one_drawing(loaded_model: LoadedModel, number: int, mode: str) -> None:
    upright = stroke()
    upright[100:110, 20:80] = 0  # a foot, so that no turn and no mirror leaves it as it is
    exif = Image.Exif()
    exif[274] = number
    picture = Image.fromarray(np.ascontiguousarray(STORED[number](upright))).convert(mode)
    content = png_of(picture, exif=exif)
    assert b"eXIf" in content
    assert Image.open(BytesIO(content)).getexif()[274] == number
    read = [
        read_drawing(Body(PNG, each), loaded_model.card, 1024).image
        for each in (content, png_of(Image.fromarray(upright)))
    ]
    np.testing.assert_array_equal(read[0], read[1])
