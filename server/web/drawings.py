"""From a request body to the picture that the network sees."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from model.data.photographs import WHOLE, Box, Doubt, Reading
from model.data.preprocess import BlankDrawingError, has_ink, preprocess
from model.network.interventions import Interventions
from model.zoo.checkpoint import ModelCard
from server.web.bodies import JSON, MULTIPART, PNG, Body, split
from server.web.errors import InvalidError, UnsupportedTypeError, as_api_error
from server.web.ink import ink_of_png, ink_of_strokes
from server.web.pairs import PAIR_PARTS, DrawnPair, pair_of_form, pair_of_json
from server.web.schemas import Pixels, Strokes, TamperedPixels, TamperedStrokes
from server.web.schemas_pairs import Layers, TamperedLayers
from server.web.tampering import interventions_of, interventions_of_part

Array = npt.NDArray[np.float32]

_Given = Pixels | Strokes | Layers
_PLAIN: Mapping[str, type[_Given]] = {"layers": Layers, "strokes": Strokes, "pixels": Pixels}
_TAMPERED: Mapping[str, type[TamperedPixels | TamperedStrokes | TamperedLayers]] = {
    "layers": TamperedLayers,
    "strokes": TamperedStrokes,
    "pixels": TamperedPixels,
}


class Drawing(NamedTuple):
    """A drawing as the network sees it, and what is in doubt about that."""

    image: Array  # (H, W) in [0, 1], of the model's size
    doubts: list[Doubt]
    layers: Array | None = None  # (2, H, W), each digit of a pair where it lies; None where they were not sent


class TamperedDrawing(NamedTuple):
    """A drawing, and what is changed in its routing."""

    image: Array  # (H, W) in [0, 1], of the model's size
    interventions: Interventions | None
    doubts: list[Doubt]
    layers: Array | None = None  # as those of a Drawing


def read_drawing(body: Body, card: ModelCard, max_side: int, crop: Box = WHOLE) -> Drawing:
    """The picture of a body, of the model's size and in [0, 1].

    A PNG is searched for a digit, within the crop; strokes are drawn; JSON pixels are taken as they are; two layers
    are laid over each other. Raises UndecodableError, UnsupportedTypeError, TooLargeError or InvalidError.
    """
    if body.media_type == PNG:
        return _from_png(body.content, card, max_side, crop)
    if body.media_type == MULTIPART:
        return _laid(pair_of_form(split(body, PAIR_PARTS), card, max_side, crop))
    try:
        given = _PLAIN[_kind(body.content)].model_validate_json(body.content)
    except ValidationError as error:
        raise as_api_error(error) from None
    return drawing_of(given, card)


def read_tampered(body: Body, card: ModelCard, max_side: int, crop: Box = WHOLE) -> TamperedDrawing:
    """A drawing alone, a drawing and interventions in one JSON, or a form with both.

    The form has the parts `drawing` or `layer_a`, `layer_b` and `offsets`, and `interventions`. Raises
    UndecodableError, UnsupportedTypeError, TooLargeError or InvalidError.
    """
    if body.media_type == PNG:
        return _tampered(_from_png(body.content, card, max_side, crop), None)
    if body.media_type == JSON:
        return _from_tampered_json(body.content, card)
    parts = split(body, ("drawing", *PAIR_PARTS, "interventions"))
    drawing = _from_form(parts, card, max_side, crop)
    return _tampered(drawing, interventions_of_part(parts.get("interventions"), card.capsules))


def read_png(content: bytes, card: ModelCard, max_side: int, crop: Box = WHOLE) -> Reading:
    """What was taken as ink in a PNG, and what was left out.

    Raises UndecodableError, UnsupportedTypeError, TooLargeError or InvalidError.
    """
    if card.recipe is None:
        side = card.config.image_size
        raise UnsupportedTypeError(
            "unsupported_type",
            f"This model sees two digits at once and takes no PNG. Send {side} x {side} pixels as {JSON}, or layers.",
        )
    try:
        return ink_of_png(content, max_side, crop)
    except BlankDrawingError:
        raise _blank() from None


def drawing_of(given: Pixels | Strokes | Layers, card: ModelCard) -> Drawing:
    """The picture of a JSON text that was read. Raises InvalidError where it makes no sense for this model."""
    match given:
        case Layers():
            return _laid(pair_of_json(given, card))
        case Strokes():
            return _from_strokes(given, card)
    return Drawing(_picture(given.pixels, card), [])


def crop_of(text: str) -> Box:
    """Four shares of a picture, "top,left,bottom,right". Raises InvalidError where they are no part of it."""
    if not text:
        return WHOLE
    top, left, bottom, right = map(float, text.split(","))
    if not (0 <= top < bottom <= 1 and 0 <= left < right <= 1):
        raise InvalidError("out_of_range", "crop: It needs top < bottom and left < right, all of them from 0 to 1.")
    return top, left, bottom, right


def _kind(content: bytes) -> str:
    """What a JSON text is about; one about strokes and pixels is told that strokes are unknown beside pixels."""
    if b'"layers"' in content:
        return "layers"
    return "strokes" if b'"strokes"' in content and b'"pixels"' not in content else "pixels"


def _from_tampered_json(content: bytes, card: ModelCard) -> TamperedDrawing:
    try:
        given = _TAMPERED[_kind(content)].model_validate_json(content)
    except ValidationError as error:
        raise as_api_error(error) from None
    drawing, wanted = drawing_of(given, card), given.interventions
    return _tampered(drawing, interventions_of(wanted, card.capsules) if wanted else None)


def _from_form(parts: Mapping[str, Body], card: ModelCard, max_side: int, crop: Box) -> Drawing:
    of_pair = [name for name in PAIR_PARTS if name in parts]
    if "drawing" not in parts:
        if of_pair:
            return _laid(pair_of_form(parts, card, max_side, crop))
        raise InvalidError("missing_field", "The form needs a part `drawing`, or `layer_a` and `layer_b`.")
    if of_pair:
        raise InvalidError("contradiction", f"A form has a part `drawing` or `{of_pair[0]}`, not both.")
    drawing = parts["drawing"]
    if drawing.media_type not in (PNG, JSON):
        raise UnsupportedTypeError("unsupported_type", f"The drawing's content type must be {PNG} or {JSON}.")
    return read_drawing(drawing, card, max_side, crop)


def _tampered(drawing: Drawing, interventions: Interventions | None) -> TamperedDrawing:
    return TamperedDrawing(drawing.image, interventions, drawing.doubts, drawing.layers)


def _laid(pair: DrawnPair) -> Drawing:
    return Drawing(pair.laid.image, pair.doubts, pair.laid.layers)


def _picture(rows: list[list[float]], card: ModelCard) -> Array:
    """Rows of pixels as an array (H, W). Raises InvalidError for another size and for a blank picture."""
    side = card.config.image_size
    if [len(row) for row in rows] != [side] * side:
        raise InvalidError("wrong_shape", f"pixels: This model takes {side} x {side} pixels.")
    pixels = np.array(rows, dtype=np.float32)
    if not has_ink(pixels):
        raise _blank()
    return pixels


def _from_strokes(given: Strokes, card: ModelCard) -> Drawing:
    if card.recipe is None:
        raise InvalidError("wrong_task", "strokes: This model sees two digits at once. Send pixels, or two layers.")
    try:
        reading = ink_of_strokes(given)
    except BlankDrawingError:  # all of it lies beside the pad
        raise _blank() from None
    return Drawing(preprocess(reading.ink, card.recipe), reading.doubts)


def _from_png(content: bytes, card: ModelCard, max_side: int, crop: Box) -> Drawing:
    reading = read_png(content, card, max_side, crop)
    assert card.recipe is not None
    return Drawing(preprocess(reading.ink, card.recipe), reading.doubts)


def _blank() -> InvalidError:
    return InvalidError("blank", "The drawing is blank: nothing stands out in it.")
