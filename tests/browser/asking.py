"""What the server says when a client that is not the page asks it."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Page

CLASSES = 10

# The beginning of a script: the sizes of the network that is chosen on the page.
GEOMETRY = """
  const { geometryOf } = await import("/static/js/capsules/geometry.js");
  const { models } = await (await fetch("/api/models")).json();
  const geometry = geometryOf(models.find(({ name }) => name === document.getElementById("model").value));
"""
# Asks a path for the trace of the drawing that the address of the page holds, in JSON.
TRACE_OF_PAGE = (
    "async (url) => {"
    + GEOMETRY
    + """
  const { drawingOf } = await import("/static/js/api/drawing.js");
  const { compose } = await import("/static/js/state/compose.js");
  const { DIGIT } = await import("/static/js/state/digit/subject.js");
  const { initial, link } = compose(DIGIT);
  const { source } = link.read(location.hash).patch;
  const drawing = await drawingOf(geometry, source, initial.penWidth);
  const isPicture = drawing instanceof Blob;
  const body = isPicture ? drawing : JSON.stringify(Array.isArray(drawing) ? { pixels: drawing } : drawing);
  const headers = { "Content-Type": isPicture ? "image/png" : "application/json", Accept: "application/json" };
  const answer = await fetch(url, { method: "POST", body, headers });
  return answer.json();
}"""
)
Array = npt.NDArray[np.float64]


class Trace(NamedTuple):
    """The parts of a trace that the page shows as numbers."""

    label: int
    image: Array  # 28 x 28
    primary_capsules: Array  # 1152 x 8
    coupling_coefficients: Array  # R x 1152 x 10
    agreement: Array  # R x 1152 x 10
    class_capsules: Array  # R x 10 x 16
    lengths: Array  # R x 10
    reconstruction: Array  # 28 x 28


def dimensions_of(page: Page, label: int) -> dict[str, Any]:
    """What was measured of the sixteen numbers of a class, for the default model."""
    answer = page.request.get(f"/api/dimensions?label={label}")
    assert answer.ok, answer.text()
    body: dict[str, Any] = answer.json()
    return body


def drawn_by_server(page: Page, pose: Array, label: int) -> Array:
    """The picture, 28 x 28, that the server draws of a pose."""
    answer = page.request.post(
        "/api/reconstruct",
        data={"poses": [pose.tolist()], "label": label},
        headers={"Accept": "application/json"},
    )
    assert answer.ok, answer.text()
    return np.array(answer.json()["tensors"]["reconstructions"][0])


def trace_of_digit(page: Page, index: int, iterations: int = 3) -> Trace:
    """A test digit's trace in JSON, in float32."""
    body = _json_of(page, f"/api/trace?iterations={iterations}", {"pixels": pixels_of_digit(page, index)})
    tensors = {name: np.array(body["tensors"][name]) for name in Trace._fields if name != "label"}
    return Trace(label=body["label"], **tensors)


def pixels_of_digit(page: Page, index: int) -> list[list[float]]:
    """A test digit's 28 rows of 28 numbers in [0, 1]."""
    pixels: list[list[float]] = page.request.get(f"/api/digits/{index}").json()["pixels"]
    return pixels


def tensors_of(page: Page, path: str, data: Any) -> dict[str, Array]:
    """The tensors with which a POST is answered, in JSON."""
    return {name: np.array(values) for name, values in _json_of(page, path, data)["tensors"].items()}


def _json_of(page: Page, path: str, data: Any) -> dict[str, Any]:
    answer = page.request.post(path, data=data, headers={"Accept": "application/json"})
    assert answer.ok, answer.text()
    body: dict[str, Any] = answer.json()
    return body
