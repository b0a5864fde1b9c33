"""What the studies of overlap and of viewpoints found, as text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from model.explaining.overlap_figures import InkStudy, OverlapBin, OverlapStudy, PairReading
from model.explaining.viewpoint_accuracy import AccuracyStudy
from model.explaining.viewpoints import RANGES, REST, ViewpointPaths

HARDEST = 5  # pairs of classes that are named


def overlap_table(study: OverlapStudy) -> str:
    """Every figure that RESULTS.md tells, over several lines."""
    trained = (study.trained_with or 1) - 1
    routed = study.trained_with is not None
    return "\n".join(
        chain(
            ["test pairs   both    one   none  misread"],
            (_reading_row(r, each, routed) for r, each in enumerate(study.tested.readings, start=1)),
            ["centred"],
            (_reading_row(r, each, routed) for r, each in enumerate(study.centred.readings, start=1)),
            [] if study.ink is None else _ink_rows(study.ink),
            [_hardest(study)],
            ["misread, with as many iterations as in training; in brackets 95 %", f"{'':22}{'test pairs':30}centred"],
            _bin_rows("boxes", study.tested.box, study.centred.box, trained),
            _bin_rows("ink", study.tested.ink, study.centred.ink, trained),
            _bin_rows("pixels", study.tested.distance, study.centred.distance, trained),
        )
    )


def _reading_row(iterations: int, reading: PairReading, routed: bool) -> str:
    misread, pairs = reading.one + reading.none, reading.both + reading.one + reading.none
    uniform = " (uniform: c = 1/C)" if routed and iterations == 1 else ""
    share = 100 * misread / pairs
    return f"{iterations:10} {reading.both:6} {reading.one:6} {reading.none:6}  {share:5.2f} %{uniform}"


def _ink_rows(ink: InkStudy) -> list[str]:
    rows = ["exclusive ink given to its own digit, in all pairs (in those that are read)"]
    for name, every, read in (
        ("reconstructions", ink.all.reconstructions, ink.read.reconstructions),
        ("contributions", ink.all.contributions, ink.read.contributions),
        ("ink seen by fields", [ink.all.fields], [ink.read.fields]),
    ):
        shares = ", ".join(f"{100 * a:.1f} ({100 * b:.1f})" for a, b in zip(every, read, strict=True))
        rows.append(f"{name:18}  {shares}")
    return rows


def _hardest(study: OverlapStudy) -> str:
    shares = {each.labels: each.errors / each.pairs for each in study.classes if each.pairs}
    hardest = sorted(shares, key=lambda labels: -shares[labels])[:HARDEST]
    return "the hardest classes: " + ", ".join(f"{a} and {b} {100 * shares[a, b]:.1f} %" for a, b in hardest)


def _bin_rows(measure: str, tested: list[OverlapBin], centred: list[OverlapBin], place: int) -> list[str]:
    """`place`: of the number of iterations, from 0."""
    return [
        f"{measure:6} {a.low:5.3g} to {a.high:5.3g}  {_bin(a, place):28}  {_bin(b, place)}".rstrip()
        for a, b in zip(tested, centred, strict=True)
    ]


def _bin(each: OverlapBin, place: int) -> str:
    if not each.pairs:
        return f"{each.pairs:5}"
    low, high = each.intervals[place]
    error = 1 - each.readings[place].both / each.pairs
    return f"{each.pairs:5}  {100 * error:5.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def viewpoints_table(paths: Sequence[ViewpointPaths]) -> str:
    """For each transformation the means over classes. Errors are those at each amount."""
    rows = [f"{'':9}      range     R²  of features  straight  same direction  in plane"]
    for name, (low, high) in RANGES.items():
        those = [each for each in paths if each.transformation == name]
        r2, features, straight, same, within = _means(
            [[p.r2, p.r2_features, p.straightness, p.same_direction, p.explained] for p in those]
        )
        rows.append(
            f"{name:9} {low:4g} to {high:3g}  {r2:5.2f}  {features:11.2f}  {straight:8.2f}  {same:14.2f}  {within:8.2f}"
        )
        rows.extend(_push_row(those))
    return "\n".join(rows)


def _push_row(paths: Sequence[ViewpointPaths]) -> list[str]:
    pushed, unpushed = ([p.pushed for p in paths if p.pushed], [p.unpushed for p in paths if p.unpushed])
    if not pushed:
        return []
    errors = zip(paths[0].amounts, _means(pushed), _means(unpushed), strict=True)
    cells = [f"{amount:g} {with_push:.1f} v {without:.1f}" for amount, with_push, without in errors]
    return [f"{'':11}pushed v unpushed: " + ", ".join(cells[:REST] + cells[REST + 1 :])]


def _means(rows: Sequence[Sequence[float]]) -> list[float]:
    """Of each column."""
    return [sum(column) / len(rows) for column in zip(*rows, strict=True)]


def viewpoint_accuracy_table(study: AccuracyStudy) -> str:
    """Per cent of the digits that are read rightly at each amount, and surely wrongly."""

    def share(count: int) -> float:
        return 100 * count / study.digits

    rows = [f"{study.digits} digits, right in % (surely wrong in %: above {study.sure_above:g})"]
    for name, found in study.transformations.items():
        cells = zip(found.amounts, found.right, found.sure_wrong, strict=True)
        rows.append(f"{name:9}  " + ", ".join(f"{a:g}: {share(r):.1f} ({share(w):.1f})" for a, r, w in cells))
    rows.append("pieces     read as the same class (surely, as whatever)")
    rows += [f"{name:10} {share(each.same):5.1f} ({share(each.sure):.1f})" for name, each in study.pieces.items()]
    return "\n".join(rows)
