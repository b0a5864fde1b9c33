"""What the tests of the server, and of anything that needs a trained network, share.

The weights are those that ship, or those of the folder that CAPSNET_WEIGHTS_DIR names.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import torch
from fastapi.testclient import TestClient

from model.checkpoint import LoadedModel, load_model
from model.datasets import Digits, shipped_test_digits
from server.app import create_app
from server.settings import Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings(device="cpu")


@pytest.fixture(scope="session")
def client(settings: Settings) -> Iterator[TestClient]:
    """A running app; an exception inside it is answered with 500 as it would be in production."""
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="session")
def loaded_model(settings: Settings) -> LoadedModel:
    return load_model(settings.default_model, settings.weights_dir, torch.device("cpu"))


@pytest.fixture(scope="session")
def test_digits() -> Digits:
    return shipped_test_digits()
