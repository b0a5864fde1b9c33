"""What a host raises. `server.web.errors` gives each its status."""

from __future__ import annotations


class HostError(Exception):
    """A host does not answer; `code` is for programs, `message` is one sentence for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


class UnknownModelError(HostError):
    """There is no such model."""

    def __init__(self, names: list[str]) -> None:
        super().__init__("unknown_model", f"There is no such model. Available: {', '.join(names)}.")


class NotAnsweringError(HostError):
    """The host cannot answer now; it may in `retry_after` seconds."""

    def __init__(self, code: str, message: str, retry_after: int) -> None:
        super().__init__(code, message)
        self.retry_after = retry_after


class OverloadedError(NotAnsweringError):
    """Too many calls are waiting already."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("overloaded", "Too many requests are waiting. Try again soon.", retry_after)


class StoppingError(NotAnsweringError):
    """The host is being closed."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("stopping", "The server is stopping.", retry_after)
