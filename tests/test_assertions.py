"""Every test can fail: it asserts something, expects an error, or calls a helper that does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
# Calls that fail where something is not so. Of the pitfalls' checks, `test_we_would_notice` shows that they fail.
FAILING = {
    "expect",
    "pitfall.check",
    "pytest.fail",
    "pytest.raises",
    "pytest.warns",
    "np.testing.assert_allclose",
    "np.testing.assert_array_equal",
    "torch.testing.assert_close",
}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions_of(source: str) -> Iterator[Function]:
    """Every function and method of a module."""
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, Function))


def called(function: Function) -> set[str]:
    """What a function calls, as it is written: `f`, `module.f`, `thing.method`."""
    return {ast.unparse(node.func) for node in ast.walk(function) if isinstance(node, ast.Call)}


def is_fixture(function: Function) -> bool:
    return any("fixture" in ast.unparse(decorator) for decorator in function.decorator_list)


def fails_by_itself(function: Function) -> bool:
    """Whether it has an assertion, a call of FAILING, or a command whose failure is an error."""
    nodes = list(ast.walk(function))
    checked = any(
        isinstance(node, ast.keyword) and node.arg == "check" and getattr(node.value, "value", False) is True
        for node in nodes
    )
    return checked or any(isinstance(node, ast.Assert) for node in nodes) or bool(called(function) & FAILING)


def that_assert_nothing(sources: list[str]) -> list[str]:
    """The tests of these modules that neither fail by themselves nor through the functions that they call."""
    functions = [function for source in sources for function in functions_of(source)]
    able = {function.name for function in functions if fails_by_itself(function)}
    while more := {function.name for function in functions if called(function) & able} - able:
        able |= more
    tests = [each for each in functions if each.name.startswith("test_") and not is_fixture(each)]
    return [test.name for test in tests if test.name not in able]


def test_every_test_asserts_something() -> None:
    sources = [path.read_text(encoding="utf-8") for path in sorted(TESTS.rglob("*.py"))]
    assert that_assert_nothing(sources) == []


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("def test_a(): run()", ["test_a"]),
        ("def test_a(): assert run()", []),
        ("def test_a():\n with pytest.raises(ValueError): run()", []),
        ("def test_a(): expect(page).to_have_title('a')", []),
        ("def test_a(): subprocess.run(words, check=True)", []),
        ("def test_a(): subprocess.run(words, check=False)", ["test_a"]),
        ("def holds(): assert run()\ndef twice(): holds()\ndef test_a(): twice()", []),
        ("def helper(): run()\nasync def test_a(): helper()", ["test_a"]),
    ],
)
def test_a_test_without_an_assertion_is_found(source: str, names: list[str]) -> None:
    assert that_assert_nothing([source]) == names
