"""Pictures of one digit and of two: how they are made, what is lost on them, and when they count as right."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from model.data.datasets import Digits, to_unit
from model.data.tasks import DIGIT, PAIR, Batch, Plan
from model.network.capsnet import CapsNet
from model.network.config import CapsNetConfig
from model.network.functional import lengths
from model.training import loop as training
from model.training.config import TrainingConfig
from model.training.evaluation import evaluate
from model.training.losses import margin_loss
from model.training.objectives import CapsNetObjective

PAIRS_SHA256 = "8e58495f7d6925d7d9148bfa5b9bdeda4acf379112bb0ba50dacfaf4e08bca2e"
CONFIG = TrainingConfig(task=PAIR.name, epochs=2, batch_size=16, warmup_steps=3, max_shift=4, seed=5)


@pytest.fixture
def tiny_for_pairs(tiny: CapsNetConfig) -> CapsNetConfig:
    return replace(tiny, image_size=36)


def generator(seed: int = 3) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_the_papers_network_for_pairs_by_hand() -> None:
    config = CapsNetConfig(image_size=PAIR.image_size)
    with torch.device("meta"):
        network = CapsNet(config)
    assert (config.conv1_size, config.grid_size, config.primary_count) == (28, 10, 3200)
    convolutions = 256 * 81 + 256 + 256 * 256 * 81 + 256
    decoder = (160 * 512 + 512) + (512 * 1024 + 1024) + (1024 * 36 * 36 + 36 * 36)
    assert network.parameter_count() == convolutions + 3200 * 10 * 16 * 8 + decoder == 11_361_808


def test_two_digits_are_shifted_added_and_clipped(test_digits: Digits) -> None:
    plan = Plan(torch.tensor([[0, 1], [2, 3]]), torch.tensor([[[-4, 3], [2, 0]], [[4, 4], [0, -1]]]))
    batch = PAIR.batch(test_digits, plan)
    for row, (numbers, offsets) in enumerate(zip(plan.picked.tolist(), plan.offsets.tolist(), strict=True)):
        added = np.zeros((36, 36), dtype=np.int64)
        for place, (number, (down, right)) in enumerate(zip(numbers, offsets, strict=True)):
            alone = np.zeros((36, 36), dtype=np.int64)
            alone[4 + down : 32 + down, 4 + right : 32 + right] = test_digits.images[number].numpy()
            np.testing.assert_array_equal(batch.layers[row, place].numpy(), np.float32(alone) / np.float32(255))
            added += alone
        assert added.max() > 255  # so that there is something to clip
        np.testing.assert_array_equal(batch.images[row].numpy(), np.float32(added.clip(max=255)) / np.float32(255))
    assert batch.labels.tolist() == [test_digits.labels[row].tolist() for row in plan.picked]


def test_a_picture_of_one_digit_is_that_digit(few_digits: Digits) -> None:
    still = DIGIT.plan(torch.arange(60), few_digits.labels, 0, generator())
    batch = DIGIT.batch(few_digits, still)
    assert torch.equal(batch.images, to_unit(few_digits.images))
    assert torch.equal(batch.layers[:, 0], batch.images)
    assert batch.labels.flatten().tolist() == few_digits.labels.tolist()


def test_partners_are_of_another_class_and_all_equally_likely() -> None:
    labels = torch.tensor([0, 0, 0, 1, 2, 2])
    plan = PAIR.plan(torch.arange(6).repeat(4000), labels, 4, generator())
    firsts, seconds = plan.picked.unbind(1)
    assert not bool((labels[firsts] == labels[seconds]).any())
    counts = torch.bincount(seconds[firsts == 3], minlength=6)  # the five others, 800 times each
    assert counts[3] == 0
    assert float((counts[[0, 1, 2, 4, 5]] - 800).abs().max()) < 5 * 800**0.5
    for axis in (0, 1):
        for digit in (0, 1):
            assert sorted(set(plan.offsets[:, digit, axis].tolist())) == list(range(-4, 5))


def test_digits_of_one_class_make_no_pairs(few_digits: Digits) -> None:
    with pytest.raises(ValueError, match="of more classes"):
        PAIR.test_set(Digits(few_digits.images, torch.zeros(60, dtype=torch.int64)))


def test_single_digits_are_drawn_from_the_generator_as_ever() -> None:
    """An order, then a shift for each: runs of before there were pairs go on with the same pictures."""
    plan = training._plan(TrainingConfig(seed=5), 3, torch.arange(50) % 10)
    before = torch.Generator().manual_seed(5 * 1_000_003 + 3)
    order, offsets = torch.randperm(50, generator=before), torch.randint(-2, 3, (50, 2), generator=before)
    assert torch.equal(plan.picked, order.unsqueeze(1))
    assert torch.equal(plan.offsets, offsets.unsqueeze(1))


def test_the_test_pairs_are_fixed(test_digits: Digits) -> None:
    pairs = PAIR.test_set(test_digits)
    assert pairs.images.shape == (10_000, 36, 36)
    assert pairs.images.dtype == torch.uint8
    assert torch.equal(pairs.labels[:, 0], test_digits.labels)  # each digit is laid over once
    assert not bool((pairs.labels[:, 0] == pairs.labels[:, 1]).any())
    assert hashlib.sha256(pairs.images.numpy().tobytes()).hexdigest() == PAIRS_SHA256


def test_an_epoch_makes_a_pair_for_each_digit(tiny_for_pairs: CapsNetConfig, few_digits: Digits) -> None:
    state = training.start(tiny_for_pairs, CONFIG, torch.device("cpu"))
    batches = [batch for batch, _ in training._batches(state, CONFIG, few_digits)]
    assert [len(batch.images) for batch in batches] == [16, 16, 16, 12]
    firsts = torch.cat([batch.labels[:, 0] for batch in batches])
    assert torch.equal(firsts.sort().values, few_digits.labels.sort().values)
    again = [batch for batch, _ in training._batches(state, CONFIG, few_digits)]
    state.epoch = 1
    other = [batch for batch, _ in training._batches(state, CONFIG, few_digits)]
    for one, same, another in zip(batches, again, other, strict=True):
        assert all(torch.equal(*tensors) for tensors in zip(one, same, strict=True))
        assert not torch.equal(one.images, another.images)


def test_the_margin_loss_of_two_digits_by_hand() -> None:
    # Classes 0 and 2 present: (0.9 - 0.7)^2 + (0.9 - 0.2)^2, and class 1 absent: 0.5 (0.5 - 0.1)^2.
    capsule_lengths = torch.tensor([[0.7, 0.5, 0.2]])
    expected = 0.2**2 + 0.7**2 + 0.5 * 0.4**2
    for labels in ([0, 2], [2, 0]):
        assert margin_loss(capsule_lengths, torch.tensor([labels])).item() == pytest.approx(expected)


def test_each_digit_is_to_be_drawn_from_its_own_capsule(tiny_for_pairs: CapsNetConfig, few_digits: Digits) -> None:
    network = CapsNet(tiny_for_pairs)
    for layer in (network.class_caps, network.decoder.layer1, network.decoder.layer2, network.decoder.layer3):
        torch.nn.init.normal_(layer.weight, std=5)  # strong enough for the two drawings to differ
    batch = PAIR.batch(few_digits, PAIR.plan(torch.arange(5), few_digits.labels, 4, generator()))
    expected = 0.0
    with torch.no_grad():
        capsules = network(batch.images)
        for image in range(5):
            expected += margin_loss(lengths(capsules[image : image + 1]), batch.labels[image : image + 1]).item() / 5
            for place in range(2):
                drawn = network.decoder(capsules[image : image + 1], batch.labels[image, place].view(1))[0]
                expected += 0.0005 * float((drawn - batch.layers[image, place]).square().sum()) / 5
        assert CapsNetObjective(network, 0.0005, True)(*batch).item() == pytest.approx(expected, rel=1e-5)
        swapped = Batch(batch.images, batch.labels, batch.layers.flip(1))
        assert CapsNetObjective(network, 0.0005, True)(*swapped).item() != pytest.approx(expected, rel=1e-3)


def test_a_pair_is_right_only_when_both_are() -> None:
    class Fixed(CapsNet):
        """Answers with the same lengths whatever it sees: 7 before 2."""

        def scores(self, images: torch.Tensor) -> torch.Tensor:
            lengths_of_all = torch.zeros(len(images), 10)
            lengths_of_all[:, 7], lengths_of_all[:, 2] = 0.9, 0.8
            return lengths_of_all

    network = Fixed(CapsNetConfig(conv1_channels=1, primary_types=1, primary_dim=1, pose_dim=1, decoder_hidden=(1, 1)))
    images = torch.zeros(4, 36, 36, dtype=torch.uint8)
    result = evaluate(network, Digits(images, torch.tensor([[2, 7], [7, 2], [7, 3], [1, 0]])))
    assert result.misclassified == {2: [7, 2], 3: [7, 2]}
    assert result.error == 50
    singles = evaluate(network, Digits(images, torch.tensor([2, 7, 7, 7])))
    assert singles.misclassified == {0: 7}


def test_the_loss_on_pairs_falls(tiny_for_pairs: CapsNetConfig, few_digits: Digits) -> None:
    state = training.start(tiny_for_pairs, CONFIG, torch.device("cpu"))
    batch = PAIR.batch(few_digits, PAIR.plan(torch.arange(20), few_digits.labels, 4, generator()))
    losses = [training.train_step(state, batch, 5e-3).item() for _ in range(60)]
    assert losses[-1] < 0.6 * losses[0]


def test_a_network_for_pictures_of_another_size_is_refused(tiny: CapsNetConfig) -> None:
    with pytest.raises(ValueError, match="pictures of 28 pixels cannot learn 'pair'"):
        training.start(tiny, CONFIG, torch.device("cpu"))


def test_an_average_follows_the_weights(tiny: CapsNetConfig, few_digits: Digits) -> None:
    """Against the recursion written out: a_1 = w_1, a_t = 0.8 a_(t-1) + 0.2 w_t."""
    config = TrainingConfig(ema=0.8)
    state = training.start(tiny, config, torch.device("cpu"))
    plan = DIGIT.plan(torch.arange(60), few_digits.labels, 2, generator())
    expected: dict[str, torch.Tensor] = {}
    for _ in range(4):
        training.train_step(state, DIGIT.batch(few_digits, plan), 1e-2)
        for name, value in state.network.state_dict().items():
            before = expected.get(name, value.double())
            expected[name] = 0.8 * before + 0.2 * value.double()
    assert state.result is not state.network
    for name, value in state.result.state_dict().items():
        torch.testing.assert_close(value.double(), expected[name], rtol=0, atol=1e-6)
        assert not torch.equal(value, state.network.state_dict()[name]), name


def test_without_a_decay_there_is_no_average(tiny: CapsNetConfig) -> None:
    state = training.start(tiny, TrainingConfig(), torch.device("cpu"))
    assert state.average is None
    assert state.result is state.network


def test_the_errors_reported_are_those_of_the_average(tiny: CapsNetConfig, few_digits: Digits, tmp_path: Path) -> None:
    config = TrainingConfig(epochs=1, batch_size=16, ema=0.5, learning_rate=1e-2, warmup_steps=0)
    state = training.start(tiny, config, torch.device("cpu"))
    training.train(state, config, few_digits, few_digits, tmp_path / "run.pt")
    assert state.epoch_errors == [evaluate(state.result, few_digits).error]
