"""A small reverse proxy in front of a server: under a path prefix, and able to lose what is behind it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

# What a proxy says in place of a server that it cannot reach.
BAD_GATEWAY = (
    b"HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 36\r\nConnection: close\r\n\r\n"
    b"<html><h1>502 Bad Gateway</h1></html>"[:-1]
)


@dataclass
class Proxy:
    """Passes on what is asked for below its prefix. One request a connection, and WebSockets."""

    prefix: str  # begins with a slash and ends without one
    upstream: tuple[str, int]
    keeps_prefix: bool = False  # whether the server behind sees it
    away: threading.Event = field(default_factory=threading.Event)  # while it is set, all answers are 502
    port: int = 0
    seen: list[str] = field(default_factory=list)  # paths that were asked for

    @property
    def url(self) -> str:
        """Where the site's root is, with a slash at its end."""
        return f"http://127.0.0.1:{self.port}{self.prefix}/"

    def serve(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            head, rest = _read_head(client)
            if not head:
                return
            method, path, version = head[0].split(" ", 2)
            self.seen.append(path)
            if self.away.is_set():
                client.sendall(BAD_GATEWAY)
            elif path != self.prefix and not path.startswith(f"{self.prefix}/"):
                client.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            else:
                inner = path if self.keeps_prefix else path[len(self.prefix) :] or "/"
                lines = [f"{method} {inner} {version}", *self._headers(head[1:])]
                with socket.create_connection(self.upstream) as server:
                    server.sendall("\r\n".join([*lines, "", ""]).encode("latin-1") + rest)
                    _join(client, server)

    def _headers(self, given: list[str]) -> list[str]:
        """As nginx passes them on unless told otherwise: Host is the server's, and the client's is named beside it."""
        upgrades = any(line.lower().startswith("upgrade:") for line in given)
        host = next(line.partition(":")[2].strip() for line in given if line.lower().startswith("host:"))
        dropped = ("host:",) if upgrades else ("host:", "connection:")
        kept = [line for line in given if not line.lower().startswith(dropped)]
        own = [f"Host: {self.upstream[0]}:{self.upstream[1]}", f"X-Forwarded-Host: {host}"]
        return [*own, *kept, *([] if upgrades else ["Connection: close"])]


@contextmanager
def proxied(url: str, prefix: str, *, keeps_prefix: bool = False) -> Iterator[Proxy]:
    """A proxy in front of the server at this address."""
    address = urlsplit(url)
    proxy = Proxy(prefix, (str(address.hostname), address.port or 80), keeps_prefix)
    with socket.create_server(("127.0.0.1", 0), backlog=256) as listener:
        proxy.port = listener.getsockname()[1]
        accepting = threading.Thread(target=_accept, args=(listener, proxy), daemon=True)
        accepting.start()
        try:
            yield proxy
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            accepting.join(10)


def _accept(listener: socket.socket, proxy: Proxy) -> None:
    with suppress(OSError):  # the listener is shut down
        while True:
            client, _ = listener.accept()
            threading.Thread(target=proxy.serve, args=(client,), daemon=True).start()


def _read_head(client: socket.socket) -> tuple[list[str], bytes]:
    """The lines of a request's head, and what came behind it; no lines where the client said nothing."""
    data = b""
    while b"\r\n\r\n" not in data:
        if not (more := client.recv(65536)):
            return [], b""
        data += more
    head, _, rest = data.partition(b"\r\n\r\n")
    return head.decode("latin-1").split("\r\n"), rest


def _join(one: socket.socket, other: socket.socket) -> None:
    """Pass on what either side says, until one of them ends."""
    back = threading.Thread(target=_pour, args=(one, other), daemon=True)
    back.start()
    _pour(other, one)
    back.join(10)


def _pour(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    for end in (source, target):
        with suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
