"""`replay`: a stretch of the input once more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from streams.commands.console import fail, moment, progress, run, say, settings_or_fail
from streams.commands.worker import BROKER
from streams.settings import Settings
from streams.topics import ARTICLES, CONSUMED

if TYPE_CHECKING:
    from streams.transport.letters import Stretch


def replay(
    since: Annotated[
        str | None, typer.Option("--from", help="From this time on (ISO 8601).")
    ] = None,
    until: Annotated[str | None, typer.Option("--to", help="Before this time (ISO 8601).")] = None,
    topic: Annotated[str, typer.Option(help="A topic that a stage reads.")] = ARTICLES.name,
    rate: Annotated[
        float | None, typer.Option(help="Most messages a second.", show_default="no limit")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count.")] = False,
    broker: Annotated[str | None, BROKER] = None,
) -> None:
    """Send a stretch of a topic to it once more, after a better version is installed.

    Harmless otherwise: the same article gives the same records, and what is known changes
    nothing.

        incident-streams replay --from 2026-11-01 --to 2026-11-08T12:00Z --dry-run
    """
    if topic not in {one.name for one in CONSUMED}:
        fail(f"{topic}: no stage reads it; one of {', '.join(t.name for t in CONSUMED)}", status=2)
    from streams.transport.letters import Stretch

    stretch = Stretch(topic, moment(since), moment(until))
    run(_replay(settings_or_fail(broker=broker), stretch, rate=rate, dry_run=dry_run))


async def _replay(
    settings: Settings,
    stretch: Stretch,
    *,
    rate: float | None,
    dry_run: bool,
) -> None:
    from streams.transport.letters import again, count

    total = await count(settings, stretch)
    if dry_run:
        say(f"{total} messages would be sent once more")
        return
    with progress() as bar:
        task = bar.add_task("Replaying", total=total)
        sent = await again(
            settings,
            stretch,
            rate=rate,
            done=lambda count: bar.advance(task, count),
        )
    say(f"{sent} messages sent once more")
