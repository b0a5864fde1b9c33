"""Pictures of digits as people take them: from the levels of a picture to the ink of a digit."""

from model.data.photographs.doubts import DOUBTS, Doubt
from model.data.photographs.reading import (
    WHOLE,
    Box,
    Reading,
    UnreadablePictureError,
    ink_of_image,
    read_ink,
    read_picture,
    warm_up,
)

__all__ = [
    "DOUBTS",
    "WHOLE",
    "Box",
    "Doubt",
    "Reading",
    "UnreadablePictureError",
    "ink_of_image",
    "read_ink",
    "read_picture",
    "warm_up",
]
