"""What the tests of the server, and of anything that needs a trained network, share.

The weights are those that ship, or those of the folder that CAPSNET_WEIGHTS_DIR names.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
import torch
from fastapi.testclient import TestClient

from model.data.datasets import Digits, shipped_test_digits
from model.zoo.checkpoint import LoadedModel, load_model
from server.app import create_app
from server.settings import Settings

TEST_CLIENT = "testserver"  # the name under which starlette's test client asks


def pytest_configure(config: pytest.Config) -> None:
    """What each process of the tests is to have: where several share the tests, one thread for its tensors."""
    shares = "PYTEST_XDIST_WORKER" in os.environ
    if shares:
        os.environ["OMP_NUM_THREADS"] = "1"  # for the servers that it starts, too
        torch.set_num_threads(1)
    if shares or not config.getoption("numprocesses", None):  # who shares them out hands it on to the others
        os.environ.pop("PYTHONWARNDEFAULTENCODING", None)  # meant for this process, not for the servers


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings(device="cpu", allowed_hosts=TEST_CLIENT)


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
