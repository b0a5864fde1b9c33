"""One thread that does one thing after another, with a bounded queue in front of it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TypeVar

from server.hosts.errors import OverloadedError, StoppingError

T = TypeVar("T")


class Worker:
    """Runs calls off the event loop, in the order in which they came, at most `size` waiting or running."""

    def __init__(self, size: int, retry_after: int = 1) -> None:
        self._places = BoundedSemaphore(size)
        self._retry_after = retry_after
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="network")
        self._open = True

    @property
    def is_open(self) -> bool:
        return self._open

    async def run(self, call: Callable[[], T]) -> T:
        """Run `call` on the thread and return its result, or raise what it raised.

        Raises OverloadedError if the queue is full, and StoppingError if the worker is closed. A call whose waiter
        is cancelled before its turn is dropped from the queue.
        """
        if not self._open:
            raise StoppingError(self._retry_after)
        if not self._places.acquire(blocking=False):
            raise OverloadedError(self._retry_after)
        future = self._executor.submit(call)
        future.add_done_callback(lambda _: self._places.release())
        try:
            return await asyncio.wrap_future(future)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if future.cancelled() and task and not task.cancelling():  # by `close`, and not the waiter itself
                raise StoppingError(self._retry_after) from None
            raise

    def close(self) -> None:
        """Drop what waits, which raises StoppingError there, and let the running call finish."""
        self._open = False
        self._executor.shutdown(wait=True, cancel_futures=True)
