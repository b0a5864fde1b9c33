"""The shipped network and real digits, for the tests of `model`."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import torch
from torch import Tensor

from model.data.datasets import Digits, to_unit
from model.network.capsnet import CapsNet
from model.network.cnn import BaselineConfig
from model.network.config import CapsNetConfig
from model.zoo.checkpoint import SHIPPED_WEIGHTS, LoadedModel


@pytest.fixture(scope="session")
def weights_dir() -> Path:
    """The weights that ship; CAPSNET_WEIGHTS_DIR tries others."""
    return Path(os.environ.get("CAPSNET_WEIGHTS_DIR", SHIPPED_WEIGHTS))


@pytest.fixture(scope="session")
def network(loaded_model: LoadedModel) -> CapsNet:
    """The shipped network. Shared by all tests: none may change it."""
    return loaded_model.capsnet


@pytest.fixture(scope="session")
def images(test_digits: Digits) -> Tensor:
    """The first 40 test digits, (40, 28, 28) in [0, 1]: 2.5 chunks of ClassCaps."""
    return to_unit(test_digits.images[:40])


@pytest.fixture
def tiny() -> CapsNetConfig:
    """A network for 28 x 28 pictures that trains in milliseconds."""
    return CapsNetConfig(conv1_channels=6, primary_types=2, primary_dim=4, pose_dim=5, decoder_hidden=(7, 9))


@pytest.fixture
def tiny_baseline() -> BaselineConfig:
    return BaselineConfig(channels=(4, 5, 3), hidden=(7, 6))


@pytest.fixture
def few_digits(test_digits: Digits) -> Digits:
    return Digits(test_digits.images[:60], test_digits.labels[:60])


@pytest.fixture(autouse=True)
def _seeded() -> None:
    torch.manual_seed(0)
