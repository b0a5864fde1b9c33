"""Weights as safetensors, each file bound to a card that says what made it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from model.data.catalogue import DATA_SETS, MNIST
from model.data.preprocess import Recipe
from model.data.tasks import DIGIT, TASKS, TaskName
from model.errors import UserError
from model.network.base import Network, NetworkConfig
from model.network.capsnet import CapsNet
from model.network.config import CapsNetConfig
from model.zoo.architectures import ARCHITECTURES, architecture_of, capsule_sizes, with_capsules

SHIPPED_WEIGHTS = Path(__file__).parent / "weights"

# What a card names, and the rows that there are.
_NAMES: dict[str, Container[str]] = {"task": TASKS, "architecture": ARCHITECTURES, "data_set": DATA_SETS}

Predicted = int | list[int]  # a class; the classes of a picture of several digits, the most present first


class CheckpointError(UserError):
    """A file of weights that is missing, damaged, or not the one that its card describes."""


@dataclass(frozen=True, slots=True)
class ModelCard:
    """What a file of weights is. `NAME.json` beside `NAME.safetensors`."""

    name: str
    title: str
    dataset: str
    preprocessing: str
    classes: list[str]
    config: NetworkConfig
    parameter_count: int
    seed: int
    epochs: int
    epoch_test_errors: list[float]  # per cent, after each epoch, weights in float32; none where it was validated
    test_error: float  # per cent, after the last epoch, of the file as shipped
    misclassified: dict[int, Predicted]  # test digit or pair -> what was predicted, of the file as shipped
    training: dict[str, Any]  # the training configuration
    command: str
    made_with: str
    dtype: str
    sha256: str = field(default="")
    # Cards that say nothing of these are older than they are.
    task: TaskName = DIGIT.name  # of `model.data.tasks`: what it sees
    architecture: str = CapsNetConfig.architecture  # of `model.zoo.architectures`: what kind of network it is
    data_set: str = MNIST.name  # of `model.data.catalogue`: what its pictures are made of
    epoch_validation_errors: list[float] = field(default_factory=list)  # in place of the test errors
    first_weights: str = ""  # where the training began

    @property
    def recipe(self) -> Recipe | None:
        """How a drawing becomes a picture for this model; None for a model of several digits, which takes none."""
        if not self.sees_one_digit:
            return None
        recipe, side = DATA_SETS[self.data_set].recipe, self.config.image_size
        return recipe.framed(side) if self.training.get("frame") else recipe.at(side)

    @property
    def has_capsules(self) -> bool:
        return ARCHITECTURES[self.architecture].has_capsules

    @property
    def has_pooling(self) -> bool:
        return ARCHITECTURES[self.architecture].has_pooling

    @property
    def capsules(self) -> CapsNetConfig:
        """The sizes of a network with capsules. Raises NoCapsulesError for any other."""
        return capsule_sizes(self.config)

    @property
    def sees_one_digit(self) -> bool:
        return TASKS[self.task].digits == 1

    def to_json(self) -> str:
        return json.dumps(asdict(self), indent=1) + "\n"

    @classmethod
    def from_json(cls, text: str) -> ModelCard:
        """Parse a card. Raises CheckpointError where it is none."""
        try:
            values = json.loads(text)
            for name, known in _NAMES.items():
                if values.setdefault(name, cls.__dataclass_fields__[name].default) not in known:
                    raise ValueError(f"no {name.replace('_', ' ')} {values[name]!r}")
            values["config"] = ARCHITECTURES[values["architecture"]].read(values["config"])
            values["misclassified"] = {int(index): label for index, label in values["misclassified"].items()}
            return cls(**values)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CheckpointError(f"not a model card: {error}") from error


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A network in evaluation mode and the card of its weights."""

    card: ModelCard
    network: Network

    @property
    def capsnet(self) -> CapsNet:
        """The network, as one with capsules. Raises NoCapsulesError for any other."""
        return with_capsules(self.network)


def model_names(directory: Path = SHIPPED_WEIGHTS) -> list[str]:
    """The names of the models in a folder of weights, sorted. What lies beside them is passed over."""
    strays = stray_files(directory)
    return sorted(path.stem for path in directory.glob("*.json") if path not in strays)


def stray_files(directory: Path) -> list[Path]:
    """The JSON files in a folder of weights that are no cards.

    They are those with a dot before their names, as a Mac leaves them, and those that are no card of any weights. One
    that lies beside weights of its name is meant to be their card, whatever it holds.
    """
    return [path for path in sorted(directory.glob("*.json")) if path.name.startswith(".") or _is_stray(path)]


def _is_stray(path: Path) -> bool:
    if path.with_suffix(".safetensors").exists():
        return False
    try:
        _read_card(path)
    except (CheckpointError, OSError):
        return True
    return False


def save_weights(network: Network, path: Path, dtype: torch.dtype = torch.float16) -> str:
    """Write the weights in `dtype` and return the SHA-256 of the file. Raises OSError where it cannot be written."""
    tensors = {name: value.to("cpu", dtype).contiguous() for name, value in network.state_dict().items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        save_file(tensors, path)
    except SafetensorError as error:  # its word for a write that failed
        raise OSError(f"cannot write {path}: {error}") from error
    path.chmod(0o644)  # safetensors leaves it to its owner alone, and a server may run as somebody else
    return _sha256(path)


def load_network(path: Path, config: NetworkConfig) -> Network:
    """A float32 network in evaluation mode from a file of weights in any precision."""
    try:
        tensors = {name: value.float() for name, value in load_file(path).items()}
    except (OSError, SafetensorError) as error:
        raise CheckpointError(f"cannot read the weights {path.name}: {error}") from error
    network = architecture_of(config).build(config)
    try:
        network.load_state_dict(tensors)
    except RuntimeError as error:
        raise CheckpointError(f"the weights {path.name} do not fit their card: {error}") from error
    return network.eval()


def load_model(name: str, directory: Path = SHIPPED_WEIGHTS, device: torch.device | None = None) -> LoadedModel:
    """Load a model by name, after checking its file against its card.

    Raises CheckpointError where the card or the file is missing, where the card is another model's, or where the
    file's SHA-256 or the network's parameter count is not the card's.
    """
    card_path, path = directory / f"{name}.json", directory / f"{name}.safetensors"
    if not card_path.is_file():
        names = ", ".join(model_names(directory)) or "none"
        raise CheckpointError(f"no model {name!r} in {directory}: there are {names}")
    if not path.is_file():
        raise CheckpointError(f"{path} is missing, and {card_path.name} describes it")
    card = _read_card(card_path)
    if card.name != name:  # answers, measurements and links know a model by its card's name
        raise CheckpointError(f"{card_path} is the card of {card.name!r}: a file is named as its card says")
    if _sha256(path) != card.sha256:
        raise CheckpointError(f"the weights {path.name} are not the file that {card_path.name} describes")
    network = load_network(path, card.config)
    if network.parameter_count() != card.parameter_count:
        raise CheckpointError(f"{name!r} has {network.parameter_count()} parameters, its card says otherwise")
    return LoadedModel(card, network.to(device or torch.device("cpu")))


def _read_card(path: Path) -> ModelCard:
    try:
        return ModelCard.from_json(path.read_text(encoding="utf-8"))
    except (CheckpointError, UnicodeDecodeError) as error:
        raise CheckpointError(f"{path}: {error}") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
