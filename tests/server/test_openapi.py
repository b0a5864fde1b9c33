"""/openapi.json is complete and true: schemathesis asks the app whatever it says may be asked."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings, strategies
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server.app import create_app
from tests.server.helpers import error_of, png, stroke

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    response_headers_conformance,
]
FORM = "multipart/form-data"
ERRORS = {
    ("get", "/"): set(),
    ("get", "/overlap"): set(),
    ("get", "/viewpoint"): set(),
    ("get", "/healthz"): set(),
    ("get", "/readyz"): {"503"},
    ("get", "/api/models"): {"503"},
    ("get", "/api/digits"): {"404", "422", "503"},
    ("get", "/api/digits/{index}"): {"404", "422", "503"},
    ("get", "/api/pairs"): {"404", "422", "503"},
    ("get", "/api/pairs/{index}"): {"404", "422", "503"},
    ("get", "/api/iterations"): {"404", "422", "503"},
    ("get", "/api/dimensions"): {"404", "422", "503"},
    ("get", "/api/gauge"): {"404", "422", "503"},
    ("get", "/api/routings"): {"404", "422", "503"},
    ("get", "/api/kernels"): {"404", "422", "503"},
    ("get", "/api/agreement"): {"404", "422", "503"},
    ("get", "/api/overlap"): {"404", "422", "503"},
    ("get", "/api/viewpoint-paths"): {"404", "422", "503"},
    ("get", "/api/viewpoint-accuracy"): {"404", "422", "503"},
    ("get", "/api/affine-accuracy"): {"503"},
    ("get", "/api/fewer-digits"): {"503"},
    ("post", "/api/classify"): {"400", "404", "408", "413", "415", "422", "503"},
    ("post", "/api/trace"): {"400", "404", "408", "413", "415", "422", "503"},
    ("post", "/api/perturb"): {"400", "404", "408", "413", "415", "422", "503"},
    ("post", "/api/planes"): {"400", "404", "408", "413", "415", "422", "503"},
    ("post", "/api/wholes"): {"400", "404", "408", "413", "415", "422", "503"},
    ("post", "/api/masks"): {"400", "404", "408", "413", "415", "422", "503"},
    ("post", "/api/read"): {"400", "404", "408", "413", "415", "422", "503"},
    ("post", "/api/sweep"): {"400", "404", "408", "413", "415", "422", "503"},
    ("post", "/api/viewpoints"): {"400", "404", "408", "413", "415", "422", "503"},
    ("post", "/api/scatter"): {"400", "404", "408", "413", "415", "422", "503"},
    ("post", "/api/reconstruct"): {"400", "404", "408", "413", "415", "422", "503"},
}


@pytest.fixture(scope="session")
def document(client: TestClient) -> dict[str, Any]:
    document: dict[str, Any] = client.get("/openapi.json").json()
    return document


def operations(document: dict[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
    return {(method, path): item for path, entry in document["paths"].items() for method, item in entry.items()}


def test_every_operation_documents_every_status_with_the_error_body(document: dict[str, Any]) -> None:
    described = operations(document)
    assert set(described) == set(ERRORS)
    for place, operation in described.items():
        assert set(operation["responses"]) == ERRORS[place] | {"200", "405", "500"}, place
        for status, response in operation["responses"].items():
            if status != "200":
                schema = response["content"]["application/json"]["schema"]
                assert schema == {"$ref": "#/components/schemas/ErrorBody"}, (place, status)


def test_a_path_refuses_every_other_method_as_documented(client: TestClient, document: dict[str, Any]) -> None:
    for method, path in operations(document):
        for other in {"get", "post", "put", "patch", "delete", "options"} - {method}:
            response = client.request(other, path.format(index=0))
            assert error_of(response) == (405, "method_not_allowed"), (other, path)
            assert response.headers["allow"].lower() == method, (other, path)


def test_bodies_and_tensors_are_described(document: dict[str, Any]) -> None:
    described = operations(document)
    for path in ("classify", "trace", "perturb", "planes", "wholes", "masks"):
        content = described["post", f"/api/{path}"]["requestBody"]["content"]
        assert set(content) == {"image/png", "application/json", FORM}
        pixels = content["application/json"]["schema"]["oneOf"][0]["properties"]["pixels"]
        assert pixels["minItems"] == 1  # how many a model takes, no schema can say
        assert "maxItems" not in pixels
        assert "/api/models" in pixels["description"]
        assert set(content["application/json"]["schema"]["oneOf"][1]["properties"]) >= {"strokes", "pen_width"}
        layers = content["application/json"]["schema"]["oneOf"][2]["properties"]["layers"]
        assert (layers["minItems"], layers["maxItems"]) == (2, 2)
        kinds = [set(kind["properties"]) for kind in layers["items"]["oneOf"]]
        assert kinds == [{"strokes", "pen_width", "offset"}, {"pixels", "offset"}, {"offset"}]
        assert not any(kind["additionalProperties"] for kind in layers["items"]["oneOf"])  # never strokes and pixels
        if path == "classify":
            assert set(content[FORM]["schema"]["properties"]) == {"layer_a", "layer_b", "offsets"}
        else:
            one, two = content[FORM]["schema"]["oneOf"]
            assert set(one["properties"]) == {"drawing", "interventions"}
            assert set(two["properties"]) == {"layer_a", "layer_b", "offsets", "interventions"}
            assert (one["required"], two["required"]) == (["drawing"], ["layer_a", "layer_b"])
            form = one["properties"]
            edits = {"silence", "couplings", "logits", "uniform", "random"}
            assert set(form["interventions"]["properties"]) == edits
            assert "$ref" not in str(content)
    assert set(described["post", "/api/reconstruct"]["requestBody"]["content"]) == {"application/json"}
    content = described["post", "/api/sweep"]["requestBody"]["content"]
    assert set(content) == {"application/json", FORM}
    assert set(content["application/json"]["schema"]["properties"]) == {"layers", "interventions"}
    assert set(content[FORM]["schema"]["properties"]) == {"layer_a", "layer_b", "offsets", "interventions"}
    for path, field in (("viewpoints", "viewpoints"), ("scatter", "viewpoint")):
        content = described["post", f"/api/{path}"]["requestBody"]["content"]
        assert set(content) == {"application/json"}
        of_pixels, of_strokes = (set(one["properties"]) for one in content["application/json"]["schema"]["oneOf"])
        assert (of_pixels, of_strokes) == ({"pixels", field}, {"strokes", "pen_width", field})
        assert "$ref" not in str(content)
    for path in ("trace", "perturb", "planes", "wholes", "masks", "reconstruct", "sweep", "viewpoints", "scatter"):
        content = described["post", f"/api/{path}"]["responses"]["200"]["content"]
        assert set(content) == {"application/vnd.safetensors", "application/json"}
        assert content["application/vnd.safetensors"]["schema"] == {"type": "string", "format": "binary"}


def test_every_parameter_is_described(document: dict[str, Any]) -> None:
    names = {
        place: {parameter["name"] for parameter in operation.get("parameters", [])}
        for place, operation in operations(document).items()
    }
    assert names["post", "/api/classify"] == {"model", "crop"}
    form = {"dtype", "as_bytes", "compressed"}
    assert names["post", "/api/trace"] == {"model", "crop", "iterations", "include", "omit"} | form
    assert names["post", "/api/perturb"] == {"model", "crop", "label", "iterations", "dtype"}
    assert names["post", "/api/planes"] == {"model", "crop", "labels", "iterations", "dtype"}
    assert names["post", "/api/masks"] == {"model", "crop", "iterations", "dtype"}
    assert names["post", "/api/read"] == {"model", "crop", "dtype"}
    assert names["post", "/api/wholes"] == {"model", "crop", "labels", "iterations", "at", "dtype"}
    assert names["post", "/api/sweep"] == {"model", "layer", "axis", "labels", "reach", "iterations", "dtype"}
    assert names["post", "/api/viewpoints"] == {"model", "label", "include", "dtype"}
    assert names["post", "/api/scatter"] == {"model", "seed", "dtype"}
    assert names["get", "/api/agreement"] == {"model"}
    assert names["get", "/api/overlap"] == {"model"}
    assert names["get", "/api/kernels"] == {"model", "dtype"}
    assert names["post", "/api/reconstruct"] == {"model", "dtype"}
    assert names["get", "/api/digits"] == {"model", "label", "misclassified", "page"}
    assert names["get", "/api/pairs"] == {"model", "label", "misclassified", "page"}
    assert names["get", "/api/pairs/{index}"] == {"model", "index"}
    assert names["get", "/api/iterations"] == {"model"}
    assert names["get", "/api/digits/{index}"] == {"model", "index"}
    assert names["get", "/api/dimensions"] == {"model", "label"}
    assert names["get", "/api/gauge"] == {"model"}
    assert names["get", "/api/viewpoint-paths"] == {"model", "label", "transformation"}
    assert names["get", "/api/viewpoint-accuracy"] == {"model"}
    assert names["get", "/api/fewer-digits"] == set()


def described_operations() -> dict[str, Any]:
    """What the description of an app, which need not run for it, offers to ask."""
    schemathesis.openapi.media_type("image/png", strategies.sampled_from([png(stroke()), png(stroke(500, 700))]))
    schema = schemathesis.openapi.from_dict(create_app().openapi())
    results = list(schema.get_all_operations())
    operations = [result.ok() for result in results if isinstance(result, Ok)]
    assert len(operations) == len(results), "an operation's description is broken"
    return {operation.label: operation for operation in operations}


OPERATIONS = described_operations()
# What takes no parameter and no body cannot be asked wrongly.
WAYS = [
    (label, mode)
    for label, operation in OPERATIONS.items()
    for mode in GenerationMode
    if mode is GenerationMode.POSITIVE or {"parameters", "requestBody"} & set(operation.definition.raw)
]


@pytest.mark.slow
@pytest.mark.parametrize(("label", "mode"), WAYS)
def test_no_answer_is_a_crash_or_undocumented(label: str, mode: GenerationMode, live_url: str) -> None:
    @given(case=OPERATIONS[label].as_strategy(generation_mode=mode))
    @settings(max_examples=15, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    def ask(case: Any) -> None:
        case.call_and_validate(base_url=live_url, checks=CHECKS)

    ask()
