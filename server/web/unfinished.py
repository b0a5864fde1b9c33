"""Connections on which no request has been made: they hold a descriptor each, and some never say more."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

_log = logging.getLogger(__name__)

MOST_SECONDS = 20.0  # for the head of a request, from the first time that the connection is seen to wait for one


class UnfinishedHeads:
    """Closes connections whose client does not finish the head of a request. To be asked every second or so."""

    def __init__(self, most_seconds: float = MOST_SECONDS) -> None:
        self._most_seconds = most_seconds
        self._since: dict[Any, float] = {}  # when each connection was first seen to wait

    def close(self, connections: Iterable[Any], now: float) -> int:
        """Close those that have waited too long, and say how many. `connections` are uvicorn's protocols."""
        waiting = [connection for connection in connections if _awaits_a_head(connection)]
        self._since = {connection: self._since.get(connection, now) for connection in waiting}
        late = [connection for connection, since in self._since.items() if now - since > self._most_seconds]
        for connection in late:
            connection.transport.close()
        if late:
            _log.warning("%d connections sent no whole request in %g s and were closed", len(late), self._most_seconds)
        return len(late)


def _awaits_a_head(connection: Any) -> bool:
    """Whether no request is under way. uvicorn itself closes a connection on which nothing follows an answer."""
    if not hasattr(connection, "cycle"):  # a WebSocket
        return False
    is_answered = connection.cycle is None or connection.cycle.response_complete
    return is_answered and connection.timeout_keep_alive_task is None
