"""Models with random weights and small or unusual sizes, written into a folder as training would write them.

`CAPSNET_WEIGHTS_DIR=folder CAPSNET_DEFAULT_MODEL=small capsnet serve` serves what `save_unlike_the_paper` leaves there.
"""

from __future__ import annotations

from pathlib import Path

import torch

from model.data.tasks import TaskName
from model.network.average import AverageCnn, AverageConfig
from model.network.base import Network
from model.network.capsnet import CapsNet
from model.network.cnn import Baseline, BaselineConfig
from model.network.config import CapsNetConfig
from model.network.pooling import GlobalPoolingCnn, GlobalPoolingConfig, PoolingCnn, PoolingConfig
from model.zoo.checkpoint import ModelCard, save_weights

# 300 primary capsules: 12 types on a 5 x 5 grid. No size is that of a network that ships.
UNLIKE_THE_PAPER = CapsNetConfig(
    image_size=26,
    conv1_channels=24,
    primary_types=12,
    primary_dim=6,
    classes=7,
    pose_dim=8,
    routing_iterations=2,
    decoder_hidden=(20, 30),
)
CLASS_NAMES = ["zero", "one", "two", "three", "four", "five", "six"]


def save_unlike_the_paper(folder: Path, name: str = "small") -> ModelCard:
    """A CapsNet of other sizes than the paper's in every respect, with class names of its own."""
    return save_capsnet(folder, name, UNLIKE_THE_PAPER, classes=CLASS_NAMES)


def save_capsnet(
    folder: Path, name: str, config: CapsNetConfig, *, task: TaskName = "digit", classes: list[str] | None = None
) -> ModelCard:
    """A CapsNet whose weights are drawn from a seed, and its card."""
    torch.manual_seed(5)
    network = CapsNet(config)
    torch.nn.init.normal_(network.class_caps.weight)  # for lengths that differ
    return _save(folder, name, network, task, classes)


def save_cnn(folder: Path, name: str = "cnn", *, task: TaskName = "digit", image_size: int = 28) -> ModelCard:
    """A small network without capsules."""
    torch.manual_seed(5)
    config = BaselineConfig(image_size=image_size, channels=(4, 5, 3), hidden=(7, 6))
    return _save(folder, name, Baseline(config), task, None)


def save_pooling(folder: Path, name: str = "cnn", *, task: TaskName = "digit") -> ModelCard:
    """A small network with max pooling and a hidden layer."""
    torch.manual_seed(5)
    return _save(folder, name, PoolingCnn(PoolingConfig(channels=(6, 9), hidden=11)), task, None)


def save_global_pooling(folder: Path, name: str = "cnn-global") -> ModelCard:
    """A small network with global max pooling."""
    torch.manual_seed(5)
    return _save(folder, name, GlobalPoolingCnn(GlobalPoolingConfig(channels=(6, 9))), "digit", None)


def save_average(folder: Path, name: str = "cnn-average", *, image_size: int = 28) -> ModelCard:
    """A small network with average pooling."""
    torch.manual_seed(5)
    config = AverageConfig(image_size=image_size, channels=(6, 9))
    return _save(folder, name, AverageCnn(config), "digit", None)


def _save(folder: Path, name: str, network: Network, task: TaskName, classes: list[str] | None) -> ModelCard:
    config = network.config
    card = ModelCard(
        name=name,
        title=f"random weights: {config.architecture}",
        dataset="none",
        preprocessing="none",
        classes=classes or [str(label) for label in range(config.classes)],
        config=config,
        parameter_count=network.parameter_count(),
        seed=5,
        epochs=2,
        epoch_test_errors=[90.0, 80.0],
        test_error=80.0,
        misclassified={3: [7, 1]} if task == "pair" else {3: 5},
        training={},
        command="none",
        made_with="none",
        dtype="float16",
        sha256=save_weights(network, folder / f"{name}.safetensors"),
        task=task,
        architecture=config.architecture,
    )
    (folder / f"{name}.json").write_text(card.to_json(), encoding="utf-8")
    return card
