"""A file of weights is loaded only where it is the one that its card describes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch

from model.network.capsnet import CapsNet
from model.network.config import CapsNetConfig
from model.zoo.checkpoint import CheckpointError, ModelCard, load_model, load_network, model_names, save_weights


@pytest.fixture
def folder(tmp_path: Path, tiny: CapsNetConfig) -> Path:
    """A folder that holds one tiny model."""
    network = CapsNet(tiny)
    digest = save_weights(network, tmp_path / "tiny.safetensors")
    card = ModelCard(
        name="tiny", title="a tiny network", dataset="none", preprocessing="none", classes=list("0123456789"),
        config=tiny, parameter_count=network.parameter_count(), seed=0, epochs=1, epoch_test_errors=[90.0],
        test_error=90.0, misclassified={3: 7}, training={}, command="none", made_with="none", dtype="float16",
        sha256=digest,
    )  # fmt: skip
    (tmp_path / "tiny.json").write_text(card.to_json(), encoding="utf-8")
    return tmp_path


def change_card(folder: Path, change: Callable[[dict[str, Any]], object]) -> None:
    path = folder / "tiny.json"
    values = json.loads(path.read_text(encoding="utf-8"))
    change(values)
    path.write_text(json.dumps(values), encoding="utf-8")


def test_what_is_saved_is_what_is_loaded(folder: Path, tiny: CapsNetConfig) -> None:
    torch.manual_seed(0)
    saved, loaded = CapsNet(tiny), load_model("tiny", folder)
    assert not loaded.network.training
    assert loaded.card.misclassified == {3: 7}
    assert loaded.card.config == tiny
    for name, value in loaded.network.state_dict().items():
        assert value.dtype == torch.float32
        assert torch.equal(value, saved.state_dict()[name].half().float()), name


def test_the_card_survives_its_own_file(folder: Path) -> None:
    text = (folder / "tiny.json").read_text(encoding="utf-8")
    assert ModelCard.from_json(text).to_json() == text
    assert model_names(folder) == ["tiny"]


def test_float32_weights_are_kept_exactly(tmp_path: Path, tiny: CapsNetConfig) -> None:
    network = CapsNet(tiny)
    save_weights(network, tmp_path / "new" / "full.safetensors", torch.float32)
    loaded = load_network(tmp_path / "new" / "full.safetensors", tiny)
    for name, value in loaded.state_dict().items():
        assert torch.equal(value, network.state_dict()[name]), name


def test_a_missing_model_is_named(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(CheckpointError, match=r"no model 'other' in .*: there are tiny"):
        load_model("other", folder)
    with pytest.raises(CheckpointError, match="there are none"):
        load_model("tiny", tmp_path / "nowhere")


def test_weights_without_a_card_are_refused(folder: Path) -> None:
    (folder / "tiny.json").unlink()
    with pytest.raises(CheckpointError, match="no model"):
        load_model("tiny", folder)


def test_a_tampered_file_is_refused(folder: Path) -> None:
    path = folder / "tiny.safetensors"
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match="not the file"):
        load_model("tiny", folder)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda card: card.update(sha256="0" * 64), "not the file"),
        (lambda card: card.update(name="other"), "is the card of 'other'"),
        (lambda card: card.update(parameter_count=1), "its card says otherwise"),
        (lambda card: card["config"].update(pose_dim=6), "do not fit their card"),
        (lambda card: card["config"].update(colour=6), "not a model card"),
        (lambda card: card.pop("seed"), "not a model card"),
        (lambda card: card.pop("misclassified"), "not a model card"),
        (lambda card: card.update(surprise=1), "not a model card"),
    ],
)
def test_a_card_of_something_else_is_refused(
    folder: Path, change: Callable[[dict[str, Any]], object], message: str
) -> None:
    change_card(folder, change)
    with pytest.raises(CheckpointError, match=message):
        load_model("tiny", folder)


@pytest.mark.parametrize("text", ["", "[]", "3", "{", "null"])
def test_a_card_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(CheckpointError, match="not a model card"):
        ModelCard.from_json(text)


@pytest.mark.parametrize("content", [b"", b"nonsense", b"\xff" * 64])
def test_a_file_that_is_no_safetensors_is_refused(tmp_path: Path, tiny: CapsNetConfig, content: bytes) -> None:
    path = tmp_path / "broken.safetensors"
    path.write_bytes(content)
    with pytest.raises(CheckpointError, match="cannot read"):
        load_network(path, tiny)
