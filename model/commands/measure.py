"""What is measured of a model and ships beside its weights."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from tqdm import tqdm

from model.commands.shared import (
    Command,
    Commands,
    add_data_dir,
    add_model,
    add_out_dir,
    at_least,
    check_new,
    made_with,
    one_digit_model,
    pair_model,
    said_in_one_line,
)
from model.commands.tables import overlap_table, viewpoint_accuracy_table, viewpoints_table
from model.data.catalogue import DATA_SETS
from model.data.datasets import Digits
from model.errors import UserError
from model.explaining.agreement import study_agreement
from model.explaining.gauge import NOISE, OTHER_STROKES, measure_gauge, noise, read_drawings
from model.explaining.measurements import (
    COMMANDS,
    Measured,
    MeasuredKind,
    measured_path,
    read_measured_file,
    write_measured,
)
from model.explaining.overlap_study import study_overlap
from model.explaining.routings import Reading, study_routing
from model.explaining.study import study_iterations
from model.explaining.viewpoint_accuracy import study_viewpoints
from model.explaining.viewpoints import FITTED, TRIED, measure_viewpoints
from model.files import try_place
from model.network.fast.memory import keep_freed_memory
from model.network.interventions import RandomCouplings
from model.zoo.checkpoint import LoadedModel

_MEASURED_BYTES = 1_000_000  # the largest kind of file takes less than half of that

# Standard deviations of the random couplings' logits. With the first, couplings are about as uneven as routing leaves
# them; with the last, the largest of a capsule's ten couplings is 0.32 in the mean.
STUDIED_SPREADS = (0.1, 0.3, 1.0)
# The first of the test digits, in the votes' study.
STUDIED_DIGITS = 1000

# Test pairs, in the study of overlap: one for each test digit.
STUDIED_PAIRS = 10_000

# What a command measures of a model, as it is written down.
Measure = Callable[[argparse.Namespace, LoadedModel], Measured]


def add_commands(commands: Commands) -> None:
    _add_study_iterations(
        commands.add_parser("study-iterations", help="what 1 to 10 routing iterations make of the 10,000 test digits")
    )
    _add_study_routing(
        commands.add_parser(
            "study-routing", help="what the test digits are read as without routing, after each iteration and at random"
        )
    )
    _add_measure_dimensions(
        commands.add_parser("measure-dimensions", help="measure what each number of a model's class capsules means")
    )
    _add_test_names(
        commands.add_parser("test-names", help="try the names of the dimensions on digits they were not measured on")
    )
    _add_measure_gauge(
        commands.add_parser("measure-gauge", help="measure how well a model explains test digits, and what is none")
    )
    _add_study_votes(
        commands.add_parser("study-votes", help="how far the strongest votes for a class agree, over 1,000 test digits")
    )
    _add_study_overlap(
        commands.add_parser("study-overlap", help="how pairs of test digits are read, by how much the two overlap")
    )
    _add_measure_viewpoints(
        commands.add_parser(
            "measure-viewpoints", help="what a capsule or a CNN's features do while digits are turned, moved, stretched"
        )
    )
    _add_study_viewpoints(
        commands.add_parser(
            "study-viewpoints", help="how far the test digits can be turned, moved, stretched until they are misread"
        )
    )


def _add_study_iterations(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    _add_out_dir(parser, "iterations")
    parser.set_defaults(run=_measuring("iterations", _study_iterations))


def _study_iterations(_: argparse.Namespace, model: LoadedModel) -> Measured:
    keep_freed_memory()
    digits = DATA_SETS[model.card.data_set].test()
    with tqdm(total=len(digits), unit="digit", mininterval=1) as bar:
        study = study_iterations(model, digits, tell=bar.update)
    print("iterations  error   mean winning length  mean entropy of c")
    rows = zip(study.errors, study.winning_lengths, study.entropies, strict=True)
    for iterations, (error, length, entropy) in enumerate(rows, start=1):
        print(f"{iterations:10}  {error:.2f} %  {length:19.4f}  {entropy:12.4f} bits")
    return asdict(study)


def _add_study_routing(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    parser.add_argument(
        "--seeds", type=at_least(1), default=10, help="random couplings of each spread (default: %(default)s)"
    )
    _add_out_dir(parser, "routings")
    parser.set_defaults(run=_measuring("routings", _study_routing, "seeds"))


def _study_routing(arguments: argparse.Namespace, model: LoadedModel) -> Measured:
    keep_freed_memory()
    digits = DATA_SETS[model.card.data_set].test()
    random = [RandomCouplings(seed, spread) for spread in STUDIED_SPREADS for seed in range(1, arguments.seeds + 1)]
    with tqdm(total=len(digits), unit="digit", mininterval=1) as bar:
        study = study_routing(model, digits, random, tell=bar.update)
    print("couplings              misread  changed  mean winning length  mean entropy of c")
    for iterations, reading in enumerate(study.iterations, start=1):
        uniform = " (uniform: c = 1/C)" if iterations == 1 else ""
        print(f"{_reading_row(str(iterations) + ' iteration' + 's' * (iterations > 1), reading)}{uniform}")
    for row in study.random:
        print(_reading_row(f"spread {row.spread:g}, seed {row.seed}", row.reading))
    turned = study.turned
    print(
        f"from 1 to {study.trained_with} iterations {turned.to_right} answers become right, {turned.to_wrong} wrong, "
        f"{turned.wrong_to_wrong} change and stay wrong"
    )
    return asdict(study)


def _reading_row(name: str, reading: Reading) -> str:
    return (
        f"{name:21}  {reading.errors:7}  {reading.changed:7}  {reading.winning_length:19.4f}  "
        f"{reading.entropy:12.4f} bits"
    )


def _add_measure_dimensions(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    add_data_dir(parser)
    parser.add_argument(
        "--digits", type=at_least(1), default=1000, help="training digits of each class (default: %(default)s)"
    )
    parser.add_argument(
        "--sweeps", type=at_least(1), default=60, help="of these, whose dimensions are swept (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the choice of digits (default: %(default)s)")
    _add_out_dir(parser, "dimensions")
    parser.set_defaults(run=_measuring("dimensions", _measure_dimensions, "digits", "sweeps", "seed"))


def _measure_dimensions(arguments: argparse.Namespace, model: LoadedModel) -> Measured:
    with _scikit_image_needed():
        from model.explaining.dimensions import measure_dimensions
    digits, _ = _with_some_held_out(model.card.data_set, arguments.data_dir)
    classes = measure_dimensions(model.capsnet, digits, arguments.digits, arguments.sweeps, arguments.seed)
    for entry in classes:
        print(f"{entry['label']}: " + ", ".join(_in_words(dimension) for dimension in entry["dimensions"]))
    return {"seed": arguments.seed, "classes": classes}


def _in_words(dimension: Measured) -> str:
    effects = {entry["measure"]: entry["effect"] for entry in dimension["evidence"]}
    return str(dimension["name"]) + (f" ({effects[dimension['measures'][0]]:+.1f})" if dimension["measures"] else "")


@contextmanager
def _scikit_image_needed() -> Iterator[None]:
    """Imports that nothing else needs. Raises UserError where scikit-image is not there."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or not error.name.startswith("skimage"):
            raise
        raise UserError(f"{error}: pip install '.[measure]' in the folder of CapsNet Explorer") from error


def _with_some_held_out(data_set: str, data_dir: Path) -> tuple[Digits, Digits]:
    """The training digits that names are measured on, and the last sixth, on which they are tested."""
    digits = DATA_SETS[data_set].training(data_dir)
    return digits.split(len(digits) // 6)


def _add_test_names(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    add_data_dir(parser)
    parser.add_argument(
        "--digits", type=at_least(1), default=50, help="held-out digits of each class (default: %(default)s)"
    )
    parser.add_argument("--seed", type=int, default=0, help="of the choice of digits (default: %(default)s)")
    parser.add_argument(
        "--names", type=Path, metavar="FILE", help="NAME.dimensions.json with the names (default: the one that ships)"
    )
    parser.set_defaults(run=said_in_one_line(_test_names))


def _test_names(arguments: argparse.Namespace) -> int:
    with _scikit_image_needed():
        from model.explaining.blind import changes_seen, claims_of, score
    model = one_digit_model(arguments)
    file: Path = arguments.names or measured_path(model.card.name, "dimensions")
    measured = read_measured_file(model.card, file)
    if measured is None:
        raise UserError(
            f"{file} holds no names for these weights: capsnet measure-dimensions --model {arguments.model}"
        )
    _, digits = _with_some_held_out(model.card.data_set, arguments.data_dir)
    deviations = [[entry["deviation"] for entry in each["dimensions"]] for each in measured["classes"]]
    changes = changes_seen(model.capsnet, digits, deviations, arguments.digits, arguments.seed)
    scores = [
        score(claims_of(each["dimensions"]), seen, each["label"])
        for each, seen in zip(measured["classes"], changes, strict=True)
    ]
    print("class  holds  direction  largest")
    for each, found in zip(measured["classes"], scores, strict=True):
        print(f"{each['label']:5}  {found.holds:5.2f}  {found.direction:9.2f}  {found.largest:7.2f}")
    means = [sum(column) / len(scores) for column in zip(*scores, strict=True)]
    print(f"  all  {means[0]:5.2f}  {means[1]:9.2f}  {means[2]:7.2f}")
    return 0


def _add_measure_gauge(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    parser.add_argument(
        "--others",
        type=Path,
        metavar="FILE",
        default=OTHER_STROKES,
        help="letters and doodles as strokes (default: the %(metavar)s that ships)",
    )
    parser.add_argument("--seed", type=at_least(0), default=0, help="of the pictures of noise (default: %(default)s)")
    _add_out_dir(parser, "gauge")
    parser.set_defaults(run=_measuring("gauge", _measure_gauge, "others", "seed"))


def _measure_gauge(arguments: argparse.Namespace, model: LoadedModel) -> Measured:
    others = {**read_drawings(arguments.others), "noise": noise(NOISE, arguments.seed)}
    measured = measure_gauge(model.capsnet, DATA_SETS[model.card.data_set].test(), others)
    print(f"{arguments.model}: area under the ROC curve, {measured['counts']['digits']} test digits against others")
    for variant, areas in measured["variants"].items():
        print(f"{variant}: " + ", ".join(f"{kind} {area:.3f}" for kind, area in areas.items()))
    return {"seed": arguments.seed, **measured}


def _add_study_votes(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    _add_out_dir(parser, "agreement")
    parser.set_defaults(run=_measuring("agreement", _study_votes))


def _study_votes(_: argparse.Namespace, model: LoadedModel) -> Measured:
    keep_freed_memory()
    digits = DATA_SETS[model.card.data_set].test()
    with tqdm(total=min(STUDIED_DIGITS, len(digits)), unit="digit", mininterval=1) as bar:
        study = study_agreement(model, digits, count=STUDIED_DIGITS, tell=bar.update)
    print(f"the {study.strongest} strongest votes for a class, the first {study.digits} test digits")
    print("                        winner  other classes")
    for name, winner, others in (
        ("mean cosine with v", study.with_v_winner, study.with_v_others),
        ("mean cosine of two", study.among_winner, study.among_others),
        ("sum of c |û|", study.strength_winner, study.strength_others),
    ):
        print(f"{name:22}  {winner:6.3f}  {others:6.3f}")
    print(f"in {100 * study.outdone:.1f} % of the digits some other class's votes agree more among themselves:")
    print(f"sum of c |û|  {study.outdone_strength_other:.3f}, the winner's {study.outdone_strength_winner:.3f}")
    print(f"length        {study.outdone_length_other:.3f}, the winner's {study.outdone_length_winner:.3f}")
    return asdict(study)


def _add_study_overlap(parser: argparse.ArgumentParser) -> None:
    add_model(parser, "multimnist")
    parser.add_argument(
        "--count", type=at_least(1), default=STUDIED_PAIRS, help="the first so many test pairs (default: %(default)s)"
    )
    parser.add_argument(
        "--seed", type=at_least(0), default=0, help="of the places of the centred pairs (default: %(default)s)"
    )
    _add_out_dir(parser, "overlap")
    parser.set_defaults(run=_measuring("overlap", _study_overlap, "count", "seed", load=pair_model))


def _study_overlap(arguments: argparse.Namespace, model: LoadedModel) -> Measured:
    keep_freed_memory()
    digits = DATA_SETS[model.card.data_set].test()
    with tqdm(total=min(arguments.count, len(digits)), unit="pair", mininterval=1) as bar:
        study = study_overlap(model, digits, count=arguments.count, seed=arguments.seed, tell=bar.update)
    print(overlap_table(study))
    return {"seed": arguments.seed, **asdict(study)}


def _add_measure_viewpoints(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    add_data_dir(parser)
    parser.add_argument("--seed", type=at_least(0), default=0, help="of the choice of digits (default: %(default)s)")
    _add_out_dir(parser, "viewpoints")
    parser.set_defaults(run=_measuring("viewpoints", _measure_viewpoints, "seed"))


def _measure_viewpoints(arguments: argparse.Namespace, model: LoadedModel) -> Measured:
    keep_freed_memory()
    data_set = DATA_SETS[model.card.data_set]
    digits = model.card.config.classes * (FITTED + TRIED)
    with tqdm(total=digits, unit="digit", mininterval=1) as bar:
        paths = list(
            measure_viewpoints(
                model.network,
                data_set.training(arguments.data_dir),
                data_set.test(),
                seed=arguments.seed,
                tell=bar.update,
            )
        )
    print(viewpoints_table(paths))
    return {"seed": arguments.seed, "fitted": FITTED, "tried": TRIED, "paths": [asdict(each) for each in paths]}


def _add_study_viewpoints(parser: argparse.ArgumentParser) -> None:
    add_model(parser)
    _add_out_dir(parser, "viewpoint-accuracy")
    parser.set_defaults(run=_measuring("viewpoint-accuracy", _study_viewpoints))


def _study_viewpoints(_: argparse.Namespace, model: LoadedModel) -> Measured:
    keep_freed_memory()
    digits = DATA_SETS[model.card.data_set].test()
    with tqdm(total=len(digits), unit="digit", mininterval=1) as bar:
        study = study_viewpoints(model, digits, tell=bar.update)
    print(viewpoint_accuracy_table(study))
    return asdict(study)


def _add_out_dir(parser: argparse.ArgumentParser, kind: MeasuredKind) -> None:
    add_out_dir(parser, "measured", f"NAME.{kind}.json")


def _measuring(
    kind: MeasuredKind,
    measure: Measure,
    *options: str,
    load: Callable[[argparse.Namespace], LoadedModel] = one_digit_model,
) -> Command:
    """The command that measures, prints what it found, and writes it down with these of its options.

    What writing needs is tried before anything slow is done.
    """

    def run(arguments: argparse.Namespace) -> int:
        model = load(arguments)
        check_new(arguments, measured_path(model.card.name, kind).name)
        try_place((arguments.out_dir, _MEASURED_BYTES))
        values = measure(arguments, model)
        command = " ".join(
            [f"capsnet {COMMANDS[kind]} --model {arguments.model}"]
            + [f"--{option} {_word(getattr(arguments, option))}" for option in options]
        )
        made = {"command": command, "made_with": made_with(arguments)}
        print(f"{arguments.model}: {write_measured(model.card, kind, {**made, **values}, arguments.out_dir)}")
        return 0

    return said_in_one_line(run)


def _word(option: object) -> str:
    """A file by its name alone: it lies elsewhere for others."""
    return option.name if isinstance(option, Path) else str(option)
