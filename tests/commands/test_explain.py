import io
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.console import Console
from typer.testing import CliRunner

from schemas import AnnotatedArticle, Contract, IncidentReport
from streams.__main__ import app
from streams.commands.explain import CLOSE, END, ISOLATE, LEFT, OPEN, explain
from streams.commands.process import run
from streams.errors import PermanentError
from streams.pipeline import PIPELINE
from streams.reception import article_of

TEXT = """Five soldiers killed in Ramadi

قُتل خمسة جنود صباح يوم الاثنين 9 آذار 2026 إثر تفجير سيارة مفخخة عند مدخل مدينة الرمادي.

Gunmen attacked a police station in Hit on 9 March 2026, wounding two officers."""
ANSI = re.compile(r"\x1b\[[0-9;]*m")


def made(text: str) -> list[Contract]:
    return run(article_of({"text": text, "article_id": "a"}), PIPELINE, {"targets": ("en",)})


def printed(text: str, *, width: int = 130, colours: bool = False) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        width=width,
        force_terminal=colours,
        color_system="truecolor" if colours else None,
        highlight=False,
    )
    explain(made(text), console)
    return out.getvalue()


def articles_side(output: str) -> str:
    """Return what stands in the isolates that open a line: the article's own words."""
    lines = ANSI.sub("", output).splitlines()
    ours = [line for line in lines if line.startswith(LEFT + ISOLATE)]
    return " ".join(line[2 : line.index(END)] for line in ours)


@pytest.mark.parametrize("width", [60, 130, 200])
def test_the_marks_are_all_that_is_added_to_the_text(width: int) -> None:
    ours = articles_side(printed(TEXT, width=width)).replace(OPEN, "").replace(CLOSE, "")
    assert ours.split() == TEXT.split()


def test_a_terminal_with_colours_leaves_the_text_without_brackets() -> None:
    output = printed(TEXT, colours=True)
    assert OPEN not in output
    assert "\x1b[1;32m" in output
    assert articles_side(output).split() == TEXT.split()


def test_the_words_of_evidence_are_marked_where_they_stand() -> None:
    output = printed(TEXT, width=400)
    reports = [value for value in made(TEXT) if isinstance(value, IncidentReport)]
    assert reports
    for report in reports:
        assert f"{OPEN}{report.trigger.text}{CLOSE}" in output


def test_the_record_stands_beside_the_text_with_its_rules() -> None:
    output = printed(TEXT)
    row = next(line for line in output.splitlines() if "Bombing in Ramadi" in line)
    assert row.startswith(LEFT + ISOLATE)
    assert row.index(END) < row.index("│") < row.index("Bombing in Ramadi")
    assert "casualties.killed ← " in output
    assert "trigger.tafjir" in output


def test_every_line_of_the_article_is_an_isolate_closed_on_its_line() -> None:
    for line in printed(TEXT + "\n\n\u202eقال الشاهد ذلك").splitlines():
        assert line.count(ISOLATE) == line.count(END)


def test_control_characters_are_shown_and_not_obeyed() -> None:
    output = printed("Gunmen killed two men in Basra \x1b]0;owned\x07\x9b2J on Monday.")
    assert "\x1b" not in output
    assert "\x9b" not in output
    assert "\ufffd]0;owned\ufffd" in output


def test_an_article_without_an_incident_says_so() -> None:
    assert "No incident." in printed("The library in Basra opens again in spring.")


@settings(deadline=None, max_examples=40)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=80).filter(str.strip))
def test_any_article_is_explained(text: str) -> None:
    try:
        values = made(text)
    except PermanentError:
        return  # what the door turns away is not explained
    segments = next(v for v in values if isinstance(v, AnnotatedArticle)).segments
    assert printed(text).count("── ") >= len(segments)


def test_the_command_explains_a_file(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(TEXT, encoding="utf-8")
    done = CliRunner().invoke(app, ["process", str(path), "--explain"])
    assert done.exit_code == 0
    assert OPEN in done.output
    assert "trigger, " in done.output


def test_explaining_goes_alone(tmp_path: Path) -> None:
    path = tmp_path / "one.txt"
    path.write_text(TEXT, encoding="utf-8")
    for more in (["--merge"], ["--through", "entities"]):
        done = CliRunner().invoke(app, ["process", str(path), "--explain", *more])
        assert done.exit_code == 2
