"""Everything that one forward pass computed, by the names that the whole project uses."""

from __future__ import annotations

from typing import NamedTuple

from torch import Tensor


class Trace(NamedTuple):
    """One forward pass. B images, R iterations, P primary capsules, C classes, D pose dimensions."""

    image: Tensor  # (B, 28, 28) in [0, 1], what the network saw
    conv1: Tensor  # (B, 256, 20, 20), after the ReLU
    primary_capsules: Tensor  # u_i, (B, P, 8)
    votes: Tensor  # û_j|i, (B, P, C, D); the same in every iteration
    routing_logits: Tensor  # b_ij, (B, R, P, C)
    coupling_coefficients: Tensor  # c_ij, (B, R, P, C)
    agreement: Tensor  # û_j|i . v_j, (B, R, P, C)
    class_capsules: Tensor  # v_j, (B, R, C, D)
    lengths: Tensor  # |v_j|, (B, R, C) in [0, 1)
    reconstruction: Tensor  # (B, 28, 28) in [0, 1], of the predicted class

    @property
    def labels(self) -> Tensor:
        """The predicted classes (B,): the longest class capsule after the last iteration."""
        return self.lengths[:, -1].argmax(dim=-1)
