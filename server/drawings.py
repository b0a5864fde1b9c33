"""From a request body to the (28, 28) in [0, 1] that the network sees."""

from __future__ import annotations

import struct
from io import BytesIO
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image
from pydantic import ValidationError

from model.interventions import Interventions
from model.preprocess import INK_THRESHOLD, BlankDrawingError, ink_of_image, preprocess
from server.bodies import JSON, PNG, Body, split
from server.errors import InvalidError, TooLargeError, UndecodableError, UnsupportedTypeError, as_api_error
from server.schemas import PairPixels, Pixels, TamperedPixels
from server.tampering import interventions_of, read_interventions

Array = npt.NDArray[np.float32]

# The signature, then the IHDR chunk, which comes first in every PNG: its length, name, width and height.
_HEADER = struct.Struct(">8s4x4sII")
_END = b"IEND\xaeB`\x82"  # the last chunk's name and checksum; Pillow alone would not miss it
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def read_drawing(body: Body, max_side: int) -> Array:
    """The drawing of a body, (28, 28) in [0, 1].

    A PNG goes through the preprocessing of drawings; JSON pixels are taken as they are. Raises
    UndecodableError, TooLargeError or InvalidError.
    """
    return _from_png(body.content, max_side) if body.media_type == PNG else _from_json(body.content, Pixels)


class TamperedDrawing(NamedTuple):
    """A drawing, and what is changed in its routing."""

    image: Array  # (28, 28) in [0, 1]
    interventions: Interventions | None


def read_pair(body: Body) -> Array:
    """The picture of two digits of a JSON body, (36, 36) in [0, 1], taken as it is. Raises ApiError."""
    return _from_json(body.content, PairPixels)


def read_tampered(body: Body, max_side: int) -> TamperedDrawing:
    """A drawing alone, pixels and interventions in one JSON, or a form with a `drawing` and `interventions`.

    Raises UndecodableError, UnsupportedTypeError, TooLargeError or InvalidError.
    """
    if body.media_type == PNG:
        return TamperedDrawing(_from_png(body.content, max_side), None)
    if body.media_type == JSON:
        return _from_tampered_json(body.content)
    parts = split(body, ("drawing", "interventions"))
    if "drawing" not in parts:
        raise InvalidError("missing_field", "The form has no part `drawing`.")
    drawing, interventions = parts["drawing"], parts.get("interventions")
    if drawing.media_type not in (PNG, JSON):
        raise UnsupportedTypeError("unsupported_type", f"The drawing's content type must be {PNG} or {JSON}.")
    if interventions and interventions.media_type not in ("", JSON):
        raise UnsupportedTypeError("unsupported_type", f"The interventions' content type must be {JSON}.")
    changed = read_interventions(interventions.content) if interventions else None
    return TamperedDrawing(read_drawing(drawing, max_side), changed)


def _from_tampered_json(content: bytes) -> TamperedDrawing:
    try:
        given = TamperedPixels.model_validate_json(content)
    except ValidationError as error:
        raise as_api_error(error) from None
    changed = interventions_of(given.interventions) if given.interventions else None
    return TamperedDrawing(_with_ink(given.pixels), changed)


def _from_json(content: bytes, schema: type[Pixels | PairPixels]) -> Array:
    try:
        return _with_ink(schema.model_validate_json(content).pixels)
    except ValidationError as error:
        raise as_api_error(error) from None


def _with_ink(rows: list[list[float]]) -> Array:
    pixels = np.array(rows, dtype=np.float32)
    if pixels.max() < INK_THRESHOLD:
        raise _blank()
    return pixels


def _from_png(content: bytes, max_side: int) -> Array:
    check_png_header(content, max_side)
    picture = _decode(content)
    try:
        return preprocess(ink_of_image(picture))
    except BlankDrawingError:
        raise _blank() from None


def check_png_header(content: bytes, max_side: int) -> None:
    """Refuse what is no PNG, or one with a side of 0 or beyond `max_side`, before a pixel is decoded."""
    if len(content) < _HEADER.size:
        raise UndecodableError("not_a_png", "The body is not a PNG picture.")
    signature, name, width, height = _HEADER.unpack_from(content)
    if signature != _SIGNATURE or name != b"IHDR" or not width or not height:
        raise UndecodableError("not_a_png", "The body is not a PNG picture.")
    if max(width, height) > max_side:
        raise TooLargeError(
            "picture_too_large", f"The picture is {width} x {height} pixels; the limit is {max_side} x {max_side}."
        )


def _decode(content: bytes) -> Image.Image:
    damaged = UndecodableError("broken_png", "The PNG picture is truncated or damaged.")
    if _END not in content:
        raise damaged
    try:
        with Image.open(BytesIO(content), formats=["PNG"]) as picture:
            picture.load()
            return _plain(picture)
    except Exception as error:  # Pillow lets through whatever its parsers stumble over
        raise damaged from error


def _plain(picture: Image.Image) -> Image.Image:
    """The first frame as 16-bit grey, L or RGBA: palettes and single transparent colours are resolved."""
    if picture.mode.startswith("I"):
        return Image.fromarray(np.asarray(picture))
    has_alpha = picture.mode == "P" or "A" in picture.getbands() or "transparency" in picture.info
    mode = "RGBA" if has_alpha else "L"
    return picture if picture.mode == mode else picture.convert(mode)


def _blank() -> InvalidError:
    return InvalidError("blank", "The drawing is blank: there is no ink on it.")
