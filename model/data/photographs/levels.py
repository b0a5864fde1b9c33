"""What a decoded picture says: the levels of its channels, or, where most of it is clear, its ink."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

FloatArray = npt.NDArray[np.float32]

# A pixel of less alpha is clear.
CLEAR = 6
# Levels, of 255, by which the colours under a drawing's ink may differ before its alpha is no longer its ink.
_ONE_COLOUR = 48.0


class Levels(NamedTuple):
    """A picture without alpha: of its `ink` or its `levels` one is None."""

    levels: FloatArray | None  # (H, W, 1 or 3), 0 to 255
    ink: FloatArray | None  # (H, W) in [0, 1]: the alpha channel of a picture that is clear where there is no ink
    exact: bool  # whether nothing was drawn over something else


def levels_of(upright: Image.Image, background: int = 255) -> Levels:
    """Lay a picture on a background of this grey, and give its levels.

    Where most of the picture is fully clear, and what is not is of one colour, alpha is the ink, as in the pad's
    drawings. A few clear pixels (rounded corners) get the paper's colour. 16-bit levels are brought to 0 to 255
    by the largest that 8, 10, 12 or 16 bits hold.
    """
    if upright.mode.startswith(("I", "F")):
        return Levels(_deep(upright), None, True)
    if not _has_alpha(upright):
        channels = upright if upright.mode in {"L", "RGB"} else upright.convert("L" if upright.mode == "1" else "RGB")
        return Levels(_channels(channels), None, True)
    with_alpha = upright if upright.mode == "RGBA" else upright.convert("RGBA")
    every = np.asarray(with_alpha)
    clear = np.ascontiguousarray(every[..., 3])
    # A page may send such a picture with every pen point, so only every 16th pixel is sampled.
    if 2 * np.count_nonzero(clear < CLEAR) > clear.size and _one_colour(_sample(every, clear)):
        return Levels(None, np.divide(clear, 255, dtype=np.float32), True)
    alpha = clear.astype(np.float32)
    if alpha.min() == 255:
        return Levels(_channels(with_alpha.convert("RGB")), None, True)
    colours = np.asarray(with_alpha.convert("RGB"), dtype=np.float32)
    return Levels(_composite(colours, alpha, background), None, False)


def _has_alpha(image: Image.Image) -> bool:
    return "A" in image.getbands() or "transparency" in image.info


def _deep(image: Image.Image) -> FloatArray:
    levels = np.asarray(image, dtype=np.float32)
    top = levels.max(initial=0)
    full = next((full for full in (255, 1023, 4095, 65535) if top <= full), top)
    return np.asarray(levels * np.float32(255 / full), dtype=np.float32)[..., None]


def _channels(image: Image.Image) -> FloatArray:
    """One channel where all are alike: most drawings are grey, and a third of the work."""
    array = np.asarray(image)
    if array.ndim == 2:
        return array.astype(np.float32)[..., None]
    grey = (array[..., 0] == array[..., 1]).all() and (array[..., 0] == array[..., 2]).all()
    channels: FloatArray = (array[..., :1] if grey else array).astype(np.float32)
    return channels


def _sample(every: npt.NDArray[np.uint8], alpha: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """The colours (N, 3) of some of the pixels (H, W, 4) that hide what is under them."""
    opaque = np.flatnonzero(alpha > 250)[::16]
    return every.reshape(-1, every.shape[2])[opaque, :3]


def _one_colour(colours: npt.NDArray[np.uint8]) -> bool:
    if not len(colours):
        return True
    if (colours == colours[0]).all():  # as the pad's are
        return True
    low, high = np.percentile(colours, [10, 90], axis=0)
    return bool((high - low).max() <= _ONE_COLOUR)


def _composite(colours: FloatArray, alpha: FloatArray, background: int) -> FloatArray:
    share = alpha[..., None] / np.float32(255)
    laid = colours * share + np.float32(background) * (1 - share)
    clear = alpha < CLEAR
    if clear.any() and not clear.all():
        laid[clear] = np.median(laid[~clear], axis=0)
    return np.asarray(laid, dtype=np.float32)
