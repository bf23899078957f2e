"""Who claims an incident or is accused of it, in which channel, in Arabic and English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from schemas import Claim
from streams.incidents.parties import Party
from streams.incidents.reading import Sentence
from streams.incidents.roles import Part
from streams.incidents.worded import Worded

_CLAIM = Worded(
    r"(?:(?:claim|accept|admit|acknowledg|assum|tak|took)\w*(?: the| full)?"
    r" (?:responsibility|credit|authorship|the attack|the bombing|the kidnapping)"
    r"|claimed (?:the )?\w+|admitted (?:to )?(?:having|killing|kidnapping|carrying out|planting)"
    r"|responsibility (?:was|has been) claimed|credit (?:was|has been) claimed"
    r"|(?:و|ف)?(?:تبني|تبنت|يتبني|تتبني)|اعلنت? مس[وء]وليت\w*"
    r"|اعلنت? \w+ (?:\w+ )?مس[وء]وليت\w*|مسووليته|مسووليتها)(?!\w)"
)
_NO_CLAIM = re.compile(
    r"(?<!\w)(?:no (?:group|one|organi[sz]ation|\w+ group)|nobody|not|denied|neither|لم|ولم|لا"
    r"|نفي|نفت)(?!\w)"
)
_ACCUSE = Worded(
    r"(?:accus(?:ed|es|ing)|blam(?:ed|es|ing)|attribut(?:ed|es|ing)(?: \w+){0,4} to"
    r"|pointed (?:the finger )?at|held|اتهم\w*|حملت? (?=\w+ (?:مسووليه))|اتهام|يتهم|تتهم"
    r"|تقف وراء)(?!\w)"
)
_HELD = re.compile(r"(?<!\w)responsible(?!\w)")
_IS_ACCUSED = re.compile(
    r" (?:\w+ )?(?:was|were|is|are|has been|have been)(?: \w+ly)?"
    r" (?:accused|blamed|suspected)(?!\w)"
)
_GROUPS = frozenset({"armed_group", "organization", "government", "security_force"})
REACH = 180
"""Characters between a claim and who makes it."""
NEAR = 60
"""Characters between an accusation and whom it names."""
_CHANNELS = (
    (re.compile(r"telegram|تليغرام|تلغرام|تيليغرام|تلجرام"), "Telegram", "website"),
    (re.compile(r"amaq|اعماق"), "Amaq News Agency", "website"),
    (re.compile(r"twitter|تويتر"), "Twitter", "website"),
    (re.compile(r"facebook|فيسبوك"), "Facebook", "website"),
    (re.compile(r"video|فيديو|شريط مصور|تسجيل مصور"), "video", "video"),
    (re.compile(r"phone|telephone|call(?:ed|er)|اتصال هاتفي|هاتفيا"), "telephone", "call"),
    (re.compile(r"letter|note|pamphlet|leaflet|رساله|منشور"), "letter", "letter"),
    (re.compile(r"website|internet|online|web site|موقع|الانترنت"), "website", "website"),
    (re.compile(r"statement|communique|بيان"), "statement", "other"),
)  # fmt: skip


def told(sentence: Sentence) -> bool:
    """Tell whether a sentence speaks of a claim or an accusation."""
    return sentence.find(_CLAIM) is not None or sentence.find(_ACCUSE) is not None


def claims(sentence: Sentence, found: Sequence[Party]) -> list[Part]:
    """Return who claims the incident of a sentence or is accused of it, among its parties."""
    return [*_claimed(sentence, found), *_accused(sentence, found)]


def _claimed(sentence: Sentence, found: Sequence[Party]) -> Iterator[Part]:
    if sentence.find(_CLAIM) is None:
        return
    text = sentence.folded.text
    groups = [p for p in found if p.kind in _GROUPS]
    for match in _CLAIM.pattern.finditer(text):
        if _NO_CLAIM.search(text[max(0, match.start() - 40) : match.start()]):
            continue
        near = min(groups, key=lambda p: abs(p.at - match.start()), default=None)
        if near is not None and abs(near.at - match.start()) < REACH:
            channel = next(((c, m) for pattern, c, m in _CHANNELS if pattern.search(text)), None)
            claim = Claim(
                confidence="claimed",
                channel=channel[0] if channel else None,
                mode=channel[1] if channel else None,
            )
            yield Part("claimant", near, "claim.responsibility", claim)


def _accused(sentence: Sentence, found: Sequence[Party]) -> Iterator[Part]:
    claim = Claim(confidence="accused")
    text = sentence.folded.text
    for match in _ACCUSE.pattern.finditer(text) if sentence.find(_ACCUSE) else ():
        if match.group() == "held" and not _HELD.search(text, match.end()):
            continue
        accused = next((p for p in found if p.at >= match.end() and p.kind != "facility"), None)
        if accused is not None and accused.at - match.end() < NEAR:
            yield Part("accused", accused, "claim.accused", claim)
    for party in found:
        if party.kind in _GROUPS and _IS_ACCUSED.match(text, party.to):
            yield Part("accused", party, "claim.is-accused", claim)
