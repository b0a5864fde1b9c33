"""The benchmark's rows: what holds, what could not be measured, and the table in RESULTS.md."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmark.publish import BEGIN, END, RESULTS, publish
from tests.benchmark.rows import Row, attempt, markdown, table


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


@pytest.mark.parametrize("error", [SystemExit("the page never came\n  to it"), RuntimeError(), TimeoutError("30 s")])
def test_a_measurement_that_fails_is_a_row_and_stops_no_other(error: BaseException) -> None:
    def fail() -> list[Row]:
        raise error

    rows = attempt("dials", fail) + attempt("trace", lambda: [Row("trace", 11, "ms", target=12)])
    assert [row.holds for row in rows] == [False, True]
    lost, kept = table(rows).splitlines()[1:]
    reason = " ".join(str(error).split()) or "RuntimeError"
    assert " ".join(lost.split()) == f"dials not measured: {reason} NO"
    assert " ".join(kept.split()) == "trace 11.00 ms <= 12 ms yes"


def test_a_stop_from_the_keyboard_stops_it() -> None:
    def stop() -> list[Row]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        attempt("dials", stop)


def test_the_table_takes_the_place_of_the_one_before(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    path.write_text(f"# Results\n\n{BEGIN}\nold\n{END}\n\n## More\n", encoding="utf-8")
    rows = [Row("a | b", 1, "ms")]
    for _ in range(2):
        publish(f"Medians.\n\n{markdown(rows)}", path)
    assert path.read_text(encoding="utf-8") == (
        f"# Results\n\n{BEGIN}\n\nMedians.\n\n| figure | measured | target | holds |\n"
        f"| --- | --- | --- | --- |\n| a / b | 1.00 ms |  |  |\n\n{END}\n\n## More\n"
    )


def test_a_file_without_a_place_for_it_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "RESULTS.md"
    path.write_text(f"# Results\n{BEGIN}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="no place for the table"):
        publish("Medians.", path)
    assert path.read_text(encoding="utf-8") == f"# Results\n{BEGIN}\n"


def test_the_results_have_a_place_for_it() -> None:
    text = RESULTS.read_text(encoding="utf-8")
    assert (text.count(BEGIN), text.count(END)) == (1, 1)
    assert text.index(BEGIN) < text.index(END)
