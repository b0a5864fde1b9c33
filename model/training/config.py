"""How to train, and the options of `capsnet train` that say so."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, fields
from typing import Literal, get_args

from model.data.catalogue import DATA_SETS, MNIST
from model.data.tasks import DIGIT, TASKS, Task, TaskName
from model.errors import UserError
from model.network.layers import WEIGHT_SCALE
from model.training.fields import Group, option
from model.training.losses import RECONSTRUCTION_WEIGHT

# What the products of a step are computed in. Routing, the losses, the weights and their update are in float32 always.
Precision = Literal["float32", "bfloat16"]
PRECISIONS: tuple[Precision, ...] = get_args(Precision)
VALIDATION_DIGITS = 5000
DRAWN_COPIES = 4


@dataclass(frozen=True, slots=True)
class TrainingConfig:
    """How to train. The schedule is a cosine from `learning_rate` to 0, times a linear warm-up.

    Raises UserError for a number that makes no sense.
    """

    task: TaskName = option(
        Group.TASK,
        DIGIT.name,
        "pair is MultiMNIST: two digits over each other on 36 x 36, in an epoch one pair for each training digit",
        choices=TASKS,
    )

    data_set: str = option(Group.TASK, MNIST.name, "pictures to train on", choices=DATA_SETS)

    frame: int = option(
        Group.TASK,
        0,
        "lay each digit in the middle of a black frame, N pixels wide on every side: 6 makes 40 x 40 of 28 x 28",
        least=0,
    )

    epochs: int = option(Group.STEPS, 50, "passes over the training digits", always=True, least=1)
    batch_size: int = option(Group.STEPS, 128, "pictures in a step", always=True, least=1)
    learning_rate: float = option(Group.STEPS, 1e-3, "Adam's, after the warm-up", always=True)
    warmup_steps: int = field(default=100, metadata={"least": 0})
    max_shift: int = option(
        Group.STEPS,
        2,
        "shift each picture by up to this many pixels in each direction "
        f"(default: {' or '.join(f'{task.max_shift} for a {name}' for name, task in TASKS.items())})",
        always=True,
        least=0,
        unless_given=None,
    )
    seed: int = option(Group.STEPS, 0, "of everything random", always=True)
    other_hands: bool = option(
        Group.STEPS,
        False,
        "turn, shear and stretch each picture a little, as another hand might have written it (not the paper's)",
    )

    reconstruction_weight: float = option(
        Group.CAPSULES,
        RECONSTRUCTION_WEIGHT,
        "of the summed squared differences beside the margin loss",
        metavar="WEIGHT",
        off="--no-reconstruction",
    )
    weight_scale: float = option(
        Group.CAPSULES, WEIGHT_SCALE, "standard deviation of the matrices W_ij that the seed draws", metavar="SCALE"
    )
    detach_inner: bool = option(
        Group.CAPSULES,
        True,
        "back-propagate through every routing iteration, not the last alone",
        flag="--all-iterations",
    )
    start_from: str = option(
        Group.CAPSULES,
        "",
        "the model in --out-dir, or among those that ship, whose weights are the first (default: the seed draws them)",
        metavar="NAME",
    )

    ema: float = option(
        Group.RESULT,
        0.0,
        "ship the exponential moving average of the weights over the steps, 0.999 say (default: off)",
        metavar="DECAY",
    )
    precision: Precision = option(
        Group.RESULT,
        "float32",
        "of the products; routing, losses and weights are float32 always",
        choices=PRECISIONS,
    )
    validation: int = option(
        Group.RESULT,
        0,
        f"keep the last N training digits ({VALIDATION_DIGITS} unless told) out of training, and report the error on "
        "them after each epoch in place of the test error (default: off)",
        metavar="N",
        alone=VALIDATION_DIGITS,
    )

    drawn_copies: int = option(
        Group.PEN_DIGITS, 0, "drawings of each pen digit, each with another pen", least=0, unless_given=DRAWN_COPIES
    )

    @property
    def pictures(self) -> Task:
        """The task, on pictures with the frame around them."""
        task = TASKS[self.task]
        return task.at(task.image_size + 2 * self.frame)

    def __post_init__(self) -> None:
        for each in fields(self):
            value, least = getattr(self, each.name), each.metadata.get("least")
            if least is not None and value < least:
                raise UserError(f"{each.name.replace('_', ' ')} must be {least} or more, not {value}")
        if self.frame and TASKS[self.task].digits > 1:
            raise UserError("a frame is for pictures of one digit: those of a pair have theirs")
        if not (self.learning_rate >= 0 and math.isfinite(self.learning_rate)):
            raise UserError(f"the learning rate must be 0 or more, not {self.learning_rate}")
        if not 0 <= self.ema < 1:
            raise UserError(f"the decay of the average must lie in [0, 1), not {self.ema}")
        if not (self.reconstruction_weight >= 0 and math.isfinite(self.reconstruction_weight)):
            raise UserError(f"the weight of the reconstruction must be 0 or more, not {self.reconstruction_weight}")
        if not (self.weight_scale > 0 and math.isfinite(self.weight_scale)):
            raise UserError(f"the scale of W must be above 0, not {self.weight_scale}")
        if self.start_from and self.weight_scale != WEIGHT_SCALE:
            raise UserError(f"W is that of {self.start_from!r}: its scale can only be set where the seed draws it")
