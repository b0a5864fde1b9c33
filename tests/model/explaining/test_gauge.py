"""How well a drawing is explained, and whether that tells digits from what is none."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from model.data.datasets import DataError, Digits, to_unit
from model.explaining.gauge import OTHER_STROKES, area_under_curve, explain, measure_gauge, noise, read_drawings
from model.explaining.measurements import read_measured
from model.network.capsnet import CapsNet
from model.zoo.checkpoint import load_model
from tests.data import make_other_strokes


def test_the_area_under_the_curve_is_the_share_of_pairs_in_order() -> None:
    random = np.random.default_rng(0)
    for levels in (5, 1000):  # many equals, and few
        inside = random.integers(0, levels, 40).astype(float)
        outside = random.integers(levels // 3, levels + 2, 30).astype(float)
        pairs = np.sign(outside[:, None] - inside[None, :])
        assert area_under_curve(inside, outside) == pytest.approx(((pairs + 1) / 2).mean(), abs=1e-12)


def test_the_area_at_its_ends_and_in_the_middle() -> None:
    low, high = np.array([1.0, 2, 3]), np.array([4.0, 5])
    assert area_under_curve(low, high) == 1
    assert area_under_curve(high, low) == 0
    assert area_under_curve(low, low) == 0.5


def test_the_error_is_that_of_the_winning_class(network: CapsNet, test_digits: Digits) -> None:
    images = to_unit(test_digits.images[:130])  # more than one batch
    found = explain(network, images)
    with torch.inference_mode():
        trace = network.trace(images)
    error = ((trace.reconstruction - images) ** 2).sum(dim=(1, 2))
    np.testing.assert_allclose(found.error, error.numpy(), rtol=1e-3)
    np.testing.assert_allclose(found.ink, (images**2).sum(dim=(1, 2)).numpy(), rtol=1e-5)
    np.testing.assert_allclose(found.length, trace.lengths[:, -1].amax(dim=-1).numpy(), rtol=1e-4)


def test_the_drawings_are_made_again_as_they_are(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(make_other_strokes, "OTHER_STROKES", tmp_path / "other_strokes.json")
    make_other_strokes.main()
    assert (tmp_path / "other_strokes.json").read_text(encoding="utf-8") == OTHER_STROKES.read_text(encoding="utf-8")


def test_a_file_that_holds_no_drawings_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "others.json"
    path.write_text('[{"kind": "letters"}]', encoding="utf-8")
    with pytest.raises(DataError, match=r"others\.json is no file of drawings"):
        read_drawings(path)


def test_drawings_of_other_kinds_are_refused(tmp_path: Path) -> None:
    """The page and the API tell of letters and of doodles: a gauge of others could not be served."""
    path = tmp_path / "others.json"
    entries = json.loads(OTHER_STROKES.read_text(encoding="utf-8"))
    path.write_text(json.dumps([entry for entry in entries if entry["kind"] == "letters"][:1]), encoding="utf-8")
    with pytest.raises(DataError, match=r"others\.json holds letters, and not doodles and letters"):
        read_drawings(path)


def test_noise_follows_from_its_seed() -> None:
    assert torch.equal(noise(4, 1), noise(4, 1))
    assert not torch.equal(noise(4, 1), noise(4, 2))
    assert 0 <= float(noise(9, 0).min()) < float(noise(9, 0).max()) <= 1


@pytest.mark.slow
def test_what_is_no_digit_is_explained_worse(network: CapsNet, test_digits: Digits) -> None:
    others = {kind: pictures[::3] for kind, pictures in read_drawings(OTHER_STROKES).items()} | {"noise": noise(40, 0)}
    found = measure_gauge(network, Digits(test_digits.images[:300], test_digits.labels[:300]), others)
    assert found["counts"] == {"digits": 300, "letters": 52, "doodles": 52, "noise": 40, "all": 144}
    assert found["quantiles"] == sorted(found["quantiles"])
    assert len(found["quantiles"]) == 101
    assert found["auc"]["noise"] > 0.99
    assert found["auc"]["all"] > 0.85


def test_every_shipped_model_has_the_gauge_of_its_weights() -> None:
    for name in ("mnist", "mnist-drawn"):
        measured = read_measured(load_model(name).card, "gauge")
        assert measured is not None, f"the weights of {name} are newer: capsnet measure-gauge --model {name}"
        assert measured["counts"]["digits"] == 10_000
        assert measured["auc"]["all"] >= 0.9
