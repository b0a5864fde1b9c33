"""The paper under the ink: how light it is at each place, and how much it varies there by itself."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
from PIL import Image

FloatArray = npt.NDArray[np.float32]

# A picture is flat where so many of its pixels lie within so many levels of one: nobody's camera does that.
_FLAT_SHARE, _FLAT_LEVELS = 0.5, 1.0
# Levels of 255: nothing is measured more finely than half of one.
FINEST = 0.5
# The side of the small picture on which the light is estimated, and the part of it that a median looks at.
_SMALL, _WINDOW = 48, 0.5


def flat_paper(levels: FloatArray) -> FloatArray | None:
    """The one colour (channels,) of the paper of a clean picture; None for one that was photographed."""
    border = np.concatenate([levels[0], levels[-1], levels[:, 0], levels[:, -1]])
    for colour in (np.median(border, axis=0), np.median(levels.reshape(-1, levels.shape[-1]), axis=0)):
        same = (np.abs(levels - colour) <= _FLAT_LEVELS).all(axis=2)
        if same.mean() >= _FLAT_SHARE:
            return colour.astype(np.float32)
    return None


def light_of(channel: FloatArray) -> FloatArray:
    """The light at each place, smooth: the median of the half of the picture around it (H, W), in levels."""
    from scipy.ndimage import gaussian_filter, median_filter

    height, width = channel.shape
    scale = min(1.0, _SMALL / max(height, width))
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    small = np.asarray(Image.fromarray(channel).resize(size, Image.Resampling.BOX))
    window = [2 * int(side * _WINDOW / 2) + 1 for side in small.shape]
    smooth = gaussian_filter(median_filter(small, window, mode="nearest"), 2, mode="nearest")
    return np.asarray(Image.fromarray(smooth).resize((width, height), Image.Resampling.BILINEAR))


def deviation(values: FloatArray) -> float:
    """The standard deviation, robust: what stands out far does not count."""
    middle = np.median(values)
    return 1.4826 * float(np.median(np.abs(values - middle)))


def noise_of(channel: FloatArray) -> float:
    """The standard deviation of the noise from pixel to pixel, in levels: robust, as edges are few."""
    if min(channel.shape) < 3:
        return FINEST
    ripple = channel[:-1, :-1] - channel[1:, :-1] - channel[:-1, 1:] + channel[1:, 1:]
    return max(FINEST, 1.4826 * float(np.median(np.abs(ripple))) / 2)


def calm(channel: FloatArray) -> FloatArray:
    """A channel with the noise of single pixels taken out, and edges where they were."""
    from scipy.ndimage import gaussian_filter, median_filter

    if noise_of(channel) <= FINEST or min(channel.shape) < 60:
        return channel
    calmed: FloatArray = gaussian_filter(median_filter(channel, 3), 0.6)
    return calmed


def stand_out(channel: FloatArray, reach: int) -> Iterator[FloatArray]:
    """How far each pixel is off the paper around it: first how much darker, then how much lighter; in levels.

    What is wider than `reach` pixels counts as paper. The extremes of noise shift the paper everywhere alike, so that
    is taken back. (H, W); below 0 on the other side of the paper.
    """
    for away in narrow_marks(channel, reach):
        yield away - np.float32(np.median(away))


def narrow_marks(channel: FloatArray, reach: int) -> Iterator[FloatArray]:
    """What is darker than its surroundings and narrower than `reach`, and then what is lighter; in levels (H, W).

    A morphological closing fills what is dark and narrow and leaves what is wide, so an even light, a shadow with a
    hard edge and a desk all count as paper (the black top-hat). An opening does so for what is light. Beyond the
    picture's border its slope goes on, or a light that falls would end in a dark strip.
    """
    from scipy.ndimage import grey_closing, grey_opening

    height, width = channel.shape
    reach = max(3, reach | 1)
    room = (min(reach, height - 1), min(reach, width - 1))
    padded = np.pad(channel, ((room[0],) * 2, (room[1],) * 2), mode="reflect", reflect_type="odd")
    inside = (slice(room[0], room[0] + height), slice(room[1], room[1] + width))
    for fill, sign in ((grey_closing, -1), (grey_opening, 1)):
        yield sign * (channel - fill(padded, (reach, reach))[inside])
