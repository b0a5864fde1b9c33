"""The names under which the server answers."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from server.settings import Settings
from server.web.errors import WrongHostError, response_to

ANY = "*"
_POLICY_VIOLATION = 1008


def names_of(settings: Settings) -> tuple[str, ...]:
    """The names that the settings allow, beside those that every server has.

    They are those of `allowed_hosts`, with that of `public_url` and the one that the server listens on. A server for
    others, on an address that is not this machine's own, allows all names if none is given: who set it up so knows
    better than we do how it is called.
    """
    given = [name.strip() for name in settings.allowed_hosts.split(",") if name.strip()]
    if not given and not _is_loopback(settings.host):
        return (ANY,)
    addresses = [f"//{name}" for name in (*given, settings.host)] + [settings.public_url]
    return tuple(filter(None, map(_name_in, addresses)))


class KnownNames:
    """Refuses a request to a name that is not this server's.

    Somebody's page can let its own name lead to this machine (DNS rebinding), and a browser then takes the two for one
    site. Such a name stands in `Host`. Addresses in numbers and "localhost" cannot be redirected so, and are allowed.
    """

    def __init__(self, app: ASGIApp, allowed: Iterable[str]) -> None:
        """Names in lower case. One that begins with "*." allows all below it; "*" alone allows all."""
        self._app, self._allowed = app, frozenset(allowed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"} or self._knows(name := host_name(Headers(scope=scope))):
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await response_to(WrongHostError(name))(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": _POLICY_VIOLATION})

    def _knows(self, name: str) -> bool:
        if ANY in self._allowed or name in self._allowed or not name:  # HTTP/1.0 gives no name, and no browser asks so
            return True
        if name == "localhost" or name.endswith(".localhost") or _is_address(name):
            return True
        parts = name.split(".")
        return any(f"*.{'.'.join(parts[k:])}" in self._allowed for k in range(1, len(parts)))


def host_name(headers: Headers) -> str:
    """The name in `Host`, in lower case, without the port and the dot that may end it."""
    try:
        return _name_in(f"//{headers.get('host', '')}")
    except ValueError:
        return "?"


def _name_in(address: str) -> str:
    return (urlsplit(address).hostname or "").removesuffix(".")


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _is_loopback(host: str) -> bool:
    return host.lower() == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)
