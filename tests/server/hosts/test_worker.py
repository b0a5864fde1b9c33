"""The network's thread: its order, its places, and who leaves the queue."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial

import pytest

from server.hosts.errors import OverloadedError, StoppingError
from server.hosts.worker import Worker


@asynccontextmanager
async def busy(worker: Worker) -> AsyncIterator[threading.Event]:
    """A worker whose thread is held up until the event is set."""
    begun, release = threading.Event(), threading.Event()

    def hold() -> None:
        begun.set()
        assert release.wait(30)

    holding = asyncio.create_task(worker.run(hold))
    await asyncio.to_thread(begun.wait, 30)
    try:
        yield release
    finally:
        release.set()
        await holding


def test_calls_run_in_the_order_in_which_they_came() -> None:
    done: list[int] = []

    async def scenario() -> None:
        worker = Worker(10)
        async with busy(worker):
            calls = [asyncio.create_task(worker.run(partial(done.append, k))) for k in range(5)]
            await asyncio.sleep(0)
        await asyncio.gather(*calls)
        worker.close()

    asyncio.run(scenario())
    assert done == [0, 1, 2, 3, 4]


def test_what_a_call_raises_its_waiter_gets_and_its_place_is_free_again() -> None:
    def fail() -> None:
        raise ArithmeticError("of the call")

    async def scenario() -> None:
        worker = Worker(1)
        for _ in range(3):
            with pytest.raises(ArithmeticError, match="of the call"):
                await worker.run(fail)
        assert await worker.run(lambda: 5) == 5
        worker.close()

    asyncio.run(scenario())


def test_one_who_leaves_before_his_turn_takes_his_call_along_and_gives_his_place_back() -> None:
    done: list[str] = []

    async def scenario() -> None:
        worker = Worker(2)
        async with busy(worker):
            left = asyncio.create_task(worker.run(lambda: done.append("left")))
            await asyncio.sleep(0)
            with pytest.raises(OverloadedError, match="Too many"):
                await worker.run(lambda: done.append("refused"))
            left.cancel()
            with pytest.raises(asyncio.CancelledError):
                await left
            stayed = asyncio.create_task(worker.run(lambda: done.append("stayed")))
            await asyncio.sleep(0)
        await stayed
        worker.close()

    asyncio.run(scenario())
    assert done == ["stayed"]


def test_closing_lets_the_running_call_finish_and_tells_those_who_wait() -> None:
    async def scenario() -> None:
        worker = Worker(3)
        async with busy(worker) as release:
            waiting = asyncio.create_task(worker.run(lambda: 5))
            await asyncio.sleep(0)
            closing = asyncio.create_task(asyncio.to_thread(worker.close))
            with pytest.raises(StoppingError, match="stopping"):
                await waiting
            with pytest.raises(StoppingError, match="stopping"):
                await worker.run(lambda: 5)
            release.set()
        await closing

    asyncio.run(scenario())
