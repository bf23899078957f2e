"""Fixtures for all tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from streams.transport.broker import Broker
from tests.broker import brokers


@pytest.fixture(scope="session")
def kafka() -> Iterator[Broker]:
    """One real broker for the whole session; a test uses topics of its own or a fresh app id."""
    with brokers() as broker:
        yield broker
