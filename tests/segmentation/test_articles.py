"""Whole articles, block by block: what each block is stands above it in `articles/`."""

from pathlib import Path

import pytest

from schemas import Article
from streams.segmentation import segment

FILES = sorted(Path(__file__).with_name("articles").glob("*.txt"))


def read(path: Path) -> tuple[str, list[tuple[str, str]]]:
    """Return an article's text and its blocks."""
    kinds: list[str] = []
    bodies: list[list[str]] = []
    for line in path.read_text("utf-8").split("\n")[:-1]:
        if line.startswith("=== "):
            kinds.append(line.removeprefix("=== "))
            bodies.append([])
        else:
            bodies[-1].append(line)
    text = "\n".join(line for body in bodies for line in body)
    return text, [(k, "\n".join(b).strip()) for k, b in zip(kinds, bodies, strict=True)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_article_comes_apart_into_the_blocks_that_a_reader_sees(path: Path) -> None:
    text, blocks = read(path)

    found = segment(Article(article_id="a", text=text)).segments

    assert [(s.kind, text[s.start : s.end]) for s in found] == blocks


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
@pytest.mark.parametrize("line_end", ["\r\n", "\u2028", "\n\u200b"])
def test_the_line_ends_of_the_feed_change_no_block(path: Path, line_end: str) -> None:
    text, blocks = read(path)
    other = text.replace("\n", line_end)

    found = segment(Article(article_id="a", text=other)).segments

    texts = [other[s.start : s.end].replace(line_end, "\n").strip("\u200b\n ") for s in found]
    assert list(zip((s.kind for s in found), texts, strict=True)) == blocks
