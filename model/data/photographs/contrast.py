"""The mix of channels, and the side of the paper, in which the ink stands out best."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from model.data.photographs.marks import Mark, heaviest_of
from model.data.photographs.paper import FINEST, calm, deviation, light_of, narrow_marks, stand_out

FloatArray = npt.NDArray[np.float32]
Mix = tuple[float, float, float]

_LUMINANCE = (0.299, 0.587, 0.114)
# Lightness first, and then colours: what is red, green or blue against the others.
_MIXES: tuple[Mix, ...] = (
    _LUMINANCE,
    (1, 0, 0),
    (0, 1, 0),
    (0, 0, 1),
    (0.7, -0.7, 0),
    (-0.4, -0.4, 0.8),
    (0.7, 0, -0.7),
)
# Standard deviations of the paper beyond which a pixel stands out.
STANDS_OUT = 5.0
# Another mix must be better than lightness by so much: colour is the first thing that a JPEG throws away.
_BETTER = 1.6
_AMPLE = 40.0


class Side(NamedTuple):
    """Where the ink lies: in which mix of the channels, and whether darker (-1) or lighter (1) than the paper."""

    mix: Mix
    sign: int


LIGHTNESS = Side(_LUMINANCE, -1)


class Contrast(NamedTuple):
    """How far each pixel stands out of the paper on the side of the ink."""

    response: FloatArray  # (H, W), in levels
    noise: float  # the standard deviation of the paper, in levels
    flat: bool  # a clean picture, whose paper is one level


def flat_contrast(levels: FloatArray, paper: FloatArray, reach: int | None = None) -> Contrast:
    """The contrast of a clean picture: along the line from the paper's colour to the ink's, and nothing smoothed.

    With a reach, what is wider counts as paper: a shadow may be as clean as the rest.
    """
    away = levels - paper
    strength = np.linalg.norm(away, axis=2)
    pixels = away[strength >= 0.5 * strength.max(initial=0)]
    towards = (pixels * np.where(pixels @ pixels[0] < 0, -1, 1)[:, None]).mean(axis=0)
    signed = away @ (towards / max(float(np.linalg.norm(towards)), 1e-6)).astype(np.float32)
    sides = [(-signed).clip(min=0), signed.clip(min=0)]
    if reach is not None:
        sides = [np.minimum(side, narrow) for side, narrow in zip(sides, narrow_marks(signed, reach), strict=True)]
    if not max(side.max(initial=0) for side in sides):  # all that there is is wide
        sides = [(-signed).clip(min=0), signed.clip(min=0)]
    response = max(sides, key=lambda side: float((side**2).sum()))
    return Contrast(response.astype(np.float32), FINEST, flat=True)


def evenly_lit(levels: FloatArray) -> tuple[FloatArray, float]:
    """The picture as it would be under an even light, and how uneven the light is, as a share of the brightest."""
    light = light_of(_mixed(levels, _LUMINANCE))
    even = (levels + 4) * (light.mean() / (light + 4))[..., None]
    lowest, highest = np.percentile(light, [2, 98])
    return even.astype(np.float32), float((highest - lowest) / max(highest, 1))


def side_of_ink(levels: FloatArray, reach: int) -> Side:
    """In which mix, and on which side of the paper, the clearest mark of an evenly lit picture stands out."""
    best, score = LIGHTNESS, 0.0
    for mix in _MIXES if levels.shape[2] == 3 else _MIXES[:1]:
        channel = _mixed(levels, mix)
        found = {sign: _clearest(response) for sign, response in _responses(channel, reach)}
        (dark, dark_mark), (light, light_mark) = found[-1], found[1]
        # The paper within a loop of ink looks like a mark of the other side.
        if _lies_in(light_mark, dark_mark):
            light = 0.0
        elif _lies_in(dark_mark, light_mark):
            dark = 0.0
        clear = max(dark, light) / (1 if mix is _LUMINANCE else _BETTER)
        if clear > score:
            best, score = Side(mix, 1 if light > dark else -1), clear
        if score > _AMPLE:
            break
    return best


def contrast_on(side: Side, levels: FloatArray, reach: int) -> Contrast:
    """The contrast of an evenly lit picture on the side of the ink."""
    dark, light = stand_out(calm(_mixed(levels, side.mix)), reach)
    response = (dark if side.sign < 0 else light).astype(np.float32)
    return Contrast(response, max(FINEST / 2, deviation(response)), flat=False)


def _mixed(levels: FloatArray, mix: Mix) -> FloatArray:
    if levels.shape[2] == 1:
        return levels[..., 0]
    mixed: FloatArray = levels @ np.array(mix, dtype=np.float32)
    return mixed


def _responses(channel: FloatArray, reach: int) -> list[tuple[int, FloatArray]]:
    """What is darker than the paper (-1), and what is lighter (1).

    Between the strokes of dark ink the paper looks like a light mark; but it has the lightness of all the paper.
    """
    calmed = calm(channel)
    at_large = light_of(channel)
    both = []
    for away, sign in zip(stand_out(calmed, reach), (-1, 1), strict=True):
        off = sign * (calmed - at_large)
        response = away.astype(np.float32)
        response[(off < 0.4 * away) & (away > 0)] *= np.float32(0.3)
        both.append((sign, response))
    return both


def _clearest(response: FloatArray) -> tuple[float, Mark | None]:
    """How clear the heaviest mark is, in standard deviations of the paper, and the mark."""
    noise = max(FINEST / 2, deviation(response))
    mark = heaviest_of(response, STANDS_OUT * noise)
    if mark is None:
        return 0.0, None
    return mark.darkness / noise * (mark.area / response.size) ** 0.25 * 4, mark


def _lies_in(inner: Mark | None, outer: Mark | None) -> bool:
    if inner is None or outer is None:
        return False
    top, left = max(inner.box[0], outer.box[0]), max(inner.box[1], outer.box[1])
    bottom, right = min(inner.box[2], outer.box[2]), min(inner.box[3], outer.box[3])
    shared = max(0, bottom - top) * max(0, right - left)
    area = inner.height * inner.width
    return shared > 0.8 * area and outer.height * outer.width > area
