"""A toll: a group of people and the harm they came to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from schemas.entity import Harm
from streams.entities.casualties_people import Item

GROUPS = "NSUPX"
"""Letters of groups of people, as `casualties_people` gives them."""


@dataclass(slots=True)
class Toll:
    """A group, its harm and the rule that says so; ``total`` is the group it is part of."""

    group: Item
    harm: Harm
    rule: str
    total: Item | None = None
    cumulative: bool = False
    none: bool = False
    """Whether nobody came to harm; the span is the group's."""
    together: bool = False
    """Whether the number counts people of two harms together (killed and wounded)."""


def risen(group: Item) -> Item:
    """Return a group whose two numbers are an old toll and a new one ("from 20 to 30"), as new."""
    if group.best is None or group.most in {None, group.best}:
        return group
    return replace(group, least=group.most, best=group.most, qualifier="exactly")
