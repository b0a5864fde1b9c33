"""From a PNG or from strokes to the ink of a digit, at the size of a reading."""

from __future__ import annotations

import struct
from io import BytesIO

import numpy as np
from PIL import Image, ImageOps

from model.data.photographs import WHOLE, Box, Reading, UnreadablePictureError, read_ink, read_picture
from model.data.photographs.drawn import suitable_pen
from model.data.strokes import render
from server.web.errors import InvalidError, TooLargeError, UndecodableError
from server.web.schemas import Strokes

# The signature, then the IHDR chunk, which comes first in every PNG: its length, name, width and height.
_HEADER = struct.Struct(">8s4x4sII")
_END = b"IEND\xaeB`\x82"  # the last chunk's name and checksum; Pillow alone would not miss it
_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_SVG = (b"<svg", b"<?xml", b"<!DOCTYPE svg")

# Pixels of the pad between the points of a curve that is drawn: its pen is 23 of them wide.
_APART = 2.0


def ink_of_png(content: bytes, max_side: int, crop: Box = WHOLE) -> Reading:
    """What was taken as ink in a PNG, and what was left out.

    Raises BlankDrawingError, UndecodableError, TooLargeError or InvalidError.
    """
    check_png_header(content, max_side)
    picture = _decode(content)
    try:
        return read_picture(picture, crop)
    except UnreadablePictureError as error:
        raise InvalidError("no_digit_found", str(error)) from None


def ink_of_strokes(given: Strokes) -> Reading:
    """Strokes drawn with their pen. Raises BlankDrawingError where all of them lie beside the pad."""
    strokes = [np.array(stroke, dtype=np.float64) for stroke in given.strokes]
    return read_ink(render(strokes, suitable_pen(strokes, given.pen_width), supersampling=2, apart=_APART))


def check_png_header(content: bytes, max_side: int) -> None:
    """Refuse what is no PNG, or one with a side of 0 or beyond `max_side`, before a pixel is decoded."""
    if content.lstrip()[:16].startswith(_SVG):
        raise UndecodableError("not_a_png", "The body is an SVG, which is not read here. Save it as a PNG.")
    if len(content) < _HEADER.size:
        raise UndecodableError("not_a_png", "The body is not a PNG.")
    signature, name, width, height = _HEADER.unpack_from(content)
    if signature != _SIGNATURE or name != b"IHDR" or not width or not height:
        raise UndecodableError("not_a_png", "The body is not a PNG.")
    if max(width, height) > max_side:
        raise TooLargeError(
            "picture_too_large", f"The picture has {width} x {height} pixels. The limit is {max_side} x {max_side}."
        )


def _decode(content: bytes) -> Image.Image:
    damaged = UndecodableError("broken_png", "The PNG is cut short or damaged.")
    if _END not in content:
        raise damaged
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as picture:
            picture.load()
            return _plain(ImageOps.exif_transpose(picture))  # as browsers turn it
    except Exception as error:  # Pillow lets through whatever its parsers stumble over
        raise damaged from error


def _plain(picture: Image.Image) -> Image.Image:
    """The first frame as 16-bit grey, L, RGB or RGBA: palettes and single transparent colours are resolved."""
    if picture.mode.startswith("I"):
        return Image.fromarray(np.asarray(picture))
    has_alpha = picture.mode == "P" or "A" in picture.getbands() or "transparency" in picture.info
    grey = picture.mode in {"1", "L"}
    mode = "RGBA" if has_alpha else "L" if grey else "RGB"
    return picture if picture.mode == mode else picture.convert(mode)
