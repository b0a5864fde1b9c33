"""Tensors as JSON: written in small pieces, for nobody else runs while json writes one."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from server.web import tensors

MOST_NUMBERS = 4096


@pytest.mark.parametrize("shape", [(1,), (0,), (0, 3), (3, 0), (5, 7), (3, 50, 40, 2), (2, 9000), (20_000,)])
def test_the_pieces_are_the_nested_lists(shape: tuple[int, ...]) -> None:
    array = np.random.default_rng(0).random(shape, dtype=np.float32)
    written = tensors.to_json({"a": array, "b": array}, {"label": 3, "doubts": ["x", "y"]})
    told = json.loads(written)
    assert told == {"label": 3, "doubts": ["x", "y"], "tensors": {"a": array.tolist(), "b": array.tolist()}}
    assert b" " not in written


def test_no_piece_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    longest = 0

    def count(value: Any, **options: Any) -> str:
        nonlocal longest
        longest = max(longest, np.size(value))
        return original(value, **options)

    original = json.dumps
    monkeypatch.setattr(json, "dumps", count)
    tensors.to_json({"votes": np.zeros((1152, 10, 16), dtype=np.float32)}, {})
    assert 0 < longest <= MOST_NUMBERS
