"""The network written a second time, straight from the paper, in float64 and plain loops.

It shares no code with `model/`. Equation and line numbers are those of Sabour, Frosst and Hinton 2017.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


class Routing(NamedTuple):
    """R iterations of Procedure 1 over P inputs and C outputs of D numbers."""

    routing_logits: Array  # (R, P, C)
    coupling_coefficients: Array  # (R, P, C)
    agreement: Array  # (R, P, C)
    class_capsules: Array  # (R, C, D)
    lengths: Array  # (R, C)


def squash(s: Array) -> Array:
    """Equation 1 for one vector: |s|^2 / (1 + |s|^2) times s / |s|."""
    squared = 0.0
    for number in s:
        squared += float(number) ** 2
    if squared == 0:
        return np.zeros_like(s)
    v: Array = squared / (1 + squared) * s / squared**0.5
    return v


def votes(weight: Array, u: Array) -> Array:
    """Equation 2: the vote of input i for output j is W_ij u_i."""
    P, C, D, _ = weight.shape
    u_hat = np.zeros((P, C, D))
    for i in range(P):
        for j in range(C):
            u_hat[i, j] = weight[i, j] @ u[i]
    return u_hat


class Tampering(NamedTuple):
    """How a routing is changed by hand: what `model.network.interventions` does, in the words of the loops."""

    silenced: frozenset[int] = frozenset()  # i, whose votes are zero
    fixed: Mapping[tuple[int, int], float] = MappingProxyType({})  # i, j -> c_ij
    first: Mapping[tuple[int, int], float] = MappingProxyType({})  # i, j -> b_ij before the first iteration
    uniform: bool = False
    held: Array | None = None  # (P, C), logits that count in every iteration in place of b


def tampered_coupling(b_i: Array, i: int, tampering: Tampering) -> Array:
    """One capsule's row: the fixed ones as they are, the softmax of the others scaled to what is left of 1."""
    C = len(b_i)
    fixed = {j: c for (capsule, j), c in tampering.fixed.items() if capsule == i}
    row = np.zeros(C)
    weight = 0.0
    for j in range(C):
        if j not in fixed:
            logit = b_i[j] if tampering.held is None else tampering.held[i, j]
            row[j] = 1.0 if tampering.uniform else float(np.exp(logit))
            weight += row[j]
    for j in range(C):
        row[j] = fixed[j] if j in fixed else row[j] / weight * (1 - sum(fixed.values()))
    return row


def procedure_1(u_hat: Array, r: int, tampering: Tampering | None = None) -> Routing:
    P, C, D = u_hat.shape
    b = np.zeros((P, C))  # line 2
    if tampering is not None:
        u_hat = u_hat.copy()
        for i in tampering.silenced:
            u_hat[i] = 0
        for (i, j), logit in tampering.first.items():
            b[i, j] = logit
    seen: list[tuple[Array, ...]] = []
    for _ in range(r):  # line 3
        c = np.zeros((P, C))
        for i in range(P):  # line 4, equation 3: softmax over the outputs j of one input i
            exponentials = np.exp(b[i])
            c[i] = exponentials / exponentials.sum()
            if tampering is not None:
                c[i] = tampered_coupling(b[i], i, tampering)
        v = np.zeros((C, D))
        for j in range(C):
            s = np.zeros(D)
            for i in range(P):  # line 5
                s += c[i, j] * u_hat[i, j]
            v[j] = squash(s)  # line 6
        agreement = np.zeros((P, C))
        for i in range(P):
            for j in range(C):
                agreement[i, j] = u_hat[i, j] @ v[j]
        seen.append((b, c, agreement, v, np.array([np.sqrt((v[j] ** 2).sum()) for j in range(C)])))
        b = b + agreement  # line 7
    return Routing(*(np.stack(column) for column in zip(*seen, strict=True)))


def convolve(maps: Array, kernels: Array, bias: Array, stride: int, row: int, column: int) -> Array:
    """All output channels of a convolution without padding at one position; maps are (I, H, W)."""
    outputs, inputs, side, _ = kernels.shape
    result = np.zeros(outputs)
    for o in range(outputs):
        total = float(bias[o])
        for i in range(inputs):
            patch = maps[i, stride * row : stride * row + side, stride * column : stride * column + side]
            total += float((kernels[o, i] * patch).sum())
        result[o] = total
    return result


def primary_capsule(
    maps: Array, kernels: Array, bias: Array, capsule_type: int, dim: int, row: int, column: int
) -> Array:
    """The capsule of one type at one place of the grid: `dim` neighbouring channels, squashed together."""
    channels = slice(capsule_type * dim, (capsule_type + 1) * dim)
    return squash(convolve(maps, kernels[channels], bias[channels], 2, row, column))
