"""The line without Kafka: a message through all stages that follow, and what must hold of it."""

from __future__ import annotations

import time
from collections.abc import Sequence

from streams.operations.health import Health
from streams.operations.metrics import Metrics
from streams.pipeline import PIPELINE
from streams.topics import Topic
from streams.transport.dead_letters import Limit, Received
from streams.transport.delivery import Delivery
from streams.transport.stage import StageWorker

SLOWEST_SECONDS = 5.0
"""Of CPU time: a process that the machine halts is no fault of ours."""


def _give_up(reason: str) -> None:
    raise AssertionError(reason)


def workers() -> list[StageWorker]:
    """Return a wrapper for each stage; each reads what another wrote, as from Kafka."""

    def no_producer() -> object:
        raise AssertionError

    delivery = Delivery(no_producer, 1.0, _give_up)  # type: ignore[arg-type]  # never used
    return [StageWorker(one, delivery, Metrics(), Health(), Limit(1.0, 10**9)) for one in PIPELINE]


def through(line: Sequence[StageWorker], topic: Topic, value: bytes) -> None:
    """Take a message from a topic through all stages that follow.

    Raises:
        AssertionError: it took too long, a dead letter is not the message, or a stage failed.
    """
    waiting = [(topic.name, b"key", value)]
    while waiting:
        name, key, content = waiting.pop()
        for worker in line:
            if worker.stage.consumes.name != name:
                continue
            message = Received(name, 0, 0, 0, key, content, ())
            begun = time.process_time()
            made = worker.process(message)
            assert time.process_time() - begun < SLOWEST_SECONDS, content[:200]
            for one in made:
                if one.topic.endswith("-dlt"):
                    assert one.value == content
                    kind = dict(one.headers)["x-error-kind"]
                    assert kind != b"stage_rejected", (dict(one.headers), content[:2000])
                else:
                    waiting.append((one.topic, one.key or b"", one.value or b""))
