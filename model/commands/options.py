"""The options that set a TrainingConfig, as its fields describe them: for argparse, and back as words of a command."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import fields
from typing import Any, NamedTuple

from model.commands.shared import ArgumentGroup
from model.training.config import TrainingConfig
from model.training.fields import Group, Option


class Setting(NamedTuple):
    """A field of TrainingConfig that an option sets."""

    name: str
    default: Any
    option: Option

    @property
    def flag(self) -> str:
        """The option as it is typed: `--batch-size`."""
        return self.option.flag or f"--{self.name.replace('_', '-')}"


def settings(group: Group | None = None) -> Iterator[Setting]:
    """The fields of a group, or of all of them, in the order of TrainingConfig."""
    for field in fields(TrainingConfig):
        option: Option | None = field.metadata.get("option")
        if option is not None and group in (None, option.group):
            yield Setting(field.name, field.default, option)


def add_options(parser: argparse.ArgumentParser) -> dict[Group, ArgumentGroup]:
    """Add every option, and return the groups, to which a command may add its own."""
    groups = {group: parser.add_argument_group(group.value) for group in Group}
    for setting in settings():
        _add(groups[setting.option.group], setting)
    return groups


def config_of(arguments: argparse.Namespace) -> TrainingConfig:
    """The configuration that the options give. Raises UserError for a number that makes no sense."""
    return TrainingConfig(**{setting.name: getattr(arguments, setting.name) for setting in settings()})


def words(config: TrainingConfig, group: Group) -> list[str]:
    """The options of a group that repeat this configuration. A default is left out unless its option says `always`."""
    chosen = [
        (setting, value)
        for setting in settings(group)
        if (value := getattr(config, setting.name)) != setting.default or setting.option.always
    ]
    return [setting.flag if isinstance(value, bool) else f"{setting.flag} {value}" for setting, value in chosen]


def given(config: TrainingConfig, group: Group) -> list[str]:
    """The options of a group that do not have their defaults."""
    return [setting.flag for setting in settings(group) if getattr(config, setting.name) != setting.default]


def _add(group: ArgumentGroup, setting: Setting) -> None:
    option = setting.option
    if isinstance(setting.default, bool):
        action = "store_false" if setting.default else "store_true"
        group.add_argument(setting.flag, dest=setting.name, action=action, help=option.text)
        return
    group.add_argument(
        setting.flag,
        dest=setting.name,
        type=type(setting.default),
        default=option.unless_given,
        choices=option.choices,
        metavar=option.metavar or (None if option.choices else "N" if isinstance(setting.default, int) else "X"),
        help=option.text if "default:" in option.text else f"{option.text} (default: %(default)s)",
        **({} if option.alone is None else {"nargs": "?", "const": option.alone}),
    )
    if option.off:
        zero = type(setting.default)(0)
        group.add_argument(
            option.off, dest=setting.name, action="store_const", const=zero, help=f"the same as {setting.flag} 0"
        )
