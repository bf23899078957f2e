"""The lines of a text with their offsets; lines that a feed has wrapped are one again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import NamedTuple

from schemas.segment import SegmentKind
from streams.segmentation.signs import ends_inside, has_any, marks_in
from streams.segmentation.wrapping import Row, paragraphs
from streams.text.fold import Folded, fold, join_folds

_ARABIC_LEADS = bytes(range(0xD8, 0xDC))
_LETTER_LEADS = bytes((*range(0x61, 0x7B), *range(0xC3, 0xDC), 0xE0, 0xE1, *range(0xE3, 0xEE)))
"""First bytes in UTF-8 of the letters of the Arabic block, and of letters of any script."""

INVISIBLE = (
    "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\x00 \t\u00a0"
)
"""Controls that nobody sees, and the spaces that may stand between them."""
_POSITION = itemgetter(0)

Piece = tuple[int, int, int]
"""Position in what is read, and the source span that stands for it from there on.

A span as long as what is read from it maps character by character, any other as a whole.
"""


@dataclass(slots=True)
class Line:
    """A stretch of text as a reader sees it, without white space around it, and its source."""

    text: str
    pieces: tuple[Piece, ...]
    shift: int | None
    """What to add to a position in the text to have its source, if that is all it takes."""
    folded: Folded
    arabic: bool
    """Whether most letters are Arabic."""
    quoted: bool
    """Whether it has a quotation mark."""
    ends: bool
    """Whether something that may end a sentence stands before its last character."""
    tokens: bool
    """Whether it has the mark of a hashtag, a handle or a link."""
    blank: bool = False
    """Whether a gap parts it from the line before."""
    kind: SegmentKind | None = None
    """What the markup says it is."""
    linked: bool = False
    """Whether nothing but a link was in it, says the markup."""

    @property
    def start(self) -> int:
        """Where it starts in the source."""
        return self.pieces[0][1]

    @property
    def end(self) -> int:
        """Where it ends in the source."""
        return self.pieces[-1][2]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of ``text[start:end]``, which must not be empty."""
        shift = self.shift
        if shift is not None:
            return start + shift, end + shift
        begin, first, last = self._piece(start)
        head = first if self._whole(begin, first, last) else first + start - begin
        begin, first, last = self._piece(end - 1)
        return head, last if self._whole(begin, first, last) else first + end - begin

    def _piece(self, position: int) -> Piece:
        return self.pieces[bisect_right(self.pieces, position, key=_POSITION) - 1]

    def _whole(self, begin: int, first: int, last: int) -> bool:
        """Whether a piece maps as a whole."""
        after = bisect_right(self.pieces, begin, key=_POSITION)
        end = self.pieces[after][0] if after < len(self.pieces) else len(self.text)
        return last - first != end - begin


class Stretch(NamedTuple):
    """What `Line` says of a line before it is folded."""

    text: str
    pieces: tuple[Piece, ...]
    blank: bool = False
    kind: SegmentKind | None = None
    linked: bool = False


def lines(text: str) -> list[Line]:
    """Return the lines of a plain text that hold more than white space, in order.

    Invisible characters around a line belong to its source span, not to its text; those in
    a line by themselves belong to the line before, or else the one after.
    """
    found: list[Row] = []
    start = lead = 0
    gap = False
    for row in text.splitlines(keepends=True):
        begin, start = start, start + len(row)
        stripped = row.strip()
        if not stripped:
            gap = True
            continue
        if row[0] != stripped[0]:
            begin += len(row) - len(row.lstrip())
        seen = stripped
        if stripped[0] in INVISIBLE or stripped[-1] in INVISIBLE:
            seen = stripped.strip(INVISIBLE)
        end = begin + len(stripped)
        if not seen:
            _keep(found, end)
            lead = lead if found else lead or begin + 1
            gap = True
            continue
        at = begin if seen is stripped else begin + stripped.index(seen[0])
        first = lead - 1 if lead and not found else begin
        found.append(Row(seen, at, first, end, gap and bool(found), row[0] != stripped[0]))
        gap = False
    if lead and not found:
        stripped = text.strip()
        at = text.index(stripped[0])
        found.append(Row(stripped, at, at, at + len(stripped), blank=False, indented=False))
    return read([_joined(rows) for rows in paragraphs(found)])


def _keep(found: list[Row], end: int) -> None:
    """Let the last row reach to ``end``."""
    if found:
        found[-1] = found[-1]._replace(end=end)


def read(stretches: Sequence[Stretch]) -> list[Line]:
    """Return stretches as lines, folded, their script and what may be in them told."""
    texts = [one.text for one in stretches]
    whole = "\n".join(texts)
    folds = fold(whole).parts(map(len, texts))
    quotes, ends, tokens = marks_in(whole)
    return [
        Line(
            text,
            pieces,
            _shift(text, pieces),
            folded,
            is_arabic(folded.text),
            has_any(quotes, text),
            ends_inside(ends, text),
            has_any(tokens, text),
            blank,
            kind,
            linked,
        )
        for (text, pieces, blank, kind, linked), folded in zip(stretches, folds, strict=True)
    ]


def _shift(text: str, pieces: tuple[Piece, ...]) -> int | None:
    if len(pieces) > 1:
        return None
    _, start, end = pieces[0]
    return start if end - start == len(text) else None


def merged(group: Sequence[Line], kind: SegmentKind) -> Line:
    """Return lines that follow each other as one of a kind, each break a newline."""
    if len(group) == 1:
        return replace(group[0], kind=kind, linked=False)
    text = "\n".join([line.text for line in group])
    pieces = _pieces(group)
    folded = join_folds([line.folded for line in group], [len(line.text) for line in group])
    return Line(
        text,
        pieces,
        _shift(text, pieces),
        folded,
        is_arabic(folded.text),
        quoted=any(line.quoted for line in group),
        ends=True,
        tokens=any(line.tokens for line in group),
        blank=group[0].blank,
        kind=kind,
    )


def _pieces(group: Sequence[Line]) -> tuple[Piece, ...]:
    """Return the pieces of lines that follow each other: one, where one newline parts each two."""
    pieces: list[Piece] = []
    at = 0
    straight = True
    for line in group:
        if pieces:
            straight = straight and line.start == pieces[-1][2] + 1
            pieces.append((at - 1, pieces[-1][2], line.start))
        straight = straight and line.shift is not None
        pieces += [(at + position, begin, end) for position, begin, end in line.pieces]
        at += len(line.text) + 1
    return ((0, pieces[0][1], pieces[-1][2]),) if straight else tuple(pieces)


def is_arabic(folded: str) -> bool:
    """Tell whether most letters of a folded text are Arabic."""
    if folded.isascii():
        return False
    encoded = folded.encode("utf-8", "surrogatepass")
    arabic = len(encoded) - len(encoded.translate(None, _ARABIC_LEADS))
    if 2 * arabic > len(folded):
        return True
    return 2 * arabic > len(encoded) - len(encoded.translate(None, _LETTER_LEADS))


def _joined(rows: Sequence[Row]) -> Stretch:
    first = rows[0]
    if len(rows) == 1 and len(first.text) == first.end - first.start:
        return Stretch(first.text, ((0, first.start, first.end),), first.blank)
    pieces: list[Piece] = []
    at = 0
    for row in rows:
        if pieces:
            pieces.append((at - 1, pieces[-1][2], row.start))
        finish = row.at + len(row.text)
        if row.start < row.at:
            pieces.append((at, row.start, row.at))
        pieces.append((at, row.at, finish))
        at += len(row.text)
        if finish < row.end:
            pieces.append((at, finish, row.end))
        at += 1
    text = first.text if len(rows) == 1 else " ".join(row.text for row in rows)
    return Stretch(text, tuple(pieces), first.blank)
