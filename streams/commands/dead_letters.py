"""`dead-letters`: what could not be processed, why, and sending it once more."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import orjson
import typer
from rich.console import Console
from rich.table import Table

from streams.commands.console import fail, moment, progress, run, say, settings_or_fail, shown
from streams.commands.worker import BROKER
from streams.settings import Settings

if TYPE_CHECKING:
    from streams.transport.letters import Letter, Which

dead_letters = typer.Typer(
    no_args_is_help=True, help="List dead letters, look at one, send them once more."
)

TOPIC = typer.Option(help="Only letters of this topic, such as news.article.v1.")
STAGE = typer.Option(help="Only letters that this stage rejected.")
REASON = typer.Option(help="Only letters of this kind, or whose reason holds these words.")
SINCE = typer.Option("--from", help="Only letters written at or after this time (ISO 8601).")
UNTIL = typer.Option("--to", help="Only letters written before this time (ISO 8601).")


@dead_letters.command("list")
def listed(
    topic: Annotated[str | None, TOPIC] = None,
    stage: Annotated[str | None, STAGE] = None,
    reason: Annotated[str | None, REASON] = None,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON lines.")] = False,
    broker: Annotated[str | None, BROKER] = None,
) -> None:
    """List dead letters: where each is, which stage rejected it and why."""
    from streams.transport.letters import Which, letters

    which = Which(topic, stage, reason, moment(since), moment(until))
    found = run(letters(settings_or_fail(broker=broker), which))
    grid = Table("Letter", "Time", "Stage", "Kind", "Reason", box=None)
    for letter in found:
        if as_json:
            sys.stdout.write(orjson.dumps(facts(letter)).decode() + "\n")
        grid.add_row(
            letter.name, shown(letter.timestamp_ms), letter.stage, letter.kind, letter.reason
        )
    if not as_json:
        Console().print(grid)
        say(f"{len(found)} dead letters")


@dead_letters.command()
def show(
    letter: Annotated[str, typer.Argument(help="The letter, as `list` names it: topic/0/12.")],
    raw: Annotated[bool, typer.Option("--raw", help="Write the bytes as received.")] = False,
    broker: Annotated[str | None, BROKER] = None,
) -> None:
    """Show a dead letter: its headers and its content."""
    from streams.transport.letters import Which, letters

    found = run(letters(settings_or_fail(broker=broker), Which(name=letter)))
    if not found:
        fail(f"{letter}: there is no such dead letter; `dead-letters list` names them")
    if raw:
        sys.stdout.buffer.write(found[0].value or b"")
        return
    value = facts(found[0]) | {
        "headers": {n: v.decode("utf-8", "replace") for n, v in found[0].headers},
        "key": (found[0].key or b"").decode("utf-8", "replace"),
        "value": (found[0].value or b"").decode("utf-8", "replace"),
    }
    sys.stdout.write(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode() + "\n")


@dead_letters.command("replay")
def replayed(
    topic: Annotated[str | None, TOPIC] = None,
    stage: Annotated[str | None, STAGE] = None,
    reason: Annotated[str | None, REASON] = None,
    since: Annotated[str | None, SINCE] = None,
    until: Annotated[str | None, UNTIL] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count.")] = False,
    broker: Annotated[str | None, BROKER] = None,
) -> None:
    """Send dead letters to the topics they came from, their bytes unchanged.

    Harmless if done twice: the same article gives the same records.
    """
    from streams.transport.letters import Which

    which = Which(topic, stage, reason, moment(since), moment(until))
    run(_replay(settings_or_fail(broker=broker), which, dry_run=dry_run))


async def _replay(settings: Settings, which: Which, *, dry_run: bool) -> None:
    from streams.transport.letters import letters, replay

    found = await letters(settings, which)
    if dry_run:
        say(f"{len(found)} dead letters would be sent once more")
        return
    with progress() as bar:
        task = bar.add_task("Replaying", total=len(found))
        await replay(settings, found, done=lambda count: bar.advance(task, count))
    say(f"{len(found)} dead letters sent once more")


def facts(letter: Letter) -> dict[str, object]:
    """Return what is known of a letter without its content."""
    return {
        "letter": letter.name,
        "time": shown(letter.timestamp_ms),
        "original": letter.original,
        "stage": letter.stage,
        "kind": letter.kind,
        "reason": letter.reason,
        "attempts": letter.attempts,
    }
