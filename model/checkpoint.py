"""Weights as safetensors, each file bound to a card that says what made it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from safetensors import SafetensorError
from safetensors.torch import load_file, save_file

from model.config import CapsNetConfig
from model.errors import UserError
from model.evaluation import Predicted
from model.network import CapsNet
from model.tasks import DIGIT, TASKS, TaskName

SHIPPED_WEIGHTS = Path(__file__).parent / "weights"


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
    config: CapsNetConfig
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
    task: TaskName = DIGIT.name  # of `model.tasks`: what it sees
    epoch_validation_errors: list[float] = field(default_factory=list)  # in place of the test errors
    first_weights: str = ""  # where the training began

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
            values["config"] = CapsNetConfig.from_dict(values["config"])
            task = values.setdefault("task", DIGIT.name)
            if task not in TASKS or TASKS[task].image_size != values["config"].image_size:
                raise ValueError(f"no task {task!r} for pictures of {values['config'].image_size} pixels")
            values["misclassified"] = {int(index): label for index, label in values["misclassified"].items()}
            return cls(**values)
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise CheckpointError(f"not a model card: {error}") from error


@dataclass(frozen=True, slots=True)
class LoadedModel:
    """A network in evaluation mode and the card of its weights."""

    card: ModelCard
    network: CapsNet


def model_names(directory: Path = SHIPPED_WEIGHTS) -> list[str]:
    """The names of the models in a folder of weights, sorted."""
    return sorted(path.stem for path in directory.glob("*.json"))


def save_weights(network: CapsNet, path: Path, dtype: torch.dtype = torch.float16) -> str:
    """Write the weights in `dtype` and return the SHA-256 of the file. Raises OSError where it cannot be written."""
    tensors = {name: value.to("cpu", dtype).contiguous() for name, value in network.state_dict().items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        save_file(tensors, path)
    except SafetensorError as error:  # its word for a write that failed
        raise OSError(f"cannot write {path}: {error}") from error
    path.chmod(0o644)  # safetensors leaves it to its owner alone, and a server may run as somebody else
    return _sha256(path)


def load_network(path: Path, config: CapsNetConfig) -> CapsNet:
    """A float32 network in evaluation mode from a file of weights in any precision."""
    try:
        tensors = {name: value.float() for name, value in load_file(path).items()}
    except (OSError, SafetensorError) as error:
        raise CheckpointError(f"cannot read the weights {path.name}: {error}") from error
    network = CapsNet(config)
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
        return ModelCard.from_json(path.read_text())
    except (CheckpointError, UnicodeDecodeError) as error:
        raise CheckpointError(f"{path}: {error}") from error


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
