"""Words of violence that tell none: weapons that only lie somewhere, deeds in the infinitive."""

from __future__ import annotations

import re
from collections import deque

from streams.incidents.lexicon import Trigger

REACH = 300
"""Characters before a weapon within which a find or a list speaks of it."""

_WEAPON = re.compile(
    r"(?:(?:hand|rifle|fragmentation|homemade|car|time|petrol|pipe|nail|fire|truck)[ -]?)*"
    r"(?:grenades?|(?:petrol|fire|car|time|pipe|nail|truck)?[ -]?bombs?|dynamite|explosive devices?"
    r"|explosives?(?: charges?)?|ieds?|improvised explosive devices?|(?:land ?-?"
    r"|anti-?personnel )?mines?|grenade ?-?launchers?|rpgs?|rocket[ -]propelled grenades?"
    r"|mortars|heavy weapons)"
)
_FOUND = re.compile(
    r"(?<!\w)(?:seiz\w*|confiscat\w*|captur\w*|recover\w*|found|finding|discover\w*|surrender\w*"
    r"|smuggl\w*|traffick\w*|caches?|suppl(?:y|ies|ied)|shipments?|deliver\w*|possess\w*|bought|buy"
    r"|sold|carrying|stor\w+|consist\w* of|inventory|arsenal|warehouse|safe house|turned in"
    r"|handed over|stole|stolen|transport\w*|load(?:ed)?|hidden|defus\w*|deactivat\w*"
    r"|disarm\w*|dismantl\w*)(?!\w)"
)
_WENT_OFF = re.compile(
    r"(?<!\w)(?:explod\w*|explosions?|detonat\w*|went off|goes off|blew|blown|blasts?|thr[eo]w\w*"
    r"|hurl\w*|lobb\w*|toss\w*|plant\w*|plac\w*|attack\w*|dropp\w*|kill\w*|wound\w*|injur\w*|destroy\w*|damag\w*"
    r"|targeted|struck|hit|fired|using|used|set off|failed to|ambush\w*|clash\w*|fought)(?!\w)"
)
_LISTED = re.compile(r"(?:\d[\d,]* |, (?:and )?| and )(?:[\w-]+ ){0,3}$")
_FIGURE = re.compile(r"(?:social|political|ticking|demographic|economic|diplomatic) $")


def only_lies_there(text: str, start: int, end: int, trigger: Trigger) -> bool:
    """Tell whether a bare English weapon is only found, listed or a figure of speech."""
    words = text[start:end]
    if trigger.cls.gtd != EXPLOSION or _WEAPON.fullmatch(words) is None:
        return False
    before = text[max(0, start - REACH) : start]
    if _FIGURE.search(before):
        return True
    found = next(iter(deque(_FOUND.finditer(before), maxlen=1)), None)
    after = text[end : end + REACH // 2]
    if found is None:
        tail = _FOUND.search(text, end, end + 60)
        return (
            tail is not None
            and _WENT_OFF.search(before) is None
            and _WENT_OFF.search(text, end, tail.end()) is None
        )
    between = before[found.end() :]
    listed = _LISTED.search(before) is not None or len(between) < SHORT
    return listed and _WENT_OFF.search(between) is None and _WENT_OFF.match(after.lstrip()) is None


EXPLOSION = 3
"""GTD's attack type of bombings and explosions."""

SHORT = 60
"""Characters between a verb of finding and the thing found."""

_TO = re.compile(r"(?:^|(?P<word>[\w'’-]+)[,\"”]? )to (?:\w+ly |also |then |even )?$")
_HAPPENED = re.compile(
    r"began|begun|begin|started|starting|continued|continue|continues|proceeded|managed"
    r"|went|going|used|came|forced|compelled|obliged|led|leads|leading|lead|due"
    r"|response|reaction|addition|subjected|subject|exposed|contributed|related|linked"
    r"|prior|thanks|relation|according|resorted|close|similar|compared|contrary|witness"
    r"|testified|up|end|amounted|responded|resulting|next|able|failed|tried|attempted"
    r"|trying|attempting|refused|dared|return|returned|back|belonging|condemned|resort"
)
"""Words before "to" after which a deed happened, or after which "to" leads to a noun."""


def only_intended(text: str, start: int, head: str) -> bool:
    """Tell whether an English verb stands in the infinitive of an aim ("arms to kill")."""
    if head.endswith(("ed", "ing", "s")):
        return False
    to = _TO.search(text[max(0, start - 40) : start])
    return to is not None and _HAPPENED.fullmatch(to.group("word") or "") is None
