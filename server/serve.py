"""The `capsnet serve` command."""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import socket
import sys
import threading
import time
import webbrowser

import uvicorn
from pydantic import ValidationError

from model.commands.shared import USERS_ERRORS, one_line
from model.device import CHOICES, pick_device
from server.app import create_app, load_services
from server.settings import Settings
from server.web.dependencies import Services
from server.web.unfinished import UnfinishedHeads

# Seconds that Ctrl-C waits for requests under way.
_GRACE = 3
_CANNOT_START = (*USERS_ERRORS, ValidationError)


def add_command(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add `serve` to the `capsnet` command. An option overrides its CAPSNET_ environment variable."""
    parser = commands.add_parser("serve", help="serve the page; its URL is printed when the server is ready")
    parser.add_argument("--host", help="address to listen on (default: 127.0.0.1)")
    parser.add_argument("--port", type=int, help="0 takes any free port (default: 8000)")
    parser.add_argument("--device", choices=CHOICES, help="(default: auto)")
    parser.add_argument(
        "--open", action=argparse.BooleanOptionalAction, default=False, help="open the page in a browser when ready"
    )
    _add_surroundings(parser.add_argument_group("behind a proxy, or inside another page"))
    parser.set_defaults(run=_serve)


def _add_surroundings(group: argparse._ArgumentGroup) -> None:
    group.add_argument(
        "--root-path", metavar="PATH", help="the prefix under which a proxy shows the site (default: none)"
    )
    group.add_argument(
        "--allowed-hosts",
        metavar="NAMES",
        help="host names to answer to, separated by commas; * for all (default: this machine's own; all if --host lets "
        "others in)",
    )
    group.add_argument(
        "--frame-ancestors",
        metavar="SITES",
        help="sites that may show the page in a frame, separated by spaces; * for all (default: 'self')",
    )


def _serve(arguments: argparse.Namespace) -> int:
    try:
        settings = _settings(arguments)
        listener = _listen(settings.host, settings.port)
    except _CANNOT_START as error:
        return _give_up(error)
    with listener, contextlib.suppress(KeyboardInterrupt):  # uvicorn stops in order and then raises the signal again
        try:  # here and not in the app's lifespan: uvicorn logs what a lifespan raises as a traceback, and drops it
            services = load_services(settings)
        except _CANNOT_START as error:
            return _give_up(error)
        server = Server(_config(settings, services), _url(listener), open_browser=arguments.open)
        server.run(sockets=[listener])
        if not server.started:  # uvicorn has logged why
            return 1
    return 0


def _give_up(error: Exception) -> int:
    print(f"capsnet: {_in_words(error)}", file=sys.stderr)
    return 1


def _settings(arguments: argparse.Namespace) -> Settings:
    """The settings, after the checks whose failure deserves one line in place of a traceback."""
    names = ("host", "port", "device", "root_path", "allowed_hosts", "frame_ancestors")
    given = {name: getattr(arguments, name) for name in names if getattr(arguments, name) is not None}
    settings = Settings(**given)
    pick_device(settings.device)
    return settings


def _listen(host: str, port: int) -> socket.socket:
    """Take the port before anything slow is done. Raises OSError where that fails."""
    try:
        return _bound_socket(host, port)
    except OSError as error:
        raise OSError(f"cannot listen on {host} port {port}: {error.strerror}; see --host and --port") from error


def _bound_socket(host: str, port: int) -> socket.socket:
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    if os.name == "posix":  # elsewhere it would let two servers share a port
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(address)
        listener.listen()  # two sockets may be bound to one port as long as neither listens
    except OSError:
        listener.close()
        raise
    return listener


class _WithoutTraceback(logging.Filter):
    """What a client did wrong is one line in the log: no traceback of ours helps there."""

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if isinstance(error, (UnicodeError, ConnectionError)):
            record.exc_info = record.exc_text = None
        return True


def _config(settings: Settings, services: Services) -> uvicorn.Config:
    # uvicorn logs under this name what goes wrong on a connection.
    logging.getLogger("uvicorn.error").addFilter(_WithoutTraceback())
    return uvicorn.Config(
        create_app(settings, services),
        log_level="warning",
        access_log=False,
        server_header=False,  # each of the page's many small files would carry it
        timeout_graceful_shutdown=_GRACE,
        ws_max_size=settings.max_body_bytes,
        ws_per_message_deflate=False,  # a picture's floats shrink little, and the dials wait for every millisecond
    )


_TICKS_A_SECOND = 10  # of uvicorn's main loop


class Server(uvicorn.Server):
    """Says where it is once it can answer, and waits for no request for ever."""

    def __init__(
        self, config: uvicorn.Config, url: str, *, open_browser: bool, unfinished: UnfinishedHeads | None = None
    ) -> None:
        super().__init__(config)
        self._url, self._open_browser = url, open_browser
        self._unfinished = unfinished or UnfinishedHeads()

    async def on_tick(self, counter: int) -> bool:
        if counter % _TICKS_A_SECOND == 0:
            self._unfinished.close(self.server_state.connections, time.monotonic())
        return await super().on_tick(counter)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.started:
            return
        print(f"CapsNet Explorer is ready: {self._url}", flush=True)
        if self._open_browser:
            # Some browsers hold their caller up until they are closed, and would wait for this server meanwhile.
            threading.Thread(target=webbrowser.open, args=(self._url,), daemon=True).start()


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104  # where this machine reaches it
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def _in_words(error: Exception) -> str:
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        return f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}"
    return one_line(error)
