"""Under which names the server answers, and what it says to others."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from pydantic import ValidationError
from starlette.websockets import WebSocketDisconnect

from server.app import create_app
from server.settings import Settings
from tests.server.helpers import error_of

OWN = [
    "localhost",
    "localhost:8000",
    "page.localhost",
    "127.0.0.1:8000",
    "[::1]:8000",
    "192.168.1.20:8000",
    "LOCALHOST",
]
OTHERS = ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "evillocalhost", "["]


def asked(name: str, **settings: str) -> TestClient:
    """A server with these settings, asked under this name."""
    client = TestClient(create_app(Settings(**settings)))  # type: ignore[arg-type]
    client.headers["host"] = name
    return client


@pytest.mark.parametrize("host", OWN)
def test_every_server_answers_to_this_machines_names_and_to_addresses(host: str) -> None:
    assert asked(host).get("/healthz").status_code == 200
    assert asked(host, allowed_hosts="a.example").get("/healthz").status_code == 200


@pytest.mark.parametrize("host", OTHERS)
def test_a_page_whose_name_leads_here_is_refused(host: str) -> None:
    """In words that say what to do, for every path and for the dials."""
    client = asked(host)
    for answer in (client.get("/"), client.post("/api/trace", content=b"x"), client.get("/static/icon.svg")):
        assert error_of(answer) == (421, "unknown_host")
    with pytest.raises(WebSocketDisconnect) as refused, client.websocket_connect("/api/dials"):
        pass  # pragma: no cover
    assert refused.value.code == 1008


def test_the_refusal_names_the_option_that_allows_it() -> None:
    message = asked("deep.a.example").get("/").json()["error"]["message"]
    assert message.endswith("capsnet serve --allowed-hosts deep.a.example")
    assert "evil" not in asked("evil" * 100).get("/").json()["error"]["message"]


@pytest.mark.parametrize(
    ("allowed", "answers", "refuses"),
    [
        ("a.example", ["a.example", "A.Example:80"], ["b.a.example", "example"]),
        ("a.example, b.example:8000", ["a.example", "b.example", "b.example:8000"], ["c.example"]),
        ("*.a.example", ["b.a.example", "c.b.a.example"], ["a.example", "ba.example"]),
        ("a.example.", ["a.example", "a.example.", "a.example.:80"], ["b.example."]),
        ("a.example", ["a.example."], ["a.example.b.example"]),
        ("[2001:db8::1]:8000,a.example", ["a.example", "[2001:db8::1]"], ["b.example"]),
        ("*", ["evil.example"], []),
    ],
)
def test_names_that_are_allowed(allowed: str, answers: list[str], refuses: list[str]) -> None:
    for host in answers:
        assert asked(host, allowed_hosts=allowed).get("/healthz").status_code == 200, host
    for host in refuses:
        assert error_of(asked(host, allowed_hosts=allowed).get("/healthz")) == (421, "unknown_host"), host


@pytest.mark.parametrize(
    "wrong", ["http://a.example", "a.example/", "[::1", "a.example:x", "a.example:99999", "a example", ".", ":80"]
)
def test_what_is_no_name_of_a_host_is_refused_by_its_name(wrong: str) -> None:
    for given in (wrong, f"b.example, {wrong}"):
        with pytest.raises(ValidationError) as refused:
            Settings(allowed_hosts=given)
        (error,) = refused.value.errors()
        assert error["loc"] == ("allowed_hosts",)
        assert error["msg"].startswith(f"“{wrong}” is no name of a host")


def test_the_address_that_visitors_know_is_allowed() -> None:
    assert asked("a.example", public_url="https://a.example/x/").get("/healthz").status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.20", "myhost"])
def test_a_server_that_lets_others_in_answers_to_any_name_unless_some_are_given(host: str) -> None:
    assert asked("a.example", host=host).get("/healthz").status_code == 200
    given = {"host": host, "allowed_hosts": "a.example"}
    assert asked("a.example", **given).get("/healthz").status_code == 200
    assert asked("b.example", **given).get("/healthz").status_code == 421


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.2", "::1", "localhost"])
def test_one_that_does_not_answers_to_its_own_alone(host: str) -> None:
    assert asked("a.example", host=host).get("/healthz").status_code == 421
