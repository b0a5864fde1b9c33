from __future__ import annotations

import copy

import pytest
import torch

from model.data.datasets import Digits, to_unit
from model.device import pick_device
from model.explaining.perturbation import offsets, perturb
from model.network.capsnet import CapsNet
from model.network.config import CapsNetConfig
from model.training.evaluation import evaluate


@pytest.mark.parametrize("batch_size", [1, 7, 100])
def test_every_digit_is_counted_once(tiny: CapsNetConfig, few_digits: Digits, batch_size: int) -> None:
    network = CapsNet(tiny)
    predicted = network.predict(to_unit(few_digits.images))
    wrong = {i: int(p) for i, p in enumerate(predicted) if p != few_digits.labels[i]}
    result = evaluate(network, few_digits, batch_size)
    assert result.misclassified == wrong
    assert result.error == pytest.approx(100 * len(wrong) / 60)


def test_perturbations_are_figure_4(network: CapsNet) -> None:
    network = copy.deepcopy(network).double()  # whose sums do not depend on how many are drawn at once
    pose = torch.randn(16, dtype=torch.float64) / 4
    with torch.inference_mode():
        pictures = perturb(network, pose, 7)
        unmoved = network.reconstruct(pose.unsqueeze(0), 7)[0]
        moved = pose.clone()
        moved[5] += 0.2
        expected = network.reconstruct(moved.unsqueeze(0), 7)[0]
    assert pictures.shape == (16, 11, 28, 28)
    for dimension in range(16):
        torch.testing.assert_close(pictures[dimension, 5], unmoved, rtol=0, atol=1e-7)
    torch.testing.assert_close(pictures[5, 9], expected, rtol=0, atol=1e-7)


def test_the_offsets_of_figure_4() -> None:
    assert offsets().tolist() == pytest.approx([-0.25, -0.2, -0.15, -0.1, -0.05, 0, 0.05, 0.1, 0.15, 0.2, 0.25])


def test_auto_takes_the_best_device(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: False)
    assert pick_device("auto").type == pick_device("cpu").type == "cpu"
    with pytest.raises(ValueError, match="not available"):
        pick_device("cuda")
    with pytest.raises(ValueError, match="unknown device"):
        pick_device("abacus")
    monkeypatch.setattr(torch.cuda, "is_available", lambda: True)
    assert pick_device("auto").type == "cuda"
