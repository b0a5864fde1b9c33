"""One trace: the arithmetic floor, the bare trace and the endpoint, measured in turns.

A machine has faster and slower minutes. Taking turns, each of the three meets the same ones.
"""

from __future__ import annotations

import http.client
import io
import os
import time
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image

from model.data.datasets import shipped_test_digits
from model.data.photographs import ink_of_image
from model.data.preprocess import preprocess
from model.data.strokes import render
from model.data.tasks import PAIR, TaskName
from model.zoo.checkpoint import SHIPPED_WEIGHTS, load_model, model_names
from tests.benchmark.rows import Row, median, timed
from tests.browser.pens import plain_digit

MULTIPLY_ADDS = 203e6  # of one forward pass, 94 % of them in PrimaryCaps
SIDE = 2048  # of the matrices whose product sets the rate
ROUNDS = 12
TRACES_A_ROUND = 10
# Threads of the last measured process spin for a while before they leave the cores to the next.
SETTLE_SECONDS = 0.1


def compute_rows(address: str) -> list[Row]:
    picture = _picture()
    works = {
        "product": _product(),
        "trace": _trace_of_drawing(picture),
        "pair": _trace_of_pair(),
        "endpoint": _endpoint(address, picture),
    }
    taken = _in_turns(works, {"product": 2, "trace": TRACES_A_ROUND, "pair": 3, "endpoint": TRACES_A_ROUND})
    product, trace, pair, endpoint = (median(taken[name]) for name in works)
    floor = product * MULTIPLY_ADDS / SIDE**3
    return [
        Row("rate of a large matrix product", 2 * SIDE**3 / product / 1e6, "GFLOP/s"),
        Row("floor: 203 M multiply-adds at that rate", floor, "ms"),
        Row("bare trace, batch 1, 3 iterations", trace, "ms"),
        Row("bare trace / floor", trace / floor, "x", target=2.5),
        Row("trace of a pair / trace of a digit", pair / trace, "x", target=3),
        Row("trace endpoint, PNG in, safetensors out", endpoint, "ms"),
        Row("trace endpoint - bare trace", endpoint - trace, "ms", target=6),
    ]


def _in_turns(works: dict[str, Callable[[], object]], times: dict[str, int]) -> dict[str, list[float]]:
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():
            time.sleep(SETTLE_SECONDS)
            work()  # the first of a turn finds cold caches
            taken[name] += timed(work, times[name])
    return taken


def _picture() -> Image.Image:
    """A drawing as the pad sends it: real pen strokes on 280 x 280, their ink in the alpha channel."""
    strokes = [np.array(stroke) for stroke in plain_digit(7).strokes]
    ink = Image.fromarray((render(strokes) * 255).astype(np.uint8))
    picture = Image.new("RGBA", ink.size)
    picture.putalpha(ink)
    return picture


def _product() -> Callable[[], object]:
    one, other = torch.randn(SIDE, SIDE), torch.randn(SIDE, SIDE)
    return lambda: one @ other


def _trace_of_drawing(picture: Image.Image) -> Callable[[], object]:
    return _trace("digit", preprocess(ink_of_image(picture)))


def _trace_of_pair() -> Callable[[], object]:
    return _trace("pair", PAIR.test_set(shipped_test_digits()).images[0].numpy().astype(np.float32) / np.float32(255))


def _trace(task: TaskName, picture: npt.NDArray[np.float32]) -> Callable[[], object]:
    """A trace by the first network with capsules for that task."""
    folder = Path(os.environ.get("CAPSNET_WEIGHTS_DIR", SHIPPED_WEIGHTS))
    models = (load_model(name, folder) for name in model_names(folder))
    network = next(model.capsnet for model in models if model.card.task == task and model.card.has_capsules)
    image = torch.from_numpy(picture[np.newaxis])

    @torch.inference_mode()
    def trace() -> object:
        return network.trace(image)

    return trace


def _endpoint(address: str, picture: Image.Image) -> Callable[[], object]:
    body = io.BytesIO()
    picture.save(body, "PNG")
    connection = http.client.HTTPConnection(urlsplit(address).netloc)

    def ask() -> None:
        connection.request("POST", "/api/trace", body.getvalue(), {"Content-Type": "image/png"})
        answer = connection.getresponse()
        content = answer.read()
        if answer.status != 200:
            raise SystemExit(f"the trace endpoint answered {answer.status}: {content[:300]!r}")

    def ask_again() -> None:
        """The server drops a connection that is idle for some seconds, while others have their turn."""
        try:
            ask()
        except ConnectionError:
            connection.close()
            ask()

    return ask_again
