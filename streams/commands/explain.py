"""`process --explain`: an article as it was read, its evidence marked, and the records beside it.

A terminal with colours shows the marks as colours and leaves the text as it is; anywhere else
the words stand in ⟦ ⟧.  Every line of the article stands in a Unicode isolate (UAX 9), so that
right-to-left text keeps its order beside the left-to-right record.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

from rich.console import Console
from rich.text import Text

from schemas import AnnotatedArticle, Contract, IncidentReport
from schemas.segment import Segment
from streams.commands.record_lines import lines_of

COLOURS = ("green", "magenta", "cyan", "yellow", "blue", "red")
OPEN, CLOSE = "⟦", "⟧"
LEFT, ISOLATE, END = "\u200e", "\u2068", "\u2069"
"""Left-to-right mark; first-strong isolate and its end."""

NARROW = 90
"""Columns below which the record stands under the text."""

GAP = 3


def explain(made: Sequence[Contract], console: Console) -> None:
    """Print the last article of ``made`` with its evidence marked, and its reports beside it."""
    article = next(value for value in reversed(made) if isinstance(value, AnnotatedArticle))
    reports = [value for value in made if isinstance(value, IncidentReport)]
    width = console.width
    for line in _lines(article, reports, console=console, width=width):
        console.print(line, overflow="ignore", no_wrap=True, crop=False, soft_wrap=True)


def _lines(
    article: AnnotatedArticle,
    reports: Sequence[IncidentReport],
    *,
    console: Console,
    width: int,
) -> Iterator[Text]:
    brackets = console.no_color or not console.is_terminal
    when = f", {article.published_at:%Y-%m-%d %H:%M}" if article.published_at else ""
    yield Text(f"{article.article_id}: {article.primary_language or 'und'}{when}", style="bold")
    apart = width < NARROW
    left = width if apart else (width - GAP) * 55 // 100
    right = width - 2 if apart else width - GAP - left
    for segment in article.segments:
        told = [
            line
            for number, report in enumerate(reports)
            if _holds(segment, report)
            for line in lines_of(report, number + 1, style=COLOURS[number % len(COLOURS)])
        ]
        yield Text()
        yield Text(_heading(article, segment), style="dim")
        text = _wrapped(_marked(article, segment, reports, brackets=brackets), console, left)
        record = [part for line in told for part in _wrapped(line, console, right)]
        if apart:
            yield from (_isolated(line) for line in text)
            yield from (Text("  ").append_text(line) for line in record)
        else:
            yield from _beside(text, record, left=left)
    if not reports:
        yield Text()
        yield Text("No incident.", style="bold")


def _beside(text: Sequence[Text], record: Sequence[Text], *, left: int) -> Iterator[Text]:
    for ours, theirs in zip_longest(text, record):
        line = _isolated(ours or Text())
        if theirs is not None:
            line.append(" " * (left - (ours.cell_len if ours else 0)))
            line.append(" │ ", style="dim")
            line.append_text(theirs)
        yield line


def _holds(segment: Segment, report: IncidentReport) -> bool:
    """Whether an incident is told from a segment on: its trigger stands there."""
    trigger = report.trigger
    return trigger.field == segment.field and segment.start <= trigger.start < segment.end


def _heading(article: AnnotatedArticle, segment: Segment) -> str:
    flag = next((f for f in article.segments if f.index == segment.index), None)
    translate = ", needs translation" if flag is not None and flag.needs_translation else ""
    language = flag.language if flag is not None else "und"
    return f"── {segment.kind} [{segment.start}:{segment.end}] {language}{translate}"


def _marked(
    article: AnnotatedArticle,
    segment: Segment,
    reports: Sequence[IncidentReport],
    *,
    brackets: bool,
) -> Text:
    """Return a segment's text with the words of evidence in the colour of their incident."""
    source = (article.title or "") if segment.field == "title" else article.text
    spans = sorted(_spans(segment, reports))
    text = Text()
    at = segment.start
    for start, end, number in spans:
        text.append(shown(source[at:start]))
        words = shown(source[start:end])
        style = f"bold {COLOURS[number % len(COLOURS)]}"
        text.append(f"{OPEN}{words}{CLOSE}" if brackets else words, style=style)
        at = end
    return text.append(shown(source[at : segment.end]))


def _spans(segment: Segment, reports: Sequence[IncidentReport]) -> Iterable[tuple[int, int, int]]:
    """Yield the spans of evidence in a segment with their incident's number, none in another."""
    found = [
        (piece.start, -piece.end, number)
        for number, report in enumerate(reports)
        for piece in (report.trigger, *report.evidence)
        if piece.field == segment.field and segment.start <= piece.start < segment.end
    ]
    reached = segment.start
    for start, minus_end, number in sorted(found):
        if start >= reached and -minus_end <= segment.end:
            yield start, -minus_end, number
            reached = -minus_end


def shown(text: str) -> str:
    """Return text that a terminal shows and does not obey: control characters as their pictures."""
    return "".join(
        c if c == "\n" else " " if c == "\t" else "\ufffd" if _commands(c) else c for c in text
    )


def _commands(char: str) -> bool:
    return char < " " or "\x7f" <= char < "\xa0" or "\ud800" <= char <= "\udfff"


def _wrapped(text: Text, console: Console, width: int) -> list[Text]:
    return list(text.wrap(console, max(10, width), tab_size=1))


def _isolated(line: Text) -> Text:
    """Return a line whose order is its own, whatever stands beside it."""
    return Text(LEFT + ISOLATE).append_text(line).append(END)
