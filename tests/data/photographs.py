"""Pictures of digits as people take them: real digits written onto sheets that are lit, shaded, ruled and photographed.

`python -m tests.data.photographs pendigits-orig.tra` prints the table of RESULTS.md. The digits are people's own: pen
strokes of the UCI set and digits of MNIST. Everything else is drawn here by chance:
the size of the picture (100 to 1024 pixels), how much of it the digit takes (15 to 80 %), where it stands, the pen, the
colours, the grain, the blur and the noise.
A third of the pictures are clean, as a drawing program makes them; the others are as a camera does.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from fastapi.testclient import TestClient
from PIL import Image, ImageDraw, ImageFilter

from model.data.catalogue import DATA_SETS
from model.data.pendigits import read_pendigits
from model.training.drawn import VALIDATION_WRITERS
from server.app import create_app
from server.settings import Settings

Array = npt.NDArray[np.float64]
Random = np.random.Generator

OUTCOMES = ("right", "right, doubted", "wrong", "wrong, doubted", "refused")
UNREADABLE = (400, 415, 422)  # what the server answers to a picture in which it finds no digit

_SUPERSAMPLING = 3
_SMALLEST = 26  # pixels, the longer side of a digit: with less, people do not read it either


class Digit(NamedTuple):
    """One digit that somebody wrote: with a pen, or as MNIST has it."""

    label: int
    strokes: tuple[Array, ...] = ()  # (N, 2) each, x to the right and y down, in any unit
    image: npt.NDArray[np.uint8] | None = None  # (28, 28)


class Photograph(NamedTuple):
    """A picture of a digit, as the file that is sent."""

    label: int
    condition: str
    png: bytes


@dataclass
class Sheet:
    """A sheet of paper with a digit, before and after it is photographed. Colours are (3,) in [0, 1], linear."""

    random: Random
    size: tuple[int, int]  # height and width of the picture, in pixels
    clean: bool  # made by a program: no grain, no blur, no noise
    paper: Array
    ink: Array
    share: tuple[float, float] = (0.15, 0.8)  # of the shorter side that the digit takes, from and to
    density: float = 1.0  # of the ink
    grain: float = 0.0  # of a pencil's or chalk's stroke
    pen: tuple[float, float] = (0.035, 0.12)  # width of the pen, of the digit's longer side
    marks: list[tuple[Array, Array, float]] = field(default_factory=list)  # coverage (H, W), colour, density
    light: Array | float = 1.0  # (H, W)
    place: tuple[int, int, int, int] = (0, 0, 0, 0)  # top, left, height and width of the digit


def photographs(condition: str, digits: Sequence[Digit], seed: int) -> list[Photograph]:
    """Each digit in one picture of this condition. The same seed gives the same bytes."""
    place = sorted(CONDITIONS).index(condition)
    return [
        Photograph(digit.label, condition, CONDITIONS[condition](digit, np.random.default_rng([seed, place, k])))
        for k, digit in enumerate(digits)
    ]


# From a sheet to the camera's picture


def new_sheet(random: Random) -> Sheet:
    """A sheet of nearly white paper of a size by chance, and a dark pen."""
    longer = int(np.exp(random.uniform(np.log(100), np.log(1024))))
    aspect = random.choice([1.0, 1.0, 4 / 3, 3 / 2, 16 / 9])
    sides = (longer, max(80, int(longer / aspect)))
    size = sides if random.random() < 0.5 else sides[::-1]
    clean = bool(random.random() < 1 / 3)
    paper = np.ones(3) if clean else random.uniform(0.72, 0.95) * random.uniform(0.92, 1, 3)
    pens = [(0.02, 0.02, 0.02), (0.03, 0.05, 0.25), (0.05, 0.05, 0.12), (0.3, 0.03, 0.03), (0.02, 0.15, 0.05)]
    ink = np.zeros(3) if clean else np.array(pens[random.integers(len(pens))])
    return Sheet(random, (int(size[0]), int(size[1])), clean, paper, ink)


def expose(sheet: Sheet, digit: Digit, quality: int | None = None) -> Image.Image:
    """Write the digit, shine the light on it, and take the picture: RGB."""
    random, (height, width) = sheet.random, sheet.size
    scene = np.ones((height, width, 3)) * sheet.paper
    if not sheet.clean:
        scene *= 1 + random.uniform(0.002, 0.015) * _smooth_noise(random, sheet.size, random.uniform(1, 4))[..., None]
    for coverage, colour, density in sheet.marks:
        scene += (coverage * density)[..., None] * (colour - scene)
    written = write(sheet, digit) * sheet.density
    if sheet.grain:
        texture = _smooth_noise(random, sheet.size, max(0.6, min(sheet.size) / 700))
        written = written * np.clip(1 - sheet.grain * (0.5 + 0.5 * texture), 0, 1)
    scene += written[..., None] * (sheet.ink - scene)
    scene *= np.asarray(sheet.light)[..., None]
    return _take(sheet, scene, quality)


def _take(sheet: Sheet, scene: Array, quality: int | None) -> Image.Image:
    """Blur, gamma, noise and compression."""
    random = sheet.random
    levels = 255 * np.clip(scene, 0, 1) ** (1 / 2.2)
    picture = Image.fromarray(np.rint(levels).astype(np.uint8))
    if not sheet.clean:
        blur = random.uniform(0.3, 1 + min(sheet.size) / 700)
        levels = np.asarray(picture.filter(ImageFilter.GaussianBlur(blur)), dtype=np.float64)
        levels = levels + random.normal(0, random.uniform(0.5, 4), levels.shape)
        picture = Image.fromarray(np.clip(np.rint(levels), 0, 255).astype(np.uint8))
        quality = quality or int(random.integers(70, 96))
    return as_jpeg(picture, quality) if quality else picture


def as_jpeg(picture: Image.Image, quality: int) -> Image.Image:
    file = BytesIO()
    picture.save(file, "JPEG", quality=quality)
    with Image.open(BytesIO(file.getvalue())) as read:
        return read.convert("RGB")


def as_png(picture: Image.Image, **options: object) -> bytes:
    file = BytesIO()
    picture.save(file, "PNG", compress_level=1, **options)
    return file.getvalue()


def write(sheet: Sheet, digit: Digit) -> Array:
    """How much of each pixel the digit's ink covers: (H, W) in [0, 1]. It lies whole in the picture."""
    random, (height, width) = sheet.random, sheet.size
    largest = min(height, width)
    side = max(min(_SMALLEST, 0.8 * largest), random.uniform(*sheet.share) * largest)
    stamp = _stamp(sheet, digit, side)
    stamp = stamp[: height - 2, : width - 2]
    tall, wide = stamp.shape
    top, left = (int(random.integers(1, max(2, room))) for room in (height - tall, width - wide))
    sheet.place = (top, left, tall, wide)
    coverage = np.zeros(sheet.size)
    coverage[top : top + tall, left : left + wide] = stamp
    return coverage


def _stamp(sheet: Sheet, digit: Digit, side: float) -> Array:
    random = sheet.random
    turn = np.deg2rad(random.uniform(-6, 6))
    if digit.image is not None:
        rows, columns = (np.flatnonzero((digit.image > 25).any(axis=axis)) for axis in (1, 0))
        box = digit.image[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        scale = side / max(box.shape)
        padded = Image.fromarray(np.pad(box, 3))
        large = padded.resize((round(padded.width * scale), round(padded.height * scale)), Image.Resampling.BICUBIC)
        levels = np.asarray(large.rotate(np.rad2deg(turn), Image.Resampling.BICUBIC), dtype=np.float64) / 255
        return np.clip((levels - 0.25) / 0.5, 0, 1)
    points = np.concatenate(digit.strokes)
    turned = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    low, high = (points @ turned).min(axis=0), (points @ turned).max(axis=0)
    pen = max(random.uniform(*sheet.pen) * side, 1.6)
    scale = (side - pen) / max(float((high - low).max()), 1e-9)
    fine = _SUPERSAMPLING
    wide, tall = ((high - low) * scale + pen + 4).astype(int) + 1
    canvas = Image.new("L", (int(wide) * fine, int(tall) * fine))
    draw = ImageDraw.Draw(canvas)
    radius = pen / 2 * fine
    for stroke in digit.strokes:
        path = ((stroke @ turned - low) * scale + pen / 2 + 2) * fine
        draw.line([(float(x), float(y)) for x, y in path], fill=255, width=max(1, round(2 * radius)))
        for x, y in path:
            draw.ellipse((x - radius, y - radius, x + radius, y + radius), fill=255)
    return np.asarray(canvas.reduce(fine), dtype=np.float64) / 255


# Light


def _slope(sheet: Sheet) -> Array:
    """From 0 to 1 across the picture, in a direction by chance."""
    height, width = sheet.size
    turn = sheet.random.uniform(0, 2 * np.pi)
    y, x = np.mgrid[0:height, 0:width]
    along = np.cos(turn) * x + np.sin(turn) * y
    slope: Array = (along - along.min()) / np.ptp(along)
    return slope


def _half_plane(sheet: Sheet, softness: float) -> Array:
    """0 on one side of a line through the picture and 1 on the other; softness in shorter sides."""
    height, width = sheet.size
    random, turn = sheet.random, sheet.random.uniform(0, 2 * np.pi)
    y, x = np.mgrid[0:height, 0:width]
    at_y, at_x = random.uniform(0.25, 0.75) * height, random.uniform(0.25, 0.75) * width
    distance = (np.cos(turn) * (x - at_x) + np.sin(turn) * (y - at_y)) / min(sheet.size)
    shade: Array = np.clip(distance / max(softness, 1 / min(sheet.size)) + 0.5, 0, 1)
    return shade


def _smooth_noise(random: Random, size: tuple[int, int], grain: float) -> Array:
    """Noise of variance 1 whose grains are so many pixels large."""
    height, width = (max(2, int(side / grain)) for side in size)
    small = Image.fromarray(random.normal(0, 1, (height, width)).astype(np.float32))
    return np.asarray(small.resize(size[::-1], Image.Resampling.BICUBIC), dtype=np.float64)


# Marks that are no digit


def _line(sheet: Sheet, first: tuple[float, float], last: tuple[float, float], thickness: float) -> Array:
    """A straight line between two points (x, y) in pixels, as coverage (H, W)."""
    height, width = sheet.size
    fine = _SUPERSAMPLING
    canvas = Image.new("L", (width * fine, height * fine))
    path = [(float(x) * fine, float(y) * fine) for x, y in (first, last)]
    ImageDraw.Draw(canvas).line(path, fill=255, width=max(1, round(thickness * fine)))
    return np.asarray(canvas.reduce(fine), dtype=np.float64) / 255


def _rules(sheet: Sheet, upright: bool, step: float, turn: float, thickness: float) -> Array:
    """Parallel lines over the whole picture, `step` pixels apart."""
    height, width = sheet.size
    reach = height + width
    coverage = np.zeros(sheet.size)
    start = sheet.random.uniform(0, step)
    for offset in np.arange(start - reach, reach, step):
        shift = np.tan(turn) * (height if upright else width) / 2
        ends = (
            [(offset - shift, 0), (offset + shift, height)]
            if upright
            else [(0, offset - shift), (width, offset + shift)]
        )
        if max(ends[0][0 if upright else 1], ends[1][0 if upright else 1]) < 0:
            continue
        if min(ends[0][0 if upright else 1], ends[1][0 if upright else 1]) > (width if upright else height):
            break
        coverage = np.maximum(coverage, _line(sheet, ends[0], ends[1], thickness))
    return coverage


def _ruled(sheet: Sheet, directions: tuple[bool, ...]) -> Sheet:
    random, shorter = sheet.random, min(sheet.size)
    step = random.uniform(0.07, 0.25) * shorter
    thickness = max(1.0, random.uniform(0.002, 0.006) * shorter)
    turn = 0.0 if sheet.clean else np.deg2rad(random.uniform(-5, 5))
    colours = [(0.35, 0.5, 0.75), (0.5, 0.5, 0.5), (0.6, 0.45, 0.6), (0.4, 0.65, 0.6)]
    colour = np.array(colours[random.integers(len(colours))])
    for upright in directions:
        sheet.marks.append(
            (_rules(sheet, upright, step, -turn if upright else turn, thickness), colour, random.uniform(0.4, 1))
        )
    return sheet


# The conditions, one function each: a digit -> the bytes of a PNG


def _plain(digit: Digit, random: Random) -> bytes:
    return as_png(expose(new_sheet(random), digit))


def _light_falls(digit: Digit, random: Random) -> bytes:
    sheet = new_sheet(random)
    # What is meant is what a program reads off the picture, so the light is that of the levels, and not of the lamp.
    sheet.light = (1 - random.uniform(0.10, 0.45) * _slope(sheet)) ** 2.2
    return as_png(expose(sheet, digit))


def _vignette(digit: Digit, random: Random) -> bytes:
    sheet = new_sheet(random)
    height, width = sheet.size
    y, x = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j]
    radius = np.hypot(x - random.uniform(-0.2, 0.2), y - random.uniform(-0.2, 0.2)) / np.sqrt(2)
    sheet.light = (1 - random.uniform(0.2, 0.5) * np.clip(radius, 0, 1.2) ** random.uniform(1.5, 3)) ** 2.2
    return as_png(expose(sheet, digit))


def _soft_shadow(digit: Digit, random: Random) -> bytes:
    sheet = new_sheet(random)
    shade = _half_plane(sheet, random.uniform(0.1, 0.4))
    sheet.light = (1 - random.uniform(0.15, 0.5) * shade) ** 2.2
    return as_png(expose(sheet, digit))


def _hard_shadow(digit: Digit, random: Random) -> bytes:
    sheet = new_sheet(random)
    shade = _half_plane(sheet, random.uniform(0, 0.02))
    sheet.light = (1 - random.uniform(0.15, 0.45) * shade) ** 2.2
    return as_png(expose(sheet, digit))


def _ruled_paper(digit: Digit, random: Random) -> bytes:
    return as_png(expose(_ruled(new_sheet(random), (False,)), digit))


def _squared_paper(digit: Digit, random: Random) -> bytes:
    return as_png(expose(_ruled(new_sheet(random), (False, True)), digit))


def _frame(digit: Digit, random: Random) -> bytes:
    """A rectangle around the digit, at the picture's border or some way inside, of any darkness."""
    sheet = new_sheet(random)
    sheet.share = (0.15, 0.6)
    height, width = sheet.size
    inset = random.choice([0.0, random.uniform(0.01, 0.08)]) * min(sheet.size)
    thickness = max(1.0, random.uniform(0.004, 0.02) * min(sheet.size))
    corners = [
        (inset, inset),
        (width - 1 - inset, inset),
        (width - 1 - inset, height - 1 - inset),
        (inset, height - 1 - inset),
    ]
    over = random.choice([0.0, 0.03]) * min(sheet.size)  # the sides cross at the corners, or do not
    coverage = np.zeros(sheet.size)
    for (x0, y0), (x1, y1) in zip(corners, corners[1:] + corners[:1], strict=True):
        long = max(abs(x1 - x0), abs(y1 - y0))
        dx, dy = over * (x1 - x0) / long, over * (y1 - y0) / long
        coverage = np.maximum(coverage, _line(sheet, (x0 - dx, y0 - dy), (x1 + dx, y1 + dy), thickness))
    sheet.marks.append((coverage, sheet.ink, random.uniform(0.3, 1)))
    picture = expose_inside(sheet, digit, inset + thickness + over)
    return as_png(picture)


def expose_inside(sheet: Sheet, digit: Digit, border: float) -> Image.Image:
    """As `expose`, with the digit written within a border that is left free."""
    room = int(border) + 2
    inner = (sheet.size[0] - 2 * room, sheet.size[1] - 2 * room)
    if min(inner) < 40:
        return expose(sheet, digit)
    small = Sheet(sheet.random, inner, sheet.clean, sheet.paper, sheet.ink, sheet.share, pen=sheet.pen)
    coverage = np.pad(write(small, digit), room)
    sheet.marks.append((coverage, sheet.ink, sheet.density))
    return _expose_marks(sheet)


def _expose_marks(sheet: Sheet) -> Image.Image:
    scene = np.ones((*sheet.size, 3)) * sheet.paper
    for coverage, colour, density in sheet.marks:
        scene += (coverage * density)[..., None] * (colour - scene)
    return _take(sheet, scene * np.asarray(sheet.light)[..., None], None)


def _specks(digit: Digit, random: Random) -> bytes:
    """One to four specks of one pixel up to 2 % of the picture, anywhere, of any darkness."""
    sheet = new_sheet(random)
    height, width = sheet.size
    for _ in range(random.integers(1, 5)):
        radius = random.uniform(0.5, max(0.6, 0.01 * min(sheet.size)))
        at_y, at_x = random.uniform(0, height), random.uniform(0, width)
        y, x = np.mgrid[0:height, 0:width]
        coverage = np.clip(radius + 0.5 - np.hypot(y - at_y, x - at_x), 0, 1)
        sheet.marks.append((coverage, sheet.ink, random.uniform(0.12, 1)))
    return as_png(expose(sheet, digit))


def _desk(digit: Digit, random: Random) -> bytes:
    """The desk shows at one or two edges."""
    sheet = new_sheet(random)
    sheet.share = (0.15, 0.6)
    deep = random.uniform(0.02, 0.12) * min(sheet.size)
    turn = 0.0 if sheet.clean else np.deg2rad(random.uniform(-4, 4))
    height, width = sheet.size
    y, x = np.mgrid[0:height, 0:width]
    desk = np.zeros(sheet.size)
    for side in random.choice(4, size=random.integers(1, 3), replace=False):
        distance = [y, height - 1 - y, x, width - 1 - x][side] + np.tan(turn) * [x, x, y, y][side]
        desk = np.maximum(desk, np.clip(deep - distance, 0, 1))
    colours = [(0.2, 0.1, 0.05), (0.05, 0.05, 0.05), (0.35, 0.2, 0.1), (0.25, 0.25, 0.28), (0.1, 0.15, 0.25)]
    colour = np.array(colours[random.integers(len(colours))])
    sheet.marks.append((desk, colour, 1.0))
    return as_png(expose_inside(sheet, digit, deep + abs(np.tan(turn)) * max(sheet.size)))


def _margin_line(digit: Digit, random: Random) -> bytes:
    """A red line down the left or the right, beside the digit or through it."""
    sheet = new_sheet(random)
    height, width = sheet.size
    x = random.choice([random.uniform(0.05, 0.25), random.uniform(0.75, 0.95)]) * width
    lean = 0.0 if sheet.clean else random.uniform(-0.04, 0.04) * height
    thickness = max(1.0, random.uniform(0.003, 0.007) * min(sheet.size))
    colour = np.array([random.uniform(0.6, 0.85), 0.15, 0.2])
    sheet.marks.append((_line(sheet, (x - lean, 0), (x + lean, height), thickness), colour, random.uniform(0.5, 1)))
    return as_png(expose(sheet, digit))


def _pencil(digit: Digit, random: Random) -> bytes:
    """Faint graphite: 8 to 30 % darker than the paper, as levels."""
    sheet = new_sheet(random)
    faint = random.uniform(0.08, 0.30)
    sheet.ink = sheet.paper * (1 - faint) ** 2.2
    sheet.grain = 0.0 if sheet.clean else random.uniform(0.1, 0.5)
    return as_png(expose(sheet, digit))


def _chalk(digit: Digit, random: Random) -> bytes:
    sheet = new_sheet(random)
    boards = [(0.02, 0.06, 0.04), (0.015, 0.015, 0.02), (0.03, 0.08, 0.06), (0.05, 0.05, 0.05)]
    sheet.paper = np.array(boards[random.integers(len(boards))])
    sheet.ink = random.uniform(0.45, 0.95) * np.array([1, 1, random.uniform(0.7, 1)])
    sheet.grain = 0.0 if sheet.clean else random.uniform(0.2, 0.8)
    sheet.pen = (0.05, 0.13)
    return as_png(expose(sheet, digit))


# sRGB levels of paper and ink whose lightness is about the same
_EQUAL = [
    ((0, 128, 0), (251, 0, 0)),
    ((173, 200, 230), (255, 182, 193)),
    ((0, 128, 0), (200, 60, 20)),
    ((255, 182, 193), (160, 215, 160)),
    ((240, 220, 130), (190, 225, 240)),
    ((70, 110, 200), (190, 80, 60)),
    ((150, 150, 150), (220, 110, 150)),
    ((200, 190, 240), (170, 210, 170)),
]


def _equal_lightness(digit: Digit, random: Random) -> bytes:
    sheet = new_sheet(random)
    paper, ink = _EQUAL[random.integers(len(_EQUAL))]
    if random.random() < 0.5:
        paper, ink = ink, paper
    sheet.paper, sheet.ink = ((np.array(levels) / 255) ** 2.2 for levels in (paper, ink))
    return as_png(expose(sheet, digit))


def _small(digit: Digit, random: Random) -> bytes:
    """In a picture of 12 megapixels, as the page sends it: brought down to 1024 pixels."""
    sheet = new_sheet(random)
    sheet.size = (768, 1024) if random.random() < 0.5 else (1024, 768)
    sheet.share = (0.06, 0.2)
    return as_png(expose(sheet, digit))


def _jpeg_25(digit: Digit, random: Random) -> bytes:
    sheet = new_sheet(random)
    sheet.share = (0.25, 0.8)
    return as_png(expose(sheet, digit, quality=25))


def _alpha_one_pixel(digit: Digit, random: Random) -> bytes:
    picture = expose(new_sheet(random), digit).convert("RGBA")
    at = (int(random.integers(picture.width)), int(random.integers(picture.height)))
    alpha = picture.getchannel("A")
    alpha.putpixel(at, 254)
    picture.putalpha(alpha)
    return as_png(picture)


def _alpha_rounded(digit: Digit, random: Random) -> bytes:
    """The corners are clear, or a ring around the picture is."""
    sheet = new_sheet(random)
    sheet.share = (0.15, 0.6)
    picture = expose_inside(sheet, digit, 0.06 * min(sheet.size))
    mask = Image.new("L", picture.size)
    inset = float(random.choice([0, 0.03]) * min(picture.size))
    box = (inset, inset, picture.width - 1 - inset, picture.height - 1 - inset)
    ImageDraw.Draw(mask).rounded_rectangle(box, random.uniform(0.03, 0.2) * min(picture.size), fill=255)
    picture.putalpha(mask)
    return as_png(picture)


def _alpha_translucent(digit: Digit, random: Random) -> bytes:
    """The paper is a little clear, evenly or not; the ink is not."""
    sheet = new_sheet(random)
    picture = expose(sheet, digit)
    away = np.abs(np.asarray(picture, dtype=float) - 255 * sheet.paper ** (1 / 2.2)).max(axis=2)
    alpha = np.where(away > 60, 255, random.uniform(120, 250)) - random.choice([0, 10]) * _slope(sheet)
    picture.putalpha(Image.fromarray(np.clip(alpha, 0, 255).astype(np.uint8)))
    return as_png(picture)


def _alpha_clear(digit: Digit, random: Random) -> bytes:
    """Ink of any colour on nothing, as drawing programs save it; under the clear pixels lies any colour."""
    sheet = new_sheet(random)
    coverage = write(sheet, digit)
    ink = random.integers(0, 256, 3)
    levels = np.ones((*sheet.size, 3)) * ink
    if random.random() < 0.5:
        levels[coverage == 0] = random.integers(0, 256, 3)
    picture = Image.fromarray(levels.astype(np.uint8)).convert("RGBA")
    picture.putalpha(Image.fromarray(np.rint(255 * coverage).astype(np.uint8)))
    return as_png(picture)


# What a camera that was turned writes, and how the pixels then lie in the file.
_TURNS = {
    3: Image.Transpose.ROTATE_180,
    6: Image.Transpose.ROTATE_90,
    8: Image.Transpose.ROTATE_270,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
}


def _exif(digit: Digit, random: Random) -> bytes:
    picture = expose(new_sheet(random), digit)
    turn = int(random.choice(list(_TURNS)))
    exif = Image.Exif()
    exif[0x0112] = turn
    return as_png(picture.transpose(_TURNS[turn]), exif=exif)


def _sixteen_bit(digit: Digit, random: Random) -> bytes:
    """A 16-bit file whose grey levels are those of 8 bits, or of 10 or 12, or all."""
    grey = np.asarray(expose(new_sheet(random), digit).convert("L"), dtype=np.float64)
    top = random.choice([255, 255, 1023, 4095, 65535])
    return as_png(Image.fromarray(np.rint(grey / 255 * top).astype(np.uint16)))


CONDITIONS: dict[str, Callable[[Digit, Random], bytes]] = {
    "plain paper": _plain,
    "light falls by 10 to 45 %": _light_falls,
    "vignette": _vignette,
    "soft shadow": _soft_shadow,
    "hard shadow": _hard_shadow,
    "ruled paper": _ruled_paper,
    "squared paper": _squared_paper,
    "frame": _frame,
    "specks": _specks,
    "desk at the edge": _desk,
    "margin line": _margin_line,
    "faint pencil": _pencil,
    "chalk on board": _chalk,
    "colours of equal lightness": _equal_lightness,
    "small in a large picture": _small,
    "JPEG at quality 25": _jpeg_25,
    "alpha: one pixel of 254": _alpha_one_pixel,
    "alpha: rounded corners": _alpha_rounded,
    "alpha: paper a little clear": _alpha_translucent,
    "alpha: clear paper": _alpha_clear,
    "turned by eXIf": _exif,
    "16 bits, 0 to 255 used": _sixteen_bit,
}


# The table


def people(pendigits: Path, mnist: Sequence[Digit], each: int, seed: int) -> list[Digit]:
    """Digits of all classes: `each` of each by the writers that training leaves out, and `each` of MNIST's."""
    random = np.random.default_rng(seed)
    pens = [
        Digit(digit.label, tuple(digit.strokes))
        for digit in read_pendigits(pendigits)
        if digit.writer in VALIDATION_WRITERS
    ]
    return [
        of_class[place]
        for source in (pens, list(mnist))
        for label in range(10)
        for of_class in [[digit for digit in source if digit.label == label]]
        for place in random.choice(len(of_class), each, replace=False)
    ]


def outcome(client: TestClient, photograph: Photograph) -> str:
    """One of OUTCOMES. An answer is doubted if a doubt is told, or no capsule is longer than 0.5.

    Only what cannot be read in the picture counts as refused. Raises HTTPStatusError where it is another reason.
    """
    response = client.post("/api/classify", content=photograph.png, headers={"content-type": "image/png"})
    if response.status_code in UNREADABLE:
        return "refused"
    response.raise_for_status()
    answer = response.json()
    doubted = bool(answer.get("doubts")) or max(answer["lengths"]) <= 0.5
    return ("right" if answer["label"] == photograph.label else "wrong") + (", doubted" if doubted else "")


def main(pendigits: Path, seed: int = 2026) -> None:
    """Print a row for each condition: 20 digits, none of which anything was chosen by."""
    test = DATA_SETS["mnist"].test()
    mnist = [Digit(int(label), (), image.numpy()) for image, label in zip(test.images, test.labels, strict=True)]
    print(f"| condition | {' | '.join(OUTCOMES)} |\n|---|---|---|---|---|---|")
    total: Counter[str] = Counter()
    app = create_app(Settings(device="cpu", max_body_bytes=2**26))
    with TestClient(app, base_url="http://localhost") as client:  # a name that the server answers to
        for place, condition in enumerate(CONDITIONS):
            taken = photographs(condition, people(pendigits, mnist, 1, seed + place), seed)
            counts = Counter(outcome(client, photograph) for photograph in taken)
            total += counts
            print(f"| {condition} | " + " | ".join(str(counts[name]) for name in OUTCOMES) + " |", flush=True)
    print("| all | " + " | ".join(str(total[name]) for name in OUTCOMES) + " |")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
