"""A strided convolution of many channels in about a fifth of the multiplications, for large batches on a CPU.

A convolution of stride s is a sum of s * s convolutions of stride 1, one for each way to leave out rows and
columns (its polyphase parts); for PrimaryCaps, four of 5 x 5 taps on 10 x 10 pixels. By the convolution theorem
each is one complex product for each frequency of the discrete Fourier transform of its 10 x 10 pixels. Real
pixels need half the frequencies, and a complex product needs three real ones (Gauss's trick), so that the
36 * 81 = 2,916 multiplications for a pair of channels become 4 * 148 = 592.

The transforms are small matrices that multiply all channels at once: what is left is matrix products, and
autograd differentiates them.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

Matrix = npt.NDArray[np.float32]
Row = npt.NDArray[np.float64]


class Transforms(NamedTuple):
    """Matrices with convolution(x, w) = output @ ((pixels @ x) * (taps @ w)), x, w and the result flattened."""

    pixels: Matrix  # (F, n * n)
    taps: Matrix  # (F, k * k)
    output: Matrix  # ((n - k + 1)**2, F)


@lru_cache(maxsize=8)
def transforms(n: int, k: int) -> Transforms:
    """The transforms for k x k taps on n x n pixels, valid positions only."""
    side = np.arange(n)
    valid = n - k + 1
    pixels: list[Row] = []
    taps: list[Row] = []
    output: list[Row] = []
    for u, v in _half_of_the_frequencies(n):
        angle = 2 * np.pi * (u * side[:, None] + v * side) / n
        cosine, sine = np.cos(angle), np.sin(angle)
        x, w, y = cosine.ravel(), cosine[:k, :k].ravel(), cosine[:valid, :valid].ravel() / n**2
        if (u, v) == _mirrored(u, v, n):  # its own conjugate: real
            pixels, taps, output = [*pixels, x], [*taps, w], [*output, y]
            continue
        # (a + ib)(c + id) = (p - r) + i(p + q) with p = c (a + b), q = a (d - c), r = b (c + d); the mirrored
        # frequency adds the conjugate, hence twice the real part. The taps are conjugated: a correlation.
        a, b = x, -sine.ravel()
        c, d = w, sine[:k, :k].ravel()
        real, imaginary = 2 * y, 2 * sine[:valid, :valid].ravel() / n**2
        pixels += [a + b, a, b]
        taps += [c, d - c, c + d]
        output += [real - imaginary, -imaginary, -real]
    return Transforms(*(np.array(rows, np.float32) for rows in (pixels, taps, np.transpose(output))))


def convolve(features: Tensor, weight: Tensor, stride: int) -> Tensor:
    """(B, I, H, H) with weights (O, I, side, side) -> (B, O, H', H'), both best laid out channels-last.

    The numbers are those of `torch.nn.functional.conv2d` to a few parts in a million of the largest.
    """
    maps, outputs = features.shape[0], weight.shape[0]
    n, pixels = _polyphase(features, stride)
    k, taps = _polyphase(weight, stride)
    # Tensors made here and not kept: one made in inference mode could never take part in training.
    of_pixels, of_taps, back = (torch.from_numpy(matrix) for matrix in transforms(n, k))
    transformed = (of_pixels @ pixels.flatten(1)).view(-1, maps, pixels.shape[-1])
    kernels = (of_taps @ taps.flatten(1)).view(-1, outputs, taps.shape[-1])
    products = torch.bmm(transformed, kernels.transpose(1, 2))  # (F, B, O)
    positions = (back @ products.flatten(1)).view(n - k + 1, n - k + 1, maps, outputs)
    valid = (features.shape[-1] - weight.shape[-1]) // stride + 1  # less where a part was padded
    return positions[:valid, :valid].permute(2, 3, 0, 1)


def _polyphase(maps: Tensor, stride: int) -> tuple[int, Tensor]:
    """Maps (N, C, H, H) -> the side n of a part, H / stride rounded up, and all parts (n * n, N, stride**2 * C).

    Channels stay neighbours, so that the rearrangement copies runs of C numbers.
    """
    N, C, H, _ = maps.shape
    n = math.ceil(H / stride)
    missing = n * stride - H
    padded = torch.nn.functional.pad(maps.permute(0, 2, 3, 1), (0, 0, 0, missing, 0, missing))
    parts = padded.reshape(N, n, stride, n, stride, C).permute(1, 3, 0, 2, 4, 5)
    return n, parts.reshape(n * n, N, stride**2 * C)


def _half_of_the_frequencies(n: int) -> list[tuple[int, int]]:
    """One of each frequency and its mirror image: the transform of real pixels repeats itself there."""
    return [(u, v) for u in range(n) for v in range(n) if (u, v) <= _mirrored(u, v, n)]


def _mirrored(u: int, v: int, n: int) -> tuple[int, int]:
    return -u % n, -v % n
