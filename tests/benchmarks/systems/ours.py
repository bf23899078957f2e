"""Our Faust app: the worker's own application, wrapper and settings; stages that pass on."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

import uvloop

from schemas import Article
from streams import app as application
from streams.operations.logs import configure
from streams.pipeline import Stage
from streams.settings import Settings
from streams.topics import Topic
from streams.transport import headers
from streams.warm import settle

ID = slice(15, 32)
"""Where the generated articles hold their id."""


class Passed(Article):
    """A record whose JSON is carried on as it is."""

    @classmethod
    def from_json(cls, value: bytes | str) -> Self:
        """Keep the bytes; only the id is read, without pydantic: records are not measured here."""
        record = cls.__new__(cls)
        record.__dict__.update(article_id=value[ID].decode(), text=value)  # type: ignore[union-attr]  # always bytes
        return record

    def to_json(self) -> bytes:
        """Return the bytes."""
        return self.text  # type: ignore[return-value]  # kept by `from_json`


def _pass_on(record: Article, **_: Any) -> Iterable[Article]:
    return [record]


def stages(prefix: str) -> tuple[Stage, ...]:
    """Return three hops."""
    topics = [
        Topic(
            name=f"{prefix}-{n}",
            contract=Passed,
            key="article_id",
            written_by="benchmark",
            purpose="benchmark",
        )
        for n in range(4)
    ]
    return tuple(
        Stage(name=f"hop-{n}", consumes=topics[n], produces=topics[n + 1], run=_pass_on)
        for n in range(3)
    )


async def main(bootstrap: str, prefix: str) -> None:
    """Run for ever."""
    configure(level="INFO", as_json=True)
    headers._NAMES[Passed] = headers._NAMES[Article]
    application.PIPELINE = stages(prefix)  # type: ignore[assignment]
    application._add_merge = lambda *_: None  # type: ignore[assignment]
    settings = Settings(
        broker=f"kafka://{bootstrap}",
        app_id=prefix,
        topic_partitions=4,
        store="memory",
        data_directory=Path(tempfile.mkdtemp()),
    )
    app = application.create_app(settings)
    settle()
    app.finalize()
    await app.start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(main(*sys.argv[1:3]))
