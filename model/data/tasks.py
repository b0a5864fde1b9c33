"""What a network is trained to see: one digit, or two laid over each other (MultiMNIST, section 6).

Both are one thing: a picture of K digits of different classes, each shifted its own way, added and clipped. Training
and evaluation know nothing else of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

import torch
from torch import Tensor

from model.data.augmentation import HAND_NUMBERS, hands, rewrite, shift
from model.data.datasets import Digits, to_unit
from model.errors import UserError

TEST_SEED = 0  # of the partners and shifts of the test pairs


TaskName = Literal["digit", "pair"]


class Batch(NamedTuple):
    """B pictures of K digits each, S pixels a side, as an objective takes them."""

    images: Tensor  # (B, S, S) in [0, 1], what the network sees
    labels: Tensor  # (B, K), the classes of the digits
    layers: Tensor  # (B, K, S, S) in [0, 1], each digit alone: what the decoder is to draw from its capsule


class Plan(NamedTuple):
    """Which digits meet in each of N pictures, and where."""

    picked: Tensor  # (N, K), numbers of digits
    offsets: Tensor  # (N, K, 2), the shift of each (down, right) in pixels
    hands: Tensor | None = None  # (N, K, 2, 2), the matrix of each that another hand writes

    def at(self, places: Tensor) -> Plan:
        """The plan of some of the pictures."""
        return Plan(self.picked[places], self.offsets[places], None if self.hands is None else self.hands[places])


@dataclass(frozen=True, slots=True)
class Task:
    """Pictures of `digits` digits of different classes, `image_size` pixels a side."""

    name: TaskName
    digits: int  # K, in each picture
    image_size: int  # S
    max_shift: int  # pixels, of each digit in each direction: in training, unless told otherwise
    test_shift: int  # the same for the test pictures

    def at(self, image_size: int) -> Task:
        """The same task on pictures of another size."""
        return replace(self, image_size=image_size)

    def plan(
        self, firsts: Tensor, labels: Tensor, max_shift: int, generator: torch.Generator, other_hands: bool = False
    ) -> Plan:
        """Give each of the digits `firsts` (N,) its partners and all their shifts and hands, drawn from `generator`.

        A partner is any digit of a class that the picture does not yet hold, all equally likely.
        """
        picked = firsts.unsqueeze(1)
        for _ in range(1, self.digits):
            picked = torch.cat([picked, _partners(picked, labels, generator).unsqueeze(1)], dim=1)
        offsets = torch.randint(-max_shift, max_shift + 1, (*picked.shape, 2), generator=generator)
        if not other_hands:
            return Plan(picked, offsets)
        draws = 2 * torch.rand(*picked.shape, HAND_NUMBERS, generator=generator) - 1
        return Plan(picked, offsets, hands(draws))

    def batch(self, digits: Digits, plan: Plan) -> Batch:
        """The pictures of a plan, on the device of the digits."""
        images, labels, layers = self._pictures(digits, plan)
        return Batch(to_unit(images), labels, to_unit(layers))

    def test_plan(self, digits: Digits) -> Plan:
        """Which digits meet in each test picture, and where: the same every time."""
        generator = torch.Generator().manual_seed(TEST_SEED)
        return self.plan(torch.arange(len(digits)), digits.labels.cpu(), self.test_shift, generator)

    def test_set(self, digits: Digits) -> Digits:
        """One picture for each digit, the same every time: the digit itself, or with its partners laid over it."""
        images, labels, _ = self._pictures(digits, self.test_plan(digits))
        return Digits(images.to(torch.uint8), labels)

    def _pictures(self, digits: Digits, plan: Plan) -> tuple[Tensor, Tensor, Tensor]:
        """Images (N, S, S), labels (N, K) and layers (N, K, S, S), pixels 0..255."""
        device = digits.images.device
        picked, offsets = plan.picked.to(device), plan.offsets.to(device)
        around = (self.image_size - digits.images.shape[-1]) // 2
        framed = torch.nn.functional.pad(digits.images[picked.flatten()], (around,) * 4)
        if plan.hands is not None:
            framed = rewrite(framed, plan.hands.to(device).flatten(0, 1))
        layers = shift(framed, offsets.flatten(0, 1)).view(*picked.shape, self.image_size, self.image_size)
        return layers.sum(dim=1).clamp(max=255), digits.labels[picked], layers


DIGIT = Task("digit", digits=1, image_size=28, max_shift=2, test_shift=0)
PAIR = Task("pair", digits=2, image_size=36, max_shift=4, test_shift=4)  # the paper's MultiMNIST
TASKS: dict[str, Task] = {task.name: task for task in (DIGIT, PAIR)}


def _partners(picked: Tensor, labels: Tensor, generator: torch.Generator) -> Tensor:
    """For each row of digits (N, k) one more, of a class that none of them has: (N,). Raises UserError where none is.

    Those that meet their own class are drawn again, which leaves all others equally likely.
    """
    if len(torch.unique(labels)) <= picked.shape[1]:
        raise UserError("digits of more classes are needed to lay different ones over each other")
    partners = torch.randint(len(labels), (len(picked),), generator=generator)
    while len(alike := (labels[partners].unsqueeze(1) == labels[picked]).any(dim=1).nonzero().flatten()):
        partners[alike] = torch.randint(len(labels), (len(alike),), generator=generator)
    return partners
