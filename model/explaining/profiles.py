"""The measures of `sights` once more, from the grey picture itself: to check what `morphometrics` found.

No mask, no skeleton and no enlarging: moments of the grey, its profiles along rows and columns, and its edges. What is
shared is the meaning of each measure, not a line of how it is found. Needs scikit-image.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from skimage.morphology import reconstruction

from model.explaining.sights import NAMES

Array = npt.NDArray[np.float64]

_FINE = 4  # bins of a profile for a pixel
_OUTSIDE = 0.01  # of the grey, left outside at each end of a profile
_DARKEST = 30  # pixels that tell how dark the ink is
_STEEPEST = 30  # degrees, to which level strokes are sought


def measure_grey(pictures: npt.NDArray[np.floating]) -> Array:
    """Pictures (N, 28, 28) in [0, 1], light ink on 0 -> their measures (N, M), in the order of `sights.MEASURES`."""
    return np.array([_measure(picture.astype(np.float64)) for picture in pictures]).reshape(-1, len(NAMES))


def _measure(grey: Array) -> list[float]:
    H, W = grey.shape
    total = grey.sum()
    if grey.max() - grey.min() < 1e-6:
        return [0.0] * len(NAMES)
    rows, columns = np.indices(grey.shape) + 0.5
    x, y = float((grey * columns).sum() / total), float((grey * rows).sum() / total)
    down, right = rows - y, columns - x
    slope = -float((grey * right * down).sum() / (grey * down**2).sum())
    upright = columns + slope * down  # the shear taken away
    top, foot = _reach(rows, grey)
    height = foot - top
    part = (rows - top) / max(height, 1)
    thirds = [part < 1 / 3, (part >= 1 / 3) & (part <= 2 / 3), part > 2 / 3]
    left_of = [float((grey * upright)[third].sum() / max(grey[third].sum(), 1e-9)) for third in thirds]
    edges_down, edges_right = np.gradient(np.pad(grey, 1))
    holes = reconstruction(_dammed(grey), grey, method="erosion") - grey
    darkest = float(np.sort(grey, axis=None)[-_DARKEST:].mean())
    by_name = {
        "thickness": 2 * total / np.hypot(edges_down, edges_right).sum(),  # the area over half of the rim
        "darkness": darkest,
        "slant": float(np.degrees(np.arctan(slope))),
        "tilt": _tilt(grey),
        "width": _width(upright, grey),
        "top": _width(upright[thirds[0]], grey[thirds[0]]),
        "bottom": _width(upright[thirds[2]], grey[thirds[2]]),
        "height": height,
        "balance": y - (top + foot) / 2,
        "bend": (left_of[1] - (left_of[0] + left_of[2]) / 2) * 9 / 4,  # so high is the parabola through the thirds
        "loop": np.sqrt(holes.sum() / darkest),
        "x": x - W / 2,
        "y": y - H / 2,
    }
    return [float(by_name[name]) for name in NAMES]


def _reach(places: Array, grey: Array) -> tuple[float, float]:
    """Between which places all but a little of the grey lies."""
    if not grey.sum():
        return 0.0, 0.0
    first = np.floor(places.min()) - 1
    bins = np.rint((places - first) * _FINE).astype(np.intp)
    reached = np.cumsum(np.bincount(bins.ravel(), grey.ravel()))
    ends = np.interp([_OUTSIDE * reached[-1], (1 - _OUTSIDE) * reached[-1]], reached, np.arange(len(reached)))
    return float(first + ends[0] / _FINE), float(first + ends[1] / _FINE)


def _width(places: Array, grey: Array) -> float:
    left, right = _reach(places, grey)
    return right - left


def _dammed(grey: Array) -> Array:
    """All ink but for the rim: flooded from there down to the picture, it stays where ink shuts off a hole."""
    full = np.full_like(grey, grey.max())
    full[0], full[-1], full[:, 0], full[:, -1] = grey[0], grey[-1], grey[:, 0], grey[:, -1]
    return full


def _tilt(grey: Array) -> float:
    """The angle along which the rows' profile is sharpest, in degrees, rising to the right."""
    H, W = grey.shape
    rows, columns = np.indices(grey.shape)
    angles = np.arange(-_STEEPEST, _STEEPEST + 1, 2.0)
    sharpness = []
    for angle in angles:
        place = (rows + (columns - W / 2) * np.tan(np.radians(angle)) + H) * 2
        profile = np.bincount(np.rint(place).astype(np.intp).ravel(), grey.ravel(), minlength=1)
        smooth = np.convolve(profile, [0.25, 0.5, 0.25])
        sharpness.append(float((smooth**2).sum()))
    best = int(np.argmax(sharpness))
    return float(angles[best])
