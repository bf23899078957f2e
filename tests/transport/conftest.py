"""One broker with one worker on it, for the tests that only send and look."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from tests.broker import brokers
from tests.delivery.harness import Line


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Line]:
    """Start Kafka and a worker that is ready."""
    with brokers() as broker:
        one = Line(broker, tmp_path_factory.mktemp("line"))
        asyncio.run(one.prepare())
        asyncio.run(one.start())
        try:
            yield one
        finally:
            one.close()
