import orjson

from schemas.asyncapi import TOPICS, document
from schemas.publish import FOLDER, PUBLISHED
from streams.topics import TOPICS as DECLARED


def test_the_document_tells_the_topics_as_they_are_declared() -> None:
    told = {name: (topic, key) for name, (topic, key, _, _) in TOPICS.items()}
    declared = {t.contract: (t.name, t.key) for t in DECLARED}

    assert told == {name: declared[contract] for name, contract in PUBLISHED.items()}


def test_what_is_published_is_what_the_code_says() -> None:
    assert orjson.loads((FOLDER.parent / "asyncapi.json").read_bytes()) == document()
