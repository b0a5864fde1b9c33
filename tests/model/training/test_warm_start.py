"""A network for larger pictures that begins with the weights of one for smaller ones."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from model.network.capsnet import CapsNet
from model.network.config import CapsNetConfig
from model.training.warm_start import regridded, take_over, what_is_taken_over


def test_a_picture_in_the_middle_keeps_its_capsules_and_votes(tiny: CapsNetConfig) -> None:
    """28 x 28 in the middle of 36 x 36: each of the 6 x 6 positions finds itself two positions further on."""
    first, network = CapsNet(tiny), CapsNet(replace(tiny, image_size=36))
    take_over(network, first)
    pictures = torch.rand(3, 28, 28)
    alone, framed = first.trace(pictures), network.trace(torch.nn.functional.pad(pictures, (4, 4, 4, 4)))
    capsules = framed.primary_capsules.view(3, 2, 10, 10, 4)[:, :, 2:8, 2:8].reshape(3, 72, 4)
    votes = framed.votes.reshape(3, 2, 10, 10, 10, 5)[:, :, 2:8, 2:8].reshape(3, 72, 10, 5)
    inside = alone.primary_capsules.view(3, 2, 6, 6, 4)
    # A frame of zeros reaches into no receptive field of theirs.
    torch.testing.assert_close(capsules.view(3, 2, 6, 6, 4), inside, rtol=0, atol=1e-6)
    torch.testing.assert_close(votes, alone.votes * (72 / 200), rtol=0, atol=1e-6)


def test_positions_around_take_the_nearest_matrices() -> None:
    weight = torch.arange(2 * 3 * 3).view(-1, 1, 1, 1).float()
    expected = [[0, 0, 1, 2, 2], [0, 0, 1, 2, 2], [3, 3, 4, 5, 5], [6, 6, 7, 8, 8], [6, 6, 7, 8, 8]]
    wider = regridded(weight, 3, 5).view(2, 5, 5)
    assert wider[0].tolist() == expected
    assert torch.equal(wider[1], wider[0] + 9)


def test_the_rest_is_taken_as_it_is_and_the_last_layer_is_drawn_from_the_seed(tiny: CapsNetConfig) -> None:
    first, network = CapsNet(tiny), CapsNet(replace(tiny, image_size=36))
    drawn = {name: value.clone() for name, value in network.state_dict().items()}
    take_over(network, first)
    for name, value in network.state_dict().items():
        if name.startswith("decoder.layer3"):
            assert torch.equal(value, drawn[name]), name
        elif name != "class_caps.weight":
            assert torch.equal(value, first.state_dict()[name]), name


def test_the_same_size_takes_everything(tiny: CapsNetConfig) -> None:
    first, network = CapsNet(tiny), CapsNet(tiny)
    take_over(network, first)
    assert all(torch.equal(value, first.state_dict()[name]) for name, value in network.state_dict().items())
    assert what_is_taken_over(tiny, tiny) == "all of them"


def test_another_architecture_is_refused(tiny: CapsNetConfig) -> None:
    with pytest.raises(RuntimeError, match="size mismatch"):
        take_over(CapsNet(replace(tiny, image_size=36)), CapsNet(replace(tiny, pose_dim=6)))
