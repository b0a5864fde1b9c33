"""Every inference endpoint answers with the numbers that the network gives when asked directly."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
import torch
from fastapi.testclient import TestClient
from torch import Tensor

from model.data.photographs import ink_of_image
from model.data.preprocess import preprocess
from model.explaining.perturbation import offsets, perturb
from model.network.functional import lengths
from model.zoo.checkpoint import LoadedModel
from server.settings import Settings
from tests.server.helpers import error_of, png, read_safetensors, stroke

SMALL = {
    "image": (28, 28),
    "primary_capsules": (1152, 8),
    "routing_logits": (3, 1152, 10),
    "coupling_coefficients": (3, 1152, 10),
    "agreement": (3, 1152, 10),
    "class_capsules": (3, 10, 16),
    "lengths": (3, 10),
    "reconstruction": (28, 28),
}
LARGE = {"conv1": (256, 20, 20), "votes": (1152, 10, 16)}

Body = dict[str, Any]


@torch.inference_mode()
def direct_trace(model: LoadedModel, image: Tensor, iterations: int = 3) -> dict[str, Any]:
    trace = model.capsnet.trace(image, iterations)
    return {name: getattr(trace, name)[0].numpy() for name in trace._fields}


def test_classify_gives_the_networks_lengths(
    client: TestClient, loaded_model: LoadedModel, image: Tensor, pixels: Body
) -> None:
    answer = client.post("/api/classify", json=pixels).json()
    with torch.inference_mode():
        expected = lengths(loaded_model.capsnet(image))[0].numpy()
    assert set(answer) == {"label", "labels", "lengths", "doubts", "model", "milliseconds"}
    assert answer["labels"] == [answer["label"]]
    np.testing.assert_allclose(answer["lengths"], expected, atol=1e-6)
    assert answer["label"] == int(expected.argmax())
    assert answer["model"] == Settings().default_model
    assert 0 < answer["milliseconds"] < 10_000


def test_classify_takes_a_png_through_the_preprocessing_of_drawings(client: TestClient) -> None:
    from PIL import Image

    drawing = stroke()
    seen = preprocess(ink_of_image(Image.fromarray(drawing)))
    by_png = client.post("/api/classify", content=png(drawing), headers={"content-type": "image/png"}).json()
    by_pixels = client.post("/api/classify", json={"pixels": seen.tolist()}).json()
    np.testing.assert_allclose(by_png["lengths"], by_pixels["lengths"], atol=1e-6)


def test_figure_4_is_that_of_the_iterations_asked_for(client: TestClient, pixels: Body) -> None:
    for iterations in (1, 5):
        trace, metadata = read_safetensors(client.post(f"/api/trace?iterations={iterations}", json=pixels).content)
        swept, _ = read_safetensors(client.post(f"/api/perturb?iterations={iterations}", json=pixels).content)
        np.testing.assert_allclose(swept["pose"], trace["class_capsules"][-1][int(metadata["label"])], atol=1e-6)


def test_a_named_model_is_the_default_one(client: TestClient, pixels: Body) -> None:
    default = Settings().default_model
    unnamed, named = (client.post(f"/api/classify{query}", json=pixels) for query in ("", f"?model={default}"))
    assert named.json()["lengths"] == unnamed.json()["lengths"]


def test_a_content_type_may_have_parameters(client: TestClient, pixels: Body) -> None:
    response = client.post("/api/classify", json=pixels, headers={"content-type": "Application/JSON; charset=utf-8"})
    assert response.status_code == 200


@pytest.mark.parametrize("iterations", [1, 3, 10])
def test_trace_equals_the_networks_trace(
    client: TestClient, loaded_model: LoadedModel, image: Tensor, pixels: Body, iterations: int
) -> None:
    response = client.post(f"/api/trace?iterations={iterations}&include=votes,conv1", json=pixels)
    assert response.headers["content-type"] == "application/vnd.safetensors"
    tensors, metadata = read_safetensors(response.content)
    expected = direct_trace(loaded_model, image, iterations)
    assert set(tensors) == set(expected) == set(SMALL) | set(LARGE)
    for name, array in tensors.items():
        np.testing.assert_allclose(array, expected[name], atol=1e-6, err_msg=name)
    assert metadata["label"] == str(expected["lengths"][-1].argmax())
    assert metadata["model"] == Settings().default_model
    assert metadata["iterations"] == str(iterations)
    assert metadata["dtype"] == "f32"
    assert float(metadata["milliseconds"]) > 0


def test_trace_leaves_the_large_tensors_out_unless_asked(client: TestClient, pixels: Body) -> None:
    tensors, metadata = read_safetensors(client.post("/api/trace", json=pixels).content)
    assert {name: array.shape for name, array in tensors.items()} == SMALL
    assert metadata["iterations"] == "3"
    tensors, _ = read_safetensors(client.post("/api/trace?include=conv1", json=pixels).content)
    assert {name: array.shape for name, array in tensors.items()} == SMALL | {"conv1": LARGE["conv1"]}


def test_trace_is_procedure_1_from_the_outside(client: TestClient, pixels: Body) -> None:
    tensors, _ = read_safetensors(client.post("/api/trace?include=votes", json=pixels).content)
    coupling = tensors["coupling_coefficients"]
    np.testing.assert_allclose(coupling[0], 0.1, atol=1e-7)
    np.testing.assert_allclose(coupling.sum(axis=-1), 1, atol=1e-5)
    np.testing.assert_allclose(tensors["lengths"], np.linalg.norm(tensors["class_capsules"], axis=-1), atol=1e-6)
    agreement = np.einsum("pcd,rcd->rpc", tensors["votes"], tensors["class_capsules"])
    np.testing.assert_allclose(tensors["agreement"], agreement, atol=1e-5)
    np.testing.assert_allclose(tensors["routing_logits"][1:], np.cumsum(tensors["agreement"], axis=0)[:-1], atol=1e-5)


def test_half_precision_halves_a_trace_and_keeps_its_numbers(client: TestClient, pixels: Body) -> None:
    whole = client.post("/api/trace?include=conv1,votes", json=pixels).content
    half = client.post("/api/trace?include=conv1,votes&dtype=f16", json=pixels).content
    assert 0.49 < len(half) / len(whole) < 0.51
    tensors, metadata = read_safetensors(half)
    assert metadata["dtype"] == "f16"
    for name, array in read_safetensors(whole)[0].items():
        assert tensors[name].dtype == np.float16
        np.testing.assert_allclose(tensors[name], array, rtol=1e-3, atol=1e-4, err_msg=name)


def test_tensors_that_are_not_wanted_stay_away(client: TestClient, pixels: Body) -> None:
    whole, _ = read_safetensors(client.post("/api/trace", json=pixels).content)
    less, _ = read_safetensors(client.post("/api/trace?omit=routing_logits,agreement", json=pixels).content)
    assert set(whole) - set(less) == {"routing_logits", "agreement"}


def test_a_compressed_trace_is_the_same_in_half_the_bytes(client: TestClient, pixels: Body) -> None:
    path = "/api/trace?include=conv1&as_bytes=conv1&dtype=f16"
    plain, small = client.post(path, json=pixels), client.post(f"{path}&compressed=true", json=pixels)
    assert small.headers["content-encoding"] == "gzip"
    assert int(small.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    (plain_tensors, _), (small_tensors, _) = read_safetensors(plain.content), read_safetensors(small.content)
    for name, tensor in plain_tensors.items():
        np.testing.assert_array_equal(tensor, small_tensors[name])
    unable = client.post(f"{path}&compressed=true", json=pixels, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in unable.headers


def test_conv1_as_bytes_is_conv1_in_256_steps(client: TestClient, pixels: Body) -> None:
    exact, _ = read_safetensors(client.post("/api/trace?include=conv1", json=pixels).content)
    body = client.post("/api/trace?include=conv1&as_bytes=conv1&dtype=f16", json=pixels).content
    tensors, metadata = read_safetensors(body)
    assert tensors["conv1"].dtype == np.uint8
    scale = float(metadata["conv1.scale"])
    np.testing.assert_allclose(tensors["conv1"] * scale, exact["conv1"], atol=0.51 * scale)
    assert tensors["conv1"].max() == 255
    assert tensors["agreement"].dtype == np.float16
    assert client.post("/api/trace?include=conv1&as_bytes=votes", json=pixels).status_code == 422
    without, _ = read_safetensors(client.post("/api/trace?as_bytes=conv1", json=pixels).content)
    assert "conv1" not in without


@pytest.mark.parametrize("query", ["", "?include=conv1&dtype=f16&iterations=2"])
def test_the_json_form_of_a_trace_equals_the_binary_form(client: TestClient, pixels: Body, query: str) -> None:
    tensors, metadata = read_safetensors(client.post(f"/api/trace{query}", json=pixels).content)
    response = client.post(f"/api/trace{query}", json=pixels, headers={"accept": "application/json"})
    assert response.headers["content-type"] == "application/json"
    answer = response.json()
    assert set(answer) == {"label", "model", "iterations", "milliseconds", "doubts", "tensors"}
    assert str(answer["label"]) == metadata["label"]
    assert str(answer["iterations"]) == metadata["iterations"]
    assert set(answer["tensors"]) == set(tensors)
    for name, nested in answer["tensors"].items():
        np.testing.assert_array_equal(np.array(nested, dtype=tensors[name].dtype), tensors[name], err_msg=name)


@pytest.mark.parametrize(
    ("accept", "is_json"),
    [
        ("*/*", False),
        ("application/json", True),
        ("text/plain, application/json;q=0.5, */*;q=0.1", True),
        ("application/vnd.safetensors, application/json;q=0.9", False),
        ("application/vnd.safetensors;q=0.1, application/json", True),
        ("application/json;q=0", False),
        ("application/json;q=nonsense", False),
        ("application/json;q=", False),
        (",;=,", False),
    ],
)
def test_accept_chooses_the_form(client: TestClient, accept: str, is_json: bool) -> None:
    body = {"poses": [[0.0] * 16], "label": 0}
    response = client.post("/api/reconstruct", json=body, headers={"accept": accept})
    assert (response.headers["content-type"] == "application/json") is is_json


def test_reconstruct_draws_each_pose(client: TestClient, loaded_model: LoadedModel) -> None:
    poses = np.random.default_rng(0).uniform(-0.5, 0.5, (5, 16)).astype(np.float32)
    response = client.post("/api/reconstruct", json={"poses": poses.tolist(), "label": 4})
    tensors, metadata = read_safetensors(response.content)
    with torch.inference_mode():
        expected = loaded_model.capsnet.reconstruct(torch.from_numpy(poses), 4).numpy()
    np.testing.assert_allclose(tensors["reconstructions"], expected, atol=1e-6)
    assert metadata == {"label": "4", "model": Settings().default_model, "dtype": "f32"}


def test_reconstruct_takes_512_poses_and_whole_numbers(client: TestClient) -> None:
    response = client.post("/api/reconstruct?dtype=f16", json={"poses": [[0] * 16] * 512, "label": 9.0})
    tensors, _ = read_safetensors(response.content)
    assert tensors["reconstructions"].shape == (512, 28, 28)
    assert tensors["reconstructions"].dtype == np.float16


def test_the_traces_reconstruction_is_that_of_its_winning_pose(client: TestClient, pixels: Body) -> None:
    trace, metadata = read_safetensors(client.post("/api/trace", json=pixels).content)
    label = int(metadata["label"])
    body = {"poses": [trace["class_capsules"][-1, label].tolist()], "label": label}
    drawn, _ = read_safetensors(client.post("/api/reconstruct", json=body).content)
    np.testing.assert_allclose(drawn["reconstructions"][0], trace["reconstruction"], atol=1e-6)


def test_perturb_is_figure_4_of_the_predicted_class(
    client: TestClient, loaded_model: LoadedModel, image: Tensor, pixels: Body
) -> None:
    tensors, metadata = read_safetensors(client.post("/api/perturb", json=pixels).content)
    trace = direct_trace(loaded_model, image)
    label = int(trace["lengths"][-1].argmax())
    pose = trace["class_capsules"][-1, label]
    with torch.inference_mode():
        expected = perturb(loaded_model.capsnet, torch.from_numpy(pose), label).numpy()
    assert metadata == {"label": str(label), "model": Settings().default_model, "dtype": "f32"}
    np.testing.assert_allclose(tensors["pose"], pose, atol=1e-6)
    np.testing.assert_allclose(tensors["offsets"], np.linspace(-0.25, 0.25, 11), atol=1e-6)
    np.testing.assert_array_equal(tensors["offsets"], offsets().numpy())
    assert tensors["perturbations"].shape == (16, 11, 28, 28)
    np.testing.assert_allclose(tensors["perturbations"], expected, atol=1e-6)


def test_perturbs_middle_column_is_the_reconstruction_itself(client: TestClient, pixels: Body) -> None:
    figure, metadata = read_safetensors(client.post("/api/perturb?label=3", json=pixels).content)
    assert metadata["label"] == "3"
    body = {"poses": [figure["pose"].tolist()], "label": 3}
    drawn, _ = read_safetensors(client.post("/api/reconstruct", json=body).content)
    for row in figure["perturbations"][:, 5]:
        np.testing.assert_allclose(row, drawn["reconstructions"][0], atol=1e-6)


def test_each_of_perturbs_176_pictures_is_that_of_its_pose(client: TestClient, pixels: Body) -> None:
    figure, metadata = read_safetensors(client.post("/api/perturb", json=pixels).content)
    steps = np.linspace(-0.25, 0.25, 11)
    poses = [
        [float(number + steps[column] * (d == moved)) for d, number in enumerate(figure["pose"])]
        for moved in range(16)
        for column in range(11)
    ]
    body = {"poses": poses, "label": int(metadata["label"])}
    drawn, _ = read_safetensors(client.post("/api/reconstruct", json=body).content)
    assert drawn["reconstructions"].dtype == figure["perturbations"].dtype == np.float32
    np.testing.assert_allclose(figure["perturbations"].reshape(176, 28, 28), drawn["reconstructions"], atol=1e-5)
    alone = [
        read_safetensors(client.post("/api/reconstruct", json={**body, "poses": [poses[k]]}).content)[0]
        for k in (0, 60, 175)
    ]
    for k, one in zip((0, 60, 175), alone, strict=True):
        np.testing.assert_allclose(one["reconstructions"][0], drawn["reconstructions"][k], atol=1e-5)


def test_concurrent_requests_get_their_own_answers(client: TestClient, pixels: Body) -> None:
    from concurrent.futures import ThreadPoolExecutor

    flipped = {"pixels": [row[::-1] for row in pixels["pixels"]]}
    bodies = [pixels, flipped] * 4
    alone = [client.post("/api/classify", json=body).json()["lengths"] for body in bodies[:2]]
    with ThreadPoolExecutor(4) as pool:
        together = pool.map(lambda body: client.post("/api/classify", json=body).json()["lengths"], bodies)
    for index, found in enumerate(together):
        np.testing.assert_allclose(found, alone[index % 2], atol=1e-6)


def test_votes_are_the_projections_of_the_traces_votes(client: TestClient, pixels: Body) -> None:
    trace, _ = read_safetensors(client.post("/api/trace?include=votes&iterations=4", json=pixels).content)
    tensors, metadata = read_safetensors(client.post("/api/planes?labels=7,3&iterations=4", json=pixels).content)
    assert {name: array.shape for name, array in tensors.items()} == {
        "labels": (2,),
        "axes": (2, 2, 16),
        "points": (2, 1152, 2),
        "variance": (2, 2),
        "sums": (2, 4, 2),
        "class_capsules": (2, 4, 2),
    }
    assert metadata == {
        "label": str(trace["lengths"][-1].argmax()),
        "model": Settings().default_model,
        "dtype": "f32",
    }
    assert tensors["labels"].tolist() == [7, 3]
    for k, label in enumerate((7, 3)):
        votes, axes = trace["votes"][:, label].astype(np.float64), tensors["axes"][k]
        squared = np.linalg.svd(votes, compute_uv=False) ** 2
        np.testing.assert_allclose(tensors["variance"][k], squared[:2] / squared.sum(), atol=1e-5)
        np.testing.assert_allclose(tensors["points"][k], votes @ axes.T, atol=1e-5)
        sums = trace["coupling_coefficients"][:, :, label] @ votes
        np.testing.assert_allclose(tensors["sums"][k], sums @ axes.T, atol=1e-4)
        np.testing.assert_allclose(tensors["class_capsules"][k], trace["class_capsules"][:, label] @ axes.T, atol=1e-5)


def test_votes_are_those_for_the_two_longest_where_no_class_is_named(client: TestClient, pixels: Body) -> None:
    trace, _ = read_safetensors(client.post("/api/trace", json=pixels).content)
    tensors, _ = read_safetensors(client.post("/api/planes", json=pixels).content)
    assert tensors["labels"].tolist() == np.argsort(-trace["lengths"][-1])[:2].tolist()


def test_the_kernels_are_those_that_made_the_maps(client: TestClient, pixels: Body) -> None:
    tensors, metadata = read_safetensors(client.get("/api/kernels").content)
    assert metadata == {"model": Settings().default_model, "dtype": "f32"}
    kernels = tensors["kernels"]
    assert kernels.shape == (256, 9, 9)
    trace, _ = read_safetensors(client.post("/api/trace?include=conv1", json=pixels).content)
    windows = np.lib.stride_tricks.sliding_window_view(trace["image"], (9, 9))  # (20, 20, 9, 9)
    for k in (0, 100, 255):
        found = np.einsum("yxab,ab->yx", windows, kernels[k])
        shown = trace["conv1"][k] > 0
        assert shown.any()
        bias = (trace["conv1"][k] - found)[shown]  # what is left is one number, the bias
        np.testing.assert_allclose(bias, bias[0], atol=1e-4)


@pytest.mark.parametrize("at", [1, 3])
def test_wholes_are_drawn_from_the_strongest_votes_and_sum_up_to_the_capsule(
    client: TestClient, pixels: Body, at: int
) -> None:
    trace, _ = read_safetensors(client.post("/api/trace?include=votes", json=pixels).content)
    answer = client.post(f"/api/wholes?labels=7,9&at={at}", json=pixels)
    tensors, metadata = read_safetensors(answer.content)
    assert metadata == {"label": str(trace["lengths"][-1].argmax()), "model": Settings().default_model, "dtype": "f32"}
    assert tensors["labels"].tolist() == [7, 9]
    for k, label in enumerate((7, 9)):
        votes, couplings = trace["votes"][:, label], trace["coupling_coefficients"][at - 1, :, label]
        order = np.argsort(-couplings * np.linalg.norm(votes, axis=1), kind="stable")
        assert tensors["parts"][k].tolist() == order[:10].tolist()
        chosen = votes[order[:10]]
        stretched = 0.95 * chosen / np.linalg.norm(chosen, axis=1, keepdims=True)
        body = {"poses": [*stretched.tolist(), *tensors["sums"][k].tolist()], "label": label}
        drawn, _ = read_safetensors(client.post("/api/reconstruct", json=body).content)
        shown = np.concatenate((tensors["pictures"][k], tensors["sum_pictures"][k]))
        np.testing.assert_allclose(shown, drawn["reconstructions"], atol=1e-5)
        capsule = trace["class_capsules"][at - 1, label]
        np.testing.assert_allclose(tensors["sums"][k, -1], capsule, atol=1e-5)  # the sum of all parts
        cosines = chosen @ capsule / np.linalg.norm(chosen, axis=1) / np.linalg.norm(capsule)
        np.testing.assert_allclose(tensors["cosines"][k], cosines, atol=1e-5)
    halves, _ = read_safetensors(client.post(f"/api/wholes?labels=7,9&at={at}&dtype=f16", json=pixels).content)
    np.testing.assert_allclose(halves["pictures"].astype(np.float32), tensors["pictures"], atol=5e-4)
    assert halves["parts"].tolist() == tensors["parts"].tolist()  # whole numbers are not halved


@pytest.mark.parametrize(("query", "last"), [("at=4", 3), ("iterations=2&at=3", 2)])
def test_wholes_of_an_iteration_that_there_is_not_are_refused(
    client: TestClient, pixels: Body, query: str, last: int
) -> None:
    response = client.post(f"/api/wholes?{query}", json=pixels)
    assert error_of(response) == (422, "out_of_range")
    assert response.json()["error"]["message"] == f"at must be from 1 to {last}."


@pytest.mark.parametrize("labels", ["10", "7,", "7,x", "-1", "7 3", ",".join("01234567890")])
def test_labels_that_are_no_classes_are_refused(client: TestClient, pixels: Body, labels: str) -> None:
    response = client.post("/api/planes", params={"labels": labels}, json=pixels)
    assert error_of(response) == (422, "unknown_option")
