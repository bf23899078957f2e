"""Speed of the incident stage alone: annotated articles of 3,300 characters a second, one core.

Run with ``python -m tests.benchmarks.incidents``; ``--profile`` prints where the time goes.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats

from schemas import Article
from streams.entities import annotate
from streams.incidents import extract
from streams.segmentation import segment
from streams.translation import flag
from tests.benchmarks.segmentation import measure, sample

PROFILED = 50
"""Runs under the profiler."""


def main() -> None:
    """Print the rate of the best and the median round."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--profile", action="store_true")
    given = parser.parse_args()
    article = annotate(flag(segment(Article(article_id="a", text=sample()))))
    best, median = measure(lambda: extract(article))
    print(f"incidents: {best:.0f} articles/s in the best round, {median:.0f} in the median one")
    if given.profile:
        profile = cProfile.Profile()
        profile.enable()
        for _ in range(PROFILED):
            extract(article)
        profile.disable()
        pstats.Stats(profile).sort_stats("cumulative").print_stats(40)


if __name__ == "__main__":
    main()
