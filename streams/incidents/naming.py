"""One person under several wordings: "Mr Halabi" later in an article is its "Samir al-Halabi"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from schemas import AnnotatedArticle, Entity
from streams.incidents.parties import Party
from streams.text.fold import fold_name


def full_names(article: AnnotatedArticle) -> dict[str, Entity]:
    """Return for each short name of a person the one longer name that holds it, by folded name."""
    people: dict[str, Entity] = {}
    for entity in article.entities:
        if entity.type == "person":
            people.setdefault(fold_name(entity.text), entity)
    words = {name: frozenset(name.split()) for name in people}
    bearers: dict[str, list[str]] = {}
    for name, mine in words.items():
        for word in mine:
            bearers.setdefault(word, []).append(name)
    full: dict[str, Entity] = {}
    for name, mine in words.items():
        longer = [n for n in bearers[next(iter(mine))] if mine < words[n]] if mine else []
        if longer:
            best = max(longer, key=lambda n: (len(words[n]), -people[n].start))
            if all(words[other] <= words[best] for other in longer):
                full[name] = people[best]
    return full


def full_named(party: Party, full: dict[str, Entity]) -> Party:
    """Return a person as the article names it in full; any other party as it is."""
    entity = full.get(fold_name(party.text)) if party.kind == "person" else None
    if entity is None:
        return party
    canonical = entity.canonical
    return replace(
        party,
        text=entity.text,
        name=canonical.name if canonical else entity.text,
        native_name=(canonical.native_name if canonical else None)
        or (entity.text if party.native_name is not None else None),
        canonical_id=canonical.id if canonical else party.canonical_id,
    )


def wordings(texts: Iterable[str]) -> tuple[str, ...]:
    """Return the wordings in order, each once, without those that are part of a longer one."""
    unique: dict[str, str] = {}
    for text in texts:
        unique.setdefault(f" {fold_name(text)} ", text)
    return tuple(
        text
        for folded, text in unique.items()
        if not any(folded != other and folded in other for other in unique)
    )
