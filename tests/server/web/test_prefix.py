"""The site below a path prefix: what a proxy takes away, what it leaves, and where redirections lead."""

from __future__ import annotations

import http.client
import json
import struct
from urllib.parse import urljoin, urlsplit

import pytest
from fastapi.testclient import TestClient
from websockets.exceptions import InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Origin

from server.app import create_app
from server.settings import Settings
from tests.proxies import Proxy, proxied
from tests.server.conftest import started
from tests.server.helpers import png, read_safetensors, stroke
from tests.server.test_page import Elements

PREFIX = "/user/ann/proxy/8000"
FRAME = struct.pack("<II16f", 5, 3, *[0.1] * 16)


def ask(url: str, body: bytes | None = None) -> tuple[int, http.client.HTTPMessage, bytes]:
    parts = urlsplit(url)
    connection = http.client.HTTPConnection(parts.netloc, timeout=30)
    try:
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        connection.request("POST" if body else "GET", path, body, {"Content-Type": "image/png"} if body else {})
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def everything_works_below(proxy: Proxy) -> None:
    """The document, each file that it names, the API, the dials, and a redirection."""
    status, _, document = ask(proxy.url)
    assert status == 200
    elements = Elements(document.decode("utf-8"))
    named = [found["href"] for found in elements.of("link")] + [
        found["src"] for found in elements.of("script") if "src" in found
    ]
    assert len(named) > 20
    addresses = {urljoin(proxy.url, name) for name in named}
    (mapped,) = elements.of("script", type="importmap")
    addresses |= {urljoin(proxy.url, script) for script in list(json.loads(mapped["text"])["imports"].values())[::20]}
    assert {ask(address)[0] for address in addresses} == {200}
    status, _, body = ask(f"{proxy.url}api/trace", png(stroke()))
    assert status == 200
    assert read_safetensors(body)[0]["lengths"].shape == (3, 10)
    origin = Origin(proxy.url[: -len(proxy.prefix) - 1])
    with connect(f"{proxy.url.replace('http', 'ws')}api/dials", origin=origin) as dials:
        dials.send(FRAME)
        assert len(dials.recv(timeout=10)) == 3144
    status, headers, _ = ask(f"{proxy.url}api/models/?a=b")
    assert status == 307
    assert urljoin(f"{proxy.url}api/models/", headers["location"]) == f"{proxy.url}api/models?a=b"
    assert ask(urljoin(f"{proxy.url}api/models/", headers["location"]))[0] == 200


@pytest.mark.slow
def test_a_proxy_that_takes_its_prefix_away_needs_no_setting(live_url: str) -> None:
    with proxied(live_url, PREFIX) as proxy:
        everything_works_below(proxy)
        with (
            pytest.raises(InvalidStatus) as refused,
            connect(f"{proxy.url.replace('http', 'ws')}api/dials", origin=Origin("http://elsewhere.example")),
        ):
            pass  # pragma: no cover
        assert refused.value.response.status_code == 403


@pytest.mark.slow
@pytest.mark.parametrize("keeps", [True, False])
def test_with_the_root_path_set_it_may_also_leave_it(keeps: bool) -> None:
    with started("--root-path", PREFIX) as (_, url), proxied(url, PREFIX, keeps_prefix=keeps) as proxy:
        everything_works_below(proxy)
        assert ask(url)[0] == 200  # and from this machine, past the proxy


@pytest.fixture
def prefixed() -> TestClient:
    return TestClient(create_app(Settings(root_path="a/b/", allowed_hosts="testserver")), follow_redirects=False)


@pytest.mark.parametrize("path", ["/healthz", "/a/b/healthz"])
def test_a_prefix_is_found_however_its_slashes_were_typed(prefixed: TestClient, path: str) -> None:
    assert prefixed.get(path).status_code == 200
    assert prefixed.head(path).status_code == 200


@pytest.mark.parametrize("path", ["/a/healthz", "/a/bc/healthz", "/a/b/a/b/healthz"])
def test_what_only_looks_like_the_prefix_is_none(prefixed: TestClient, path: str) -> None:
    assert prefixed.get(path).status_code == 404


def test_the_prefix_alone_is_the_root_without_its_slash(prefixed: TestClient) -> None:
    answer = prefixed.get("/a/b?x=1")
    assert (answer.status_code, answer.headers["location"]) == (307, "./b/?x=1")
    assert prefixed.get("/a/b/").status_code == 200


def test_the_interface_says_below_which_prefix_it_lies(prefixed: TestClient) -> None:
    assert prefixed.get("/a/b/openapi.json").json()["servers"] == [{"url": "/a/b"}]


@pytest.mark.parametrize(
    ("asked", "leads_to"),
    [
        ("/healthz/", "/healthz"),
        ("/api/digits/7/?model=mnist", "/api/digits/7?model=mnist"),
        ("/nothing/", "/nothing"),
        ("//evil.example/", "/evil.example"),
        ("/%2F%2Fevil.example/", "/%2F%2Fevil.example"),
        ("/http:evil/", "/http:evil"),
    ],
)
def test_a_slash_too_many_leads_to_the_path_without_it_and_nowhere_else(
    settings: Settings, asked: str, leads_to: str
) -> None:
    app = TestClient(create_app(settings), follow_redirects=False)
    answer = app.get(f"http://testserver{asked}")
    assert answer.status_code == 307
    assert urljoin(f"http://testserver{asked}", answer.headers["location"]) == f"http://testserver{leads_to}"


def test_several_slashes_lead_nowhere(client: TestClient) -> None:
    assert client.get("/api/digits//").status_code == 404


def test_a_body_goes_along_with_a_redirection(client: TestClient) -> None:
    answer = client.post("/api/classify/", content=png(stroke()), headers={"content-type": "image/png"})
    assert answer.status_code == 200
    assert answer.history[0].status_code == 307
