"""From a request body to a pair of digits: each drawn as a digit alone is, then laid where its offset says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from pydantic import ValidationError

from model.data.catalogue import DATA_SETS
from model.data.pairs import Laid, Pair, lay
from model.data.photographs import DOUBTS, WHOLE, Box, Doubt, Reading
from model.data.preprocess import BlankDrawingError, Recipe, has_ink, preprocess
from model.network.interventions import Interventions
from model.zoo.checkpoint import ModelCard
from server.web.bodies import JSON, PNG, Body, split
from server.web.errors import ApiError, InvalidError, UnsupportedTypeError, as_api_error
from server.web.ink import ink_of_png, ink_of_strokes
from server.web.schemas import Strokes
from server.web.schemas_pairs import EmptyLayer, LayerPart, LayerPixels, Layers, NoInk, OffsetsPart, TamperedLayers
from server.web.tampering import interventions_of, interventions_of_part

Array = npt.NDArray[np.float32]
T = TypeVar("T")

LAYER_PARTS = ("layer_a", "layer_b")
PAIR_PARTS = (*LAYER_PARTS, "offsets")


class DrawnPair(NamedTuple):
    """A pair as it was drawn, as the network sees it, and what is in doubt about its digits."""

    pair: Pair
    laid: Laid
    doubts: list[Doubt]


class TamperedPair(NamedTuple):
    """A pair as it was drawn, and what is changed in its routing."""

    pair: Pair
    interventions: Interventions | None


class _Layer(NamedTuple):
    """One digit, alone."""

    place: str  # what a message calls it
    picture: Array  # (h, w) in [0, 1], of the data set's size
    doubts: list[Doubt]


def read_pair(body: Body, card: ModelCard, max_side: int) -> TamperedPair:
    """Two layers, in one JSON or in a form, and what is changed in the routing.

    Raises UndecodableError, UnsupportedTypeError, TooLargeError or InvalidError.
    """
    if body.media_type == JSON:
        try:
            given = TamperedLayers.model_validate_json(body.content)
        except ValidationError as error:
            raise as_api_error(error) from None
        wanted = given.interventions
        return TamperedPair(pair_of_json(given, card).pair, interventions_of(wanted, card.capsules) if wanted else None)
    parts = split(body, (*PAIR_PARTS, "interventions"))
    changed = interventions_of_part(parts.get("interventions"), card.capsules)
    return TamperedPair(pair_of_form(parts, card, max_side).pair, changed)


def pair_of_json(given: Layers, card: ModelCard) -> DrawnPair:
    """The pair of a JSON text. Raises InvalidError where it makes no sense for this model."""
    recipe = _recipe_of(card)
    layers = [_layer_of(f"layers.{number}", layer, recipe) for number, layer in enumerate(given.layers)]
    return _drawn(layers, [layer.offset for layer in given.layers], card)


def pair_of_form(parts: Mapping[str, Body], card: ModelCard, max_side: int, crop: Box = WHOLE) -> DrawnPair:
    """The pair of a form's parts; those that are about something else are passed over.

    A PNG is searched for a digit within the crop. Raises UndecodableError, UnsupportedTypeError, TooLargeError or
    InvalidError.
    """
    recipe = _recipe_of(card)
    if not set(LAYER_PARTS) <= set(parts):
        raise InvalidError("missing_field", "The form needs layer_a and layer_b. An empty layer is {} as JSON.")
    layers = [_layer_of_part(name, parts[name], recipe, max_side, crop) for name in LAYER_PARTS]
    return _drawn(layers, _offsets_of(parts.get("offsets")), card)


def _recipe_of(card: ModelCard) -> Recipe:
    """How a layer becomes a digit of the data set. Raises InvalidError for a model that sees one digit."""
    if card.sees_one_digit:
        raise InvalidError("wrong_task", "layers: This model sees one digit. Ask a model that sees two.")
    return DATA_SETS[card.data_set].recipe


def _drawn(layers: list[_Layer], offsets: list[list[int]], card: ModelCard) -> DrawnPair:
    """Lay the layers. Raises InvalidError where nothing can be seen, or not all that should be."""
    side = card.config.image_size
    most = side // 2
    for layer, offset in zip(layers, offsets, strict=True):
        if any(abs(number) > most for number in offset):
            limits = f"Its offset goes from {-most} to {most} pixels in this model, both ways."
            raise InvalidError("out_of_range", f"{layer.place}: {limits}")
    pair = Pair(np.stack([layer.picture for layer in layers]), np.array(offsets, dtype=np.int64))
    inked = [has_ink(picture) for picture in pair.digits]
    if not any(inked):
        raise InvalidError("blank", "Both layers are blank: nothing stands out in them.")
    laid = lay(*pair, side)
    for layer, has_any, lies in zip(layers, inked, laid.layers, strict=True):
        if has_any and not has_ink(lies):
            raise InvalidError("layer_outside", f"{layer.place}: All of its ink lies outside the picture.")
    told = {doubt for layer in layers for doubt in layer.doubts}
    return DrawnPair(pair, laid, [doubt for doubt in DOUBTS if doubt in told])


def _layer_of(place: str, given: Strokes | LayerPixels | EmptyLayer | NoInk, recipe: Recipe) -> _Layer:
    match given:
        case Strokes():
            return _preprocessed(place, lambda: ink_of_strokes(given), recipe)
        case LayerPixels():
            return _Layer(place, _picture(place, given.pixels, recipe.image_size), [])
    return _empty(place, recipe)


def _layer_of_part(place: str, part: Body, recipe: Recipe, max_side: int, crop: Box) -> _Layer:
    if part.media_type == PNG:
        return _told(place, lambda: _preprocessed(place, lambda: ink_of_png(part.content, max_side, crop), recipe))
    if part.media_type != JSON:
        raise UnsupportedTypeError("unsupported_type", f"{place}: The content type must be {PNG} or {JSON}.")
    return _layer_of(place, _told(place, lambda: LayerPart.validate_json(part.content)), recipe)


def _offsets_of(part: Body | None) -> list[list[int]]:
    if part is None:
        return [[0, 0], [0, 0]]
    if part.media_type not in ("", JSON):
        raise UnsupportedTypeError("unsupported_type", f"offsets: The content type must be {JSON}.")
    return _told("offsets", lambda: OffsetsPart.validate_json(part.content))


def _told(place: str, read: Callable[[], T]) -> T:
    """What is read, or an ApiError that names the part of the form."""
    try:
        return read()
    except (ApiError, ValidationError) as error:
        told = as_api_error(error)
        raise type(told)(told.code, f"{place}: {told.message}") from None


def _preprocessed(place: str, read: Callable[[], Reading], recipe: Recipe) -> _Layer:
    """A drawing by the data set's recipe. A blank one is an empty layer."""
    try:
        reading = read()
        return _Layer(place, preprocess(reading.ink, recipe), reading.doubts)
    except BlankDrawingError:
        return _empty(place, recipe)


def _empty(place: str, recipe: Recipe) -> _Layer:
    return _Layer(place, np.zeros((recipe.image_size,) * 2, dtype=np.float32), [])


def _picture(place: str, rows: list[list[float]], side: int) -> Array:
    """Rows of pixels as an array. Raises InvalidError for another size."""
    if [len(row) for row in rows] != [side] * side:
        raise InvalidError("wrong_shape", f"{place}: The layers of this model have {side} x {side} pixels.")
    return np.array(rows, dtype=np.float32)
