"""One training in several processes, as `torchrun` starts them: PyTorch's own DistributedDataParallel."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import torch
from torch import Tensor, distributed, nn
from torch.nn.parallel import DistributedDataParallel


class Share(NamedTuple):
    """What one process takes of a global batch."""

    picked: Tensor  # (b,), positions in the batch
    weight: float  # of the mean over them, so that the mean over the processes is the mean over the batch


class Team(NamedTuple):
    """The processes of a run; the one of rank 0 speaks and writes for all. A plain process is a team of one."""

    rank: int = 0
    size: int = 1

    @property
    def leads(self) -> bool:
        return self.rank == 0

    def share(self, batch_size: int) -> Share:
        """Every `size`-th digit of a batch. One that finds none left takes the first with a weight of 0."""
        picked = torch.arange(batch_size)[self.rank :: self.size]
        weight = len(picked) * self.size / batch_size
        return Share(picked if len(picked) else torch.zeros(1, dtype=torch.int64), weight)

    def wrapped(self, objective: nn.Module, device: torch.device) -> nn.Module:
        """The objective itself, or one that averages its gradients over the team."""
        if self.size == 1:
            return objective
        return DistributedDataParallel(objective, device_ids=[device.index] if device.type == "cuda" else None)

    def mean(self, value: Tensor) -> Tensor:
        """The mean of a tensor over the team, the same in each process."""
        if self.size > 1:
            distributed.all_reduce(value)
            value /= self.size
        return value

    @contextmanager
    def leader_first(self) -> Iterator[None]:
        """Run the block in the leader, and then in the others."""
        if not self.leads:
            distributed.barrier()
        yield
        if self.leads and self.size > 1:
            distributed.barrier()


ALONE = Team()


@contextmanager
def team(device: torch.device) -> Iterator[tuple[Team, torch.device]]:
    """The team that torchrun's environment describes, and this process's device: on CUDA, one each."""
    if "WORLD_SIZE" not in os.environ:
        yield ALONE, device
        return
    if device.type == "cuda":
        device = torch.device("cuda", int(os.environ["LOCAL_RANK"]))
        torch.cuda.set_device(device)
    distributed.init_process_group("nccl" if device.type == "cuda" else "gloo")
    try:
        yield Team(distributed.get_rank(), distributed.get_world_size()), device
        # All leave together. One that left right after its last step could meet gloo's thread still letting go of that
        # step's tensors, which needs an interpreter that is no longer there, and would abort.
        distributed.barrier()
    finally:
        distributed.destroy_process_group()
