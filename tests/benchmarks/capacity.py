"""The cost model: from measured costs of one article to workers, partitions, brokers and disks.

Pure arithmetic on `Measured`; `tests.benchmarks.sizing` measures and writes the page.
"""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from aiokafka.partitioner import murmur2

from streams.topics import ARTICLES, CONSUMED, INCIDENT_REPORTS, INCIDENT_REVISIONS, INCIDENTS

LOAD = 0.6
"""Share of a core that is planned for; the rest is for peaks, rebalances and catching up."""
SHORT_HOURS = 6
"""Retention of the internal topics where seven days would cost too much."""
COPIES = 3
BROKER_BYTES = 100e6
"""Bytes a broker is planned to write in a second, copies included (one NVMe disk, 10 GbE)."""
_DAY = 86_400
_PUBLISHED = (INCIDENTS.name, INCIDENT_REVISIONS.name)
_POSITIVE = 0x7FFFFFFF


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What one article costs; sizes in bytes, times in seconds of one core."""

    machine: str
    characters: int
    """Length of the articles."""
    stage_seconds: dict[str, float]
    """CPU of each stage's function for one article."""
    line_seconds: float
    """CPU of a worker for one article through all topics of a real Kafka."""
    resident_bytes: int
    """Resident memory of a worker under load."""
    article_bytes: dict[str, int]
    """What one article puts into each topic up to the entities, keys and headers included."""
    report_bytes: int
    revision_bytes: int
    zstd: float
    """What zstd leaves of a batch of the largest topic: a share."""
    merge_seconds: float
    """CPU of the merge for one report."""
    crowded_seconds: float
    """The same where hundreds of reports tell of like incidents in few towns."""
    state_bytes: int
    """Packed size of an open incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assumed:
    """What depends on the news, not on the program."""

    reports_per_article: float = 0.5
    """Incident reports in an article: a feed of conflict news; general news has far fewer."""
    articles_per_incident: float = 3.0
    silence_days: float = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a rate of articles needs."""

    rate: float
    cores: float
    workers: int
    partitions: int
    memory_bytes: float
    open_incidents: float
    state_bytes: float
    written: float
    """Bytes a second that reach Kafka, before copies."""
    brokers: int
    stored: float
    """Bytes on all brokers' disks with the declared retention, uncompressed."""
    stored_short: float
    """The same with zstd and `SHORT_HOURS` for the internal topics."""


def plan(measured: Measured, rate: float, assumed: Assumed | None = None) -> Plan:
    """Return what ``rate`` articles a second need."""
    assumed = assumed or Assumed()
    reports = rate * assumed.reports_per_article
    volumes = _volumes(measured, rate, reports)
    written = sum(volumes.values())
    cores = (rate * measured.line_seconds + reports * measured.merge_seconds) / LOAD
    workers = max(2, math.ceil(cores))
    still_open = reports / assumed.articles_per_incident * _DAY * assumed.silence_days
    return Plan(
        rate=rate,
        cores=cores,
        workers=workers,
        partitions=_partitions(workers),
        memory_bytes=workers * 1.5 * measured.resident_bytes,
        open_incidents=still_open,
        state_bytes=still_open * measured.state_bytes,
        written=written,
        brokers=max(3, math.ceil(written * measured.zstd * COPIES / BROKER_BYTES)),
        stored=COPIES * sum(volumes[t.name] * t.retention_ms / 1000 for t in CONSUMED),
        stored_short=COPIES
        * measured.zstd
        * sum(
            volumes[t.name] * (t.retention_ms / 1000 if t is ARTICLES else SHORT_HOURS * 3600)
            for t in CONSUMED
        ),
    )


def _volumes(measured: Measured, rate: float, reports: float) -> dict[str, float]:
    """Return the bytes a second that each topic takes."""
    volumes = {name: rate * size for name, size in measured.article_bytes.items()}
    volumes[INCIDENT_REPORTS.name] = reports * measured.report_bytes
    volumes |= dict.fromkeys(_PUBLISHED, reports * measured.revision_bytes)
    return volumes


def _partitions(workers: int) -> int:
    """Return a multiple of eight with room for half as many workers again."""
    return max(8, 8 * math.ceil(1.5 * workers / 8))


def revisions_a_year(measured: Measured, rate: float, assumed: Assumed | None = None) -> float:
    """Return the bytes of a year of revisions on all brokers, with zstd."""
    assumed = assumed or Assumed()
    each = measured.revision_bytes * COPIES * measured.zstd
    return rate * assumed.reports_per_article * each * 365 * _DAY


_CODES = (
    "IQ SY YE LY SD PS IL LB IR TR EG SA JO AE KW QA BH OM TN DZ MA MR SO DJ ET ER KE UG CD CF "
    "TD NE ML BF NG CM SN AF PK IN BD MM PH TH CN KP KR JP RU UA BY PL DE FR GB US MX CO VE HT"
)
COUNTRIES = tuple(_CODES.split())
"""Sixty countries that a feed about conflicts names, by ISO 3166-1."""


def partition(country: str, partitions: int) -> int:
    """Return where Kafka's clients put the reports of a country."""
    return int(murmur2(country.encode()) & _POSITIVE) % partitions


@dataclass(frozen=True, slots=True, kw_only=True)
class Skew:
    """How unevenly the merge is loaded when countries follow a power law."""

    exponent: float
    partitions: int
    first: float
    """Share of the reports that the first country has."""
    median: float
    """Share of the busiest partition, median over which countries are in the news."""
    worst: float
    """The same in one of twenty cases."""
    rate: float
    """Most articles a second that the busiest partition bears, on one core at `LOAD`."""
    crowded: float
    """The same when all its reports come from a crowd of like incidents."""


def skew(
    measured: Measured,
    *,
    exponent: float,
    partitions: int,
    draws: int = 500,
    assumed: Assumed | None = None,
) -> Skew:
    """Simulate the busiest partition: shares ``1 / rank ** exponent``, ranks drawn at random."""
    assumed = assumed or Assumed()
    weights = [1 / rank**exponent for rank in range(1, len(COUNTRIES) + 1)]
    shares = [weight / sum(weights) for weight in weights]
    draw = random.Random(7)
    busiest = sorted(
        _busiest(draw.sample(COUNTRIES, len(COUNTRIES)), shares, partitions) for _ in range(draws)
    )
    worst = busiest[math.ceil(0.95 * draws) - 1]
    bears = LOAD / (assumed.reports_per_article * worst)
    return Skew(
        exponent=exponent,
        partitions=partitions,
        first=shares[0],
        median=statistics.median(busiest),
        worst=worst,
        rate=bears / measured.merge_seconds,
        crowded=bears / measured.crowded_seconds,
    )


def _busiest(ranked: Sequence[str], shares: Sequence[float], partitions: int) -> float:
    loads = [0.0] * partitions
    for country, share in zip(ranked, shares, strict=True):
        loads[partition(country, partitions)] += share
    return max(loads)
