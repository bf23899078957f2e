"""The code lists that events are classified by, spelt as their owners spell them.

Sources: ACLED codebook (event and sub-event types, interaction and precision codes),
PLOVER manual (events and modes), GTD codebook (attack and weapon types, claim modes).
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

EventType = Literal[
    "Battles",
    "Explosions/Remote violence",
    "Violence against civilians",
    "Protests",
    "Riots",
    "Strategic developments",
]
SubEventType = Literal[
    "Armed clash",
    "Government regains territory",
    "Non-state actor overtakes territory",
    "Chemical weapon",
    "Air/drone strike",
    "Suicide bomb",
    "Shelling/artillery/missile attack",
    "Remote explosive/landmine/IED",
    "Grenade",
    "Sexual violence",
    "Attack",
    "Abduction/forced disappearance",
    "Peaceful protest",
    "Protest with intervention",
    "Excessive force against protesters",
    "Violent demonstration",
    "Mob violence",
    "Agreement",
    "Arrests",
    "Change to group/activity",
    "Disrupted weapons use",
    "Headquarters or base established",
    "Looting/property destruction",
    "Non-violent transfer of territory",
    "Other",
]
PloverEvent = Literal[
    "AGREE",
    "CONSULT",
    "SUPPORT",
    "CONCEDE",
    "COOPERATE",
    "AID",
    "RETREAT",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "PROTEST",
    "SANCTION",
    "MOBILIZE",
    "COERCE",
    "ASSAULT",
]
Stage = Literal["completed", "attempted", "foiled", "threatened", "ongoing"]
Realis = Literal["actual", "historical", "hypothetical", "denied"]
GtdAttackType = Annotated[int, Field(ge=1, le=9)]
"""1 assassination, 2 armed assault, 3 bombing, 4 hijacking, 5 hostages (barricade),
6 hostages (kidnapping), 7 facility attack, 8 unarmed assault, 9 unknown."""
GtdWeaponType = Annotated[int, Field(ge=1, le=13)]
"""1 biological, 2 chemical, 3 radiological, 4 nuclear, 5 firearms, 6 explosives, 7 fake,
8 incendiary, 9 melee, 10 vehicle, 11 sabotage equipment, 12 other, 13 unknown."""
AcledInteraction = Annotated[int, Field(ge=1, le=8)]
"""1 state forces, 2 rebels, 3 political militia, 4 identity militia, 5 rioters,
6 protesters, 7 civilians, 8 external or other forces."""
Role = Literal["perpetrator", "claimant", "accused", "accuser", "responder", "target", "victim"]
ActorKind = Literal[
    "person",
    "people",
    "armed_group",
    "security_force",
    "government",
    "organization",
    "facility",
    "vehicle",
    "location",
]
ClaimConfidence = Literal["claimed", "accused", "suspected", "confirmed"]
