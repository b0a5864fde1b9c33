"""Pairs of digits, read and taken apart: how often, how much their overlap matters, and who is given which ink.

Everything is measured on test pairs, and nothing is chosen by them: bins, thresholds and iterations are fixed here.
Uniform couplings need no row of their own: the first iteration of Procedure 1 has c = 1/C exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import torch
from torch import Tensor

from model.data.datasets import Digits
from model.data.tasks import TASKS, Batch, Plan, Task
from model.errors import UserError
from model.explaining.measurements import OVERLAP_ITERATIONS
from model.explaining.overlap import (
    box_overlap,
    contributions,
    exclusive_ink,
    rightly_given,
    shared_ink,
    spread,
    through_fields,
)
from model.explaining.overlap_figures import Found, OverlapStudy, figures_of
from model.explaining.study import CHUNK
from model.network.capsnet import CapsNet
from model.network.functional import lengths
from model.network.routing import Routing, route
from model.zoo.checkpoint import LoadedModel


@torch.inference_mode()
def study_overlap(
    model: LoadedModel,
    digits: Digits,
    *,
    count: int = 10_000,
    seed: int = 0,
    batch_size: int = 50,
    tell: Callable[[int], object] | None = None,
) -> OverlapStudy:
    """Read the first `count` test pairs as they are, and with the same digits around the middle of the picture.

    `seed` draws where they lie then. `tell` hears of each batch that is done, by its number of pairs. Raises UserError
    for a model that does not see two digits.
    """
    task = TASKS[model.card.task].at(model.card.config.image_size)
    if task.digits != 2:
        raise UserError(f"{model.card.name} does not see two digits at once")
    device = next(model.network.parameters()).device
    there = Digits(digits.images.to(device), digits.labels.to(device))
    as_tested = task.test_plan(digits)
    centred = centred_plan(task, as_tested, seed)
    rows: list[Found] = []
    for places in torch.split(torch.arange(min(count, len(digits))), batch_size):
        plans = as_tested.at(places), centred.at(places)
        tested, middle = (task.batch(there, plan) for plan in plans)
        distances = torch.stack([_distances(plan) for plan in plans], dim=1)
        rows.append(_of_batch(model, tested, middle, distances))
        if tell:
            tell(len(places))
    found = Found(*(torch.cat(of_each) for of_each in zip(*rows, strict=True)))
    return figures_of(
        found,
        centred,
        farthest=2 * math.hypot(task.test_shift, task.test_shift),
        trained_with=model.card.capsules.routing_iterations if model.card.has_capsules else None,
        classes=model.card.config.classes,
    )


def centred_plan(task: Task, plan: Plan, seed: int) -> Plan:
    """The same digits as in the plan of N pairs, the first moved by o and the second by -o.

    So the middle of the two stays in the middle of the picture, and only their distance differs. o is drawn in whole
    pixels within the task's shift, all places equally likely.
    """
    generator = torch.Generator().manual_seed(seed)
    shift = task.test_shift
    moved = torch.randint(-shift, shift + 1, (len(plan.picked), 2), generator=generator)
    return plan._replace(offsets=torch.stack((moved, -moved), dim=1))


def _distances(plan: Plan) -> Tensor:
    """Between the middles of the two digits' pictures, in pixels: float64 (N)."""
    first, second = plan.offsets.double().unbind(1)
    distances: Tensor = torch.linalg.vector_norm(first - second, dim=-1)
    return distances


def _of_batch(model: LoadedModel, tested: Batch, centred: Batch, distances: Tensor) -> Found:
    """Read the same pairs in both placements; `distances` (B, 2) are those of each."""
    exclusive = exclusive_ink(tested.layers)
    if model.card.has_capsules:
        network, most = model.capsnet, max(OVERLAP_ITERATIONS, model.card.capsules.routing_iterations)
        read, given = _routed(network, tested, exclusive, most)
        read_centred, _ = _routed(network, centred, None, most)
        blurred = through_fields(tested.layers, network.config).unsqueeze(1)
        by_fields = rightly_given(blurred, exclusive).squeeze(1)
    else:
        given = torch.zeros(len(exclusive), 2, 0, dtype=torch.int64)
        by_fields = given.sum(dim=(1, 2))
        read, read_centred = (
            _read(model.network.scores(batch.images).unsqueeze(1), batch.labels) for batch in (tested, centred)
        )
    layers = torch.stack((tested.layers, centred.layers), dim=1)  # (B, 2, 2, H, W)
    overlaps = torch.stack((box_overlap(layers), shared_ink(layers)), dim=-1).cpu().double()
    return Found(
        labels=tested.labels.cpu(),
        read=torch.stack((read, read_centred), dim=1).cpu(),
        overlaps=torch.cat((overlaps, distances.unsqueeze(-1)), dim=-1),
        exclusive=exclusive.sum(dim=(-3, -2, -1)).cpu(),
        given=given.cpu(),
        by_fields=by_fields.cpu(),
    )


def _routed(network: CapsNet, batch: Batch, exclusive: Tensor | None, iterations: int) -> tuple[Tensor, Tensor]:
    """Which digits are read (B, R, 2), and how many exclusive pixels go to their own digit (B, 2, R).

    The pixels are not looked at without `exclusive`, bool (B, 2, H, W).
    """
    read, given = [], []
    capsules = network.primary_capsules(batch.images)
    for start in range(0, len(capsules), CHUNK):
        chunk = slice(start, start + CHUNK)
        labels = batch.labels[chunk]
        routing = route(network.class_caps.votes(capsules[chunk]), iterations)
        read.append(_read(lengths(routing.class_capsules), labels))
        if exclusive is not None:
            maps = _decoded(network, routing, labels), spread(contributions(routing, labels), network.config)
            given.append(torch.stack([rightly_given(each, exclusive[chunk]) for each in maps], dim=1))
    return torch.cat(read), torch.cat(given) if given else torch.empty(0)


def _decoded(network: CapsNet, routing: Routing, labels: Tensor) -> Tensor:
    """The reconstructions of K classes of each image, each alone, at every iteration: (B, R, K, H, W)."""
    B, R, C, D = routing.class_capsules.shape
    K = labels.shape[1]
    capsules = routing.class_capsules.unsqueeze(2).expand(B, R, K, C, D).reshape(-1, C, D)
    drawn: Tensor = network.decoder(capsules, labels.unsqueeze(1).expand(B, R, K).flatten())
    return drawn.view(B, R, K, *drawn.shape[-2:])


def _read(scores: Tensor, labels: Tensor) -> Tensor:
    """Whether each of K digits is among the K classes most present: (B, R, C), (B, K) -> bool (B, R, K)."""
    predicted = scores.topk(labels.shape[1]).indices  # (B, R, K)
    return (labels[:, None, :, None] == predicted.unsqueeze(2)).any(dim=-1)
