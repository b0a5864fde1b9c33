"""The figures of the study of overlap: what they are, and how they are counted from what was found of each pair."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import NamedTuple

import torch
from torch import Tensor

from model.data.tasks import Plan
from model.explaining.intervals import wilson
from model.explaining.measurements import OVERLAP_BINS

DISTANCE_STEP = 2.0  # pixels, the width of a bin of distances
SAMPLE = 10  # pairs that are told one by one


@dataclass(frozen=True, slots=True)
class PairReading:
    """Of how many pairs both digits, one or none are among the two classes that are most present."""

    both: int
    one: int
    none: int


@dataclass(frozen=True, slots=True)
class OverlapBin:
    """The pairs whose overlap lies in [low, high); the last bin also holds those at its end."""

    low: float
    high: float
    pairs: int
    readings: list[PairReading]  # after 1, 2, ... iterations
    intervals: list[tuple[float, float]]  # of the share of pairs that are misread: 95 %, by Wilson


@dataclass(frozen=True, slots=True)
class Placement:
    """Pairs as they lie, and the same by three measures of how far one digit lies over the other."""

    readings: list[PairReading]  # after 1, 2, ... iterations
    box: list[OverlapBin]  # intersection over union of the boxes around their ink
    ink: list[OverlapBin]  # shared ink
    distance: list[OverlapBin]  # between the middles of the two digits' pictures, in pixels


@dataclass(frozen=True, slots=True)
class ClassPair:
    """The pairs of two classes, after as many iterations as in training."""

    labels: tuple[int, int]
    pairs: int
    errors: int  # pairs of which not both digits are read
    lost: tuple[int, int]  # how often each of the two is not read


@dataclass(frozen=True, slots=True)
class InkShares:
    """The share of exclusive ink, pixel by pixel, that goes to its own digit. Each list: after 1, 2, ... iterations."""

    pairs: int
    pixels: int  # of exclusive ink, in all these pairs
    reconstructions: list[float]  # to the digit whose reconstruction is darker
    contributions: list[float]  # to the class whose contributions, spread over receptive fields, are larger
    fields: float  # the same if every capsule gave each class as much as it sees of that digit's ink


@dataclass(frozen=True, slots=True)
class InkStudy:
    """Who is given the ink that belongs to one digit alone."""

    all: InkShares
    read: InkShares  # of the pairs of which both digits are read, with as many iterations as in training


@dataclass(frozen=True, slots=True)
class SampledPair:
    """What was found of one pair, so that it can be found again. Each list: after 1, 2, ... iterations."""

    labels: tuple[int, int]
    read: list[int]  # how many of its digits are read, of the test pair
    exclusive: int  # pixels
    reconstructions: list[int]  # of these, given to their own digit
    contributions: list[int]
    offset: tuple[int, int]  # (down, right) of the first digit in the centred pair; the second has the opposite
    box: float
    ink: float
    read_centred: list[int]  # how many of its digits are read, of the centred pair


@dataclass(frozen=True, slots=True)
class OverlapStudy:
    """What a network makes of pairs of test digits. A network without capsules has one reading, and no ink."""

    trained_with: int | None  # the routing iterations of training
    pairs: int
    tested: Placement  # the test pairs
    centred: Placement  # the same digits around the middle of the picture
    classes: list[ClassPair]  # of the test pairs
    ink: InkStudy | None  # of the test pairs
    sample: list[SampledPair]  # the first of the pairs


class Found(NamedTuple):
    """What was found of B pairs of two classes, with R numbers of iterations. Placements: as tested, and centred."""

    labels: Tensor  # (B, 2)
    read: Tensor  # bool (B, 2, R, 2): for each placement whether each digit is read
    overlaps: Tensor  # float64 (B, 2, 3): for each placement box, ink and distance
    exclusive: Tensor  # (B), pixels of the pair as tested
    given: Tensor  # (B, 2, R): of these to their own digit, by reconstructions and by contributions; R is 0 without
    by_fields: Tensor  # (B): of these to their own digit, seen through receptive fields; 0 without capsules


def figures_of(found: Found, centred: Plan, *, farthest: float, trained_with: int | None, classes: int) -> OverlapStudy:
    """The study of N pairs, from what was found of each.

    `farthest` is the largest distance that two digits can have; `trained_with` is None for a network without capsules.
    """
    as_trained = found.read[:, 0, (trained_with or 1) - 1]  # (N, 2)
    tested, middle = (_placement(found.read[:, k], found.overlaps[:, k], farthest) for k in (0, 1))
    return OverlapStudy(
        trained_with=trained_with,
        pairs=len(found.labels),
        tested=tested,
        centred=middle,
        classes=_classes(found.labels, as_trained, classes),
        ink=None if trained_with is None else _ink(found, as_trained.all(dim=-1)),
        sample=_sample(found, centred),
    )


def _placement(read: Tensor, overlaps: Tensor, farthest: float) -> Placement:
    """From bool (N, R, 2) and the three overlaps of each pair (N, 3)."""
    box, ink, distance = overlaps.T.contiguous()
    shares = [step / OVERLAP_BINS for step in range(OVERLAP_BINS + 1)]
    steps = [DISTANCE_STEP * step for step in range(math.floor(farthest / DISTANCE_STEP) + 2)]
    return Placement(
        readings=_readings(read),
        box=binned(box, shares, read),
        ink=binned(ink, shares, read),
        distance=binned(distance, steps, read),
    )


def _readings(read: Tensor) -> list[PairReading]:
    """From bool (B, R, 2)."""
    hits = read.sum(dim=-1)
    return [PairReading(*(int((column == n).sum()) for n in (2, 1, 0))) for column in hits.unbind(1)]


def _classes(labels: Tensor, read: Tensor, classes: int) -> list[ClassPair]:
    """From labels (N, 2) and bool (N, 2), for each two classes."""
    rows = []
    for a, b in combinations(range(classes), 2):
        of_a, of_b = (labels == a) & (labels == b).flip(-1), (labels == b) & (labels == a).flip(-1)
        pairs = of_a.any(dim=-1)
        errors = int((~read.all(dim=-1) & pairs).sum())
        rows.append(ClassPair((a, b), int(pairs.sum()), errors, (int((of_a & ~read).sum()), int((of_b & ~read).sum()))))
    return rows


def _ink(found: Found, read: Tensor) -> InkStudy:
    """For all pairs, and for those that are read: bool (N)."""

    def shares(some: Tensor) -> InkShares:
        pixels = int(found.exclusive[some].sum())

        def share(of: Tensor) -> list[float]:
            return [round(given / max(1, pixels), 5) for given in of.tolist()]

        reconstructions, contributed = found.given[some].sum(dim=0)  # (R) each
        by_fields = found.by_fields[some].sum(dim=0, keepdim=True)
        return InkShares(int(some.sum()), pixels, share(reconstructions), share(contributed), *share(by_fields))

    return InkStudy(all=shares(torch.ones_like(read)), read=shares(read))


def binned(values: Tensor, edges: Sequence[float], read: Tensor) -> list[OverlapBin]:
    """Values (N) and bool (N, R, 2) in the bins between the edges."""
    # A bin begins at its edge: rounding is not to take a whole number's distance out of it.
    places = torch.bucketize(values, torch.tensor(edges[1:-1], dtype=values.dtype), right=True)
    bins = []
    for place, (low, high) in enumerate(pairwise(edges)):
        here = read[places == place]
        readings = _readings(here)
        misread = [wilson(each.one + each.none, len(here)) for each in readings]
        intervals = [(round(low, 5), round(high, 5)) for low, high in misread]
        bins.append(OverlapBin(low, high, len(here), readings, intervals))
    return bins


def _sample(found: Found, centred: Plan) -> list[SampledPair]:
    rows = []
    for n in range(min(SAMPLE, len(found.labels))):
        a, b = found.labels[n].tolist()
        down, right = centred.offsets[n, 0].tolist()
        box, ink, _ = found.overlaps[n, 1].tolist()
        as_tested, middle = found.read[n].sum(dim=-1).tolist()  # (R) each
        reconstructions, contributed = found.given[n].tolist()
        rows.append(
            SampledPair(
                labels=(a, b),
                read=as_tested,
                exclusive=int(found.exclusive[n]),
                reconstructions=reconstructions,
                contributions=contributed,
                offset=(down, right),
                box=round(box, 5),
                ink=round(ink, 5),
                read_centred=middle,
            )
        )
    return rows
