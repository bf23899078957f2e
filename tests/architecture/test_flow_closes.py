import subprocess
import sys
from itertools import pairwise

import schemas
from streams.pipeline import PIPELINE
from streams.topics import INCIDENT_REPORTS, TOPICS, dead_letter_topics


def test_each_stage_produces_what_the_next_consumes() -> None:
    for before, after in pairwise(PIPELINE):
        assert before.produces is after.consumes
    assert PIPELINE[-1].produces is INCIDENT_REPORTS


def test_every_contract_that_is_exported_is_frozen() -> None:
    for name in schemas.__all__:
        value = getattr(schemas, name)
        if isinstance(value, type):
            assert value.model_config["frozen"] is True


def test_topic_names_are_legal_and_unique() -> None:
    names = [topic.name for topic in TOPICS] + list(dead_letter_topics())

    assert len(set(names)) == len(names)
    assert all(c.isalnum() or c in ".-" for name in names for c in name)


def test_the_pipeline_imports_without_faust() -> None:
    code = "import sys, streams.pipeline; sys.exit('faust' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
