"""A field that an option of a command sets: the option, its help and the words of a card's command follow from it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeVar

T = TypeVar("T")


class Group(StrEnum):
    """The groups of options, with their titles, in the order in which a card's command lists them."""

    TASK = "what is learnt"
    STEPS = "steps"
    CAPSULES = "capsules (the cnn has none)"
    RESULT = "weights and validation"
    PEN_DIGITS = "digits drawn with a pen"


@dataclass(frozen=True, slots=True)
class Option:
    """How `capsnet train` sets a field."""

    group: Group
    text: str  # for --help
    flag: str  # empty: the field's name, with hyphens
    metavar: str | None
    choices: Collection[str] | None
    always: bool  # a card's command names it even if it has its default
    unless_given: Any  # what the command line holds without the option: the field's default, if not said otherwise
    alone: Any  # the value of the option without a number; None: it needs one
    off: str  # another option, which sets the field to 0


def option(
    group: Group,
    default: T,
    text: str,
    *,
    flag: str = "",
    metavar: str | None = None,
    choices: Collection[str] | None = None,
    always: bool = False,
    least: int | None = None,
    unless_given: Any = ...,
    alone: T | None = None,
    off: str = "",
) -> T:
    """A field with a default, set by an option of `capsnet train`; `least` is its smallest value."""
    asked = default if unless_given is ... else unless_given
    how = Option(group, text, flag, metavar, choices, always, asked, alone, off)
    return field(default=default, metadata={"option": how, "least": least})
