"""The kinds of networks by name. A new kind is a row here, and one for its loss in `model.training.objectives`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast

from model.errors import UserError
from model.network.average import AverageCnn, AverageConfig
from model.network.base import Network, NetworkConfig
from model.network.capsnet import CapsNet
from model.network.cnn import Baseline, BaselineConfig
from model.network.config import CapsNetConfig
from model.network.pooling import GlobalPoolingCnn, GlobalPoolingConfig, PoolingCnn, PoolingConfig, PoolingNetwork


class NoCapsulesError(UserError):
    """A network without capsules was asked for something that only capsules have."""

    def __init__(self) -> None:
        super().__init__("this model has no capsules")


class NoPoolingError(UserError):
    """A network without max pooling was asked for its pooled maps."""

    def __init__(self) -> None:
        super().__init__("this model pools nothing")


@dataclass(frozen=True, slots=True)
class Architecture:
    """One kind of network."""

    name: str
    title: str  # as a card's title begins
    config: Callable[..., NetworkConfig]  # of the sizes by name; what is not named is the paper's
    read: Callable[[dict[str, Any]], NetworkConfig]  # of the sizes as `NetworkConfig.to_dict` wrote them
    build: Callable[[Any], Network]  # with fresh weights, of a config
    has_capsules: bool  # whether it can be traced, taken apart and drawn from poses
    has_pooling: bool  # whether it has pooled maps to show
    ships: bool  # whether training leaves weights to serve, or a card alone


ARCHITECTURES: dict[str, Architecture] = {
    CapsNetConfig.architecture: Architecture(
        CapsNetConfig.architecture,
        "CapsNet",
        CapsNetConfig,
        CapsNetConfig.from_dict,
        CapsNet,
        has_capsules=True,
        has_pooling=False,
        ships=True,
    ),
    BaselineConfig.architecture: Architecture(
        BaselineConfig.architecture,
        "the paper's convolutional baseline",
        BaselineConfig,
        BaselineConfig.from_dict,
        Baseline,
        has_capsules=False,
        has_pooling=False,
        ships=False,
    ),
    PoolingConfig.architecture: Architecture(
        PoolingConfig.architecture,
        "a small CNN with max pooling",
        PoolingConfig,
        PoolingConfig.from_dict,
        PoolingCnn,
        has_capsules=False,
        has_pooling=True,
        ships=True,
    ),
    GlobalPoolingConfig.architecture: Architecture(
        GlobalPoolingConfig.architecture,
        "a small CNN with global max pooling",
        GlobalPoolingConfig,
        GlobalPoolingConfig.from_dict,
        GlobalPoolingCnn,
        has_capsules=False,
        has_pooling=True,
        ships=True,
    ),
    AverageConfig.architecture: Architecture(
        AverageConfig.architecture,
        "a CNN with 9 x 9 kernels and average pooling",
        AverageConfig,
        AverageConfig.from_dict,
        AverageCnn,
        has_capsules=False,
        has_pooling=False,  # none whose maps are shown: each is one number, its mean
        ships=True,
    ),
}


def architecture_of(config: NetworkConfig) -> Architecture:
    """The kind of network that these are the sizes of."""
    return ARCHITECTURES[config.architecture]


def capsule_sizes(config: NetworkConfig) -> CapsNetConfig:
    """The sizes, as those of a network with capsules. Raises NoCapsulesError for any other."""
    if not architecture_of(config).has_capsules:
        raise NoCapsulesError
    return cast("CapsNetConfig", config)


def with_capsules(network: Network) -> CapsNet:
    """The network, as one with capsules. Raises NoCapsulesError for any other."""
    capsule_sizes(network.config)
    return cast("CapsNet", network)


def with_pooling(network: Network) -> PoolingNetwork:
    """The network, as one with max pooling. Raises NoPoolingError for any other."""
    if not architecture_of(network.config).has_pooling:
        raise NoPoolingError
    return cast("PoolingNetwork", network)
