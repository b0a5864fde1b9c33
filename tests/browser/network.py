"""Which requests of a page reached the server, and a slower line to it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Page


class Network:
    """The requests of a page that were answered over the network, and not by the browser's cache."""

    def __init__(self, page: Page, latency_ms: float = 0) -> None:
        """Watch a page, each of whose requests takes this much longer to be answered."""
        self._urls: dict[str, str] = {}  # by the browser's number of the request
        self._answered: list[str] = []  # numbers; the browser may tell of an answer before it tells of its request
        self._bytes: dict[str, int] = {}
        session = page.context.new_cdp_session(page)
        session.on("Network.requestWillBeSent", self._ask)
        session.on("Network.responseReceivedExtraInfo", self._answer)  # which the cache never sends
        session.on("Network.loadingFinished", self._finish)
        session.send("Network.enable")
        unlimited = {"downloadThroughput": -1, "uploadThroughput": -1}
        session.send("Network.emulateNetworkConditions", {"offline": False, "latency": latency_ms, **unlimited})

    @property
    def paths(self) -> list[str]:
        """The paths asked for, in order, without queries."""
        return [urlsplit(self._urls[number]).path for number in self._answered if number in self._urls]

    @property
    def total_bytes(self) -> int:
        """All that came over the network, heads and bodies as they were sent."""
        return sum(size for number, size in self._bytes.items() if number in self._urls)

    def bytes_of(self, path: str) -> int:
        """The same for one path."""
        return sum(size for number, size in self._bytes.items() if urlsplit(self._urls.get(number, "")).path == path)

    def forget(self) -> None:
        """Begin to count anew."""
        for kept in (self._urls, self._answered, self._bytes):
            kept.clear()

    def _ask(self, event: dict[str, Any]) -> None:
        if event["request"]["url"].startswith("http"):
            self._urls[event["requestId"]] = event["request"]["url"]

    def _answer(self, event: dict[str, Any]) -> None:
        self._answered.append(event["requestId"])

    def _finish(self, event: dict[str, Any]) -> None:
        self._bytes[event["requestId"]] = int(event["encodedDataLength"])
