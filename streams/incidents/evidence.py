"""Gathers the words that support each field of a report, each piece once."""

from __future__ import annotations

from dataclasses import dataclass, field

from schemas import AnnotatedArticle, Entity, Evidence
from streams.incidents.telling import Gathered, Telling


@dataclass(slots=True)
class Notes:
    """Evidence as it is gathered, each piece once."""

    article: AnnotatedArticle
    pieces: dict[tuple[str, str, int, int], Evidence] = field(default_factory=dict)

    def add(
        self, supports: str, telling: Telling, start: int, end: int, rule: str
    ) -> Evidence:  # path, place, rule
        """Note that the words from ``start`` to ``end`` support a field."""
        sentence = telling.sentence
        segment = sentence.segment
        key = (supports, segment.field, start, end)
        known = self.pieces.get(key)
        if known is not None:
            return known
        source = (self.article.title or "") if segment.field == "title" else self.article.text
        _, speaker = sentence.voice_at(start)
        one = Evidence(
            supports=supports, article_id=self.article.article_id, field=segment.field, start=start,
            end=end, text=source[start:end], language=segment.language,
            needs_translation=segment.needs_translation, segment_kind=segment.kind,
            speaker=speaker, context=sentence.text, context_start=sentence.start, rule=rule,
        )  # fmt: skip
        self.pieces[key] = one
        return one

    def entity(self, supports: str, one: Gathered, entity: Entity) -> None:
        """Note that an entity supports a field."""
        telling = telling_of(one, entity)
        if telling is not None:
            self.add(supports, telling, entity.start, entity.end, entity.rule)
            return
        key = (supports, entity.field, entity.start, entity.end)
        if key in self.pieces:
            return
        segment = next(s for s in self.article.segments if s.index == entity.segment)
        piece = Evidence(
            supports=supports, article_id=self.article.article_id, field=entity.field,
            start=entity.start, end=entity.end, text=entity.text, language=segment.language,
            needs_translation=segment.needs_translation, segment_kind=segment.kind,
            rule=entity.rule,
        )  # fmt: skip
        self.pieces[key] = piece


def telling_of(one: Gathered, entity: Entity) -> Telling | None:
    """Return the telling of an incident in whose sentence an entity stands."""
    return next(
        (
            t
            for t in one.tellings
            if t.sentence.segment.index == entity.segment
            and t.sentence.start <= entity.start < t.sentence.end
        ),
        None,
    )
