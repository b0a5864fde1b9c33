"""A benchmark's row holds or not, whichever way its target points."""

from __future__ import annotations

import pytest

from tests.benchmark.rows import Row, table


@pytest.mark.parametrize(
    ("row", "holds", "goal"),
    [
        (Row("a", 3, "ms"), True, ""),
        (Row("a", 3, "ms", target=3), True, "<= 3 ms"),
        (Row("a", 3.1, "ms", target=3), False, "<= 3 ms"),
        (Row("a", 30, "/s", least=30), True, ">= 30 /s"),
        (Row("a", 29.9, "/s", least=30), False, ">= 30 /s"),
        (Row("a", 5, "", target=6, least=4), True, "<= 6 , >= 4 "),
    ],
)
def test_a_row_holds_where_its_targets_do(row: Row, holds: bool, goal: str) -> None:
    assert row.holds is holds
    assert row.goal == goal
    assert ("NO" in table([row])) is not holds
