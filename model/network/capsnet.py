"""The whole network: Conv1, PrimaryCaps, ClassCaps and the decoder (section 4, figures 1 and 2)."""

from __future__ import annotations

import torch
from torch import Tensor

from model.network.base import Network
from model.network.config import CapsNetConfig
from model.network.decoder import Decoder
from model.network.fast.convolution import Convolution
from model.network.functional import lengths
from model.network.interventions import Interventions
from model.network.layers import WEIGHT_SCALE, ClassCaps, PrimaryCaps
from model.network.routing import route
from model.network.trace import Trace


class CapsNet(Network):
    """Sabour, Frosst and Hinton 2017. 8,215,568 parameters with the decoder, 6,804,224 without."""

    def __init__(self, config: CapsNetConfig | None = None, weight_scale: float = WEIGHT_SCALE) -> None:
        super().__init__()
        self.config: CapsNetConfig = config or CapsNetConfig()
        self.conv1 = Convolution(1, self.config.conv1_channels, self.config.kernel_size)
        self.primary_caps = PrimaryCaps(self.config)
        self.class_caps = ClassCaps(self.config, weight_scale)
        self.decoder = Decoder(self.config)

    def forward(self, images: Tensor, *, detach_inner: bool = False) -> Tensor:
        """Images (B, 28, 28) in [0, 1] -> class capsules (B, C, 16) after the configured iterations."""
        capsules: Tensor = self.class_caps(self.primary_capsules(images), self.config.routing_iterations, detach_inner)
        return capsules

    def primary_capsules(self, images: Tensor) -> Tensor:
        """Images (B, 28, 28) in [0, 1] -> u (B, P, 8), which routing does not change."""
        capsules: Tensor = self.primary_caps(self._conv1(images))
        return capsules

    def scores(self, images: Tensor) -> Tensor:
        """Images (B, 28, 28) in [0, 1] -> how present each class is (B, C): the lengths of the class capsules."""
        return lengths(self(images))

    def trace(self, images: Tensor, iterations: int | None = None, interventions: Interventions | None = None) -> Trace:
        """Images (B, 28, 28) in [0, 1] -> all that is computed on the way, at every routing iteration.

        `iterations` is the configured number unless given; fewer than one raises ValueError. The interventions
        change the routing of every image alike.
        """
        conv1 = self._conv1(images)
        primary_capsules: Tensor = self.primary_caps(conv1)
        if interventions is not None:
            primary_capsules = interventions.silence(primary_capsules)
        votes = self.class_caps.votes(primary_capsules)
        iterations = self.config.routing_iterations if iterations is None else iterations
        routing = route(votes, iterations, interventions)
        all_lengths = lengths(routing.class_capsules)
        labels = all_lengths[:, -1].argmax(dim=-1)
        reconstruction: Tensor = self.decoder(routing.class_capsules[:, -1], labels)
        return Trace(
            image=images,
            conv1=conv1,
            primary_capsules=primary_capsules,
            votes=votes,
            routing_logits=routing.routing_logits,
            coupling_coefficients=routing.coupling_coefficients,
            agreement=routing.agreement,
            class_capsules=routing.class_capsules,
            lengths=all_lengths,
            reconstruction=reconstruction,
        )

    def reconstruct(self, poses: Tensor, label: int) -> Tensor:
        """Draw N poses (N, 16) of one class: pictures (N, 28, 28) in [0, 1]."""
        N, D = poses.shape
        capsules = poses.new_zeros(N, self.config.classes, D)
        capsules[:, label] = poses
        pictures: Tensor = self.decoder(capsules, torch.full((N,), label, device=poses.device))
        return pictures

    def _conv1(self, images: Tensor) -> Tensor:
        features: Tensor = self.conv1(images.unsqueeze(1))
        return torch.relu(features).contiguous(memory_format=torch.channels_last)
