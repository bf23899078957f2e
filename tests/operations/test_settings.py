"""Settings come from NEWS_ variables alone; Faust reads nothing behind our back."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import faust.types._env
import orjson
import pytest
from faust.types.settings import Settings as FaustSettings

from streams.settings import BadSetting, Settings, table

_SHOW = """
import orjson, sys
from streams.app import create_app
from streams.settings import Settings
conf = create_app(Settings.load()).conf
values = {name: repr(getattr(conf, name)) for name in sorted(conf.SETTINGS)}
sys.stdout.buffer.write(orjson.dumps(values))
"""
_CHANGES_BY_ITSELF = re.compile(r"0x[0-9a-f]+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def _environment(**more: str) -> dict[str, str]:
    own = {k: v for k, v in os.environ.items() if not re.match(r"NEWS_|FAUST_|F_", k)}
    return own | more


def _faust_settings(environment: Mapping[str, str], folder: Path) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _SHOW],
        env=environment,
        cwd=folder,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    values: dict[str, str] = orjson.loads(done.stdout)
    return {name: _CHANGES_BY_ITSELF.sub("", value) for name, value in values.items()}


def _faust_variables() -> set[str]:
    """Return every variable that Faust reads: those of its settings and those of its import."""
    names = {setting.env_name for setting in FaustSettings.SETTINGS.values() if setting.env_name}
    source = Path(faust.types._env.__file__).read_text("utf-8")
    bare = set(re.findall(r'_getenv\(\s*"([A-Z_]+)"', source))
    return names | {prefix + name for prefix in ("FAUST_", "F_") for name in bare}


def test_no_variable_of_faust_changes_how_the_worker_is_set(tmp_path: Path) -> None:
    hostile = dict.fromkeys(_faust_variables(), "7")
    assert {"BROKER_URL", "FAUST_STRICT", "F_WEB_PORT"} <= hostile.keys()

    ours = _faust_settings(_environment(), tmp_path)
    theirs = _faust_settings(_environment(**hostile), tmp_path)

    assert {k: v for k, v in theirs.items() if v != ours[k]} == {}


def test_a_loop_of_faust_is_not_taken_from_the_environment(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "streams", "worker"],
        env=_environment(FAUST_LOOP="none-such", NEWS_BROKER="kafka://127.0.0.1:1")
        | {"NEWS_WEB_PORT": "0", "NEWS_DATA_DIRECTORY": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )

    assert done.returncode == 1
    assert "Kafka does not answer" in done.stderr
    assert "none-such" not in done.stderr


def test_an_unknown_variable_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWS_BORKER", "kafka://x:1")

    with pytest.raises(BadSetting, match=r"NEWS_BORKER is no setting; `incident-streams settings`"):
        Settings.load()


def test_every_setting_says_what_it_means() -> None:
    rows = table(Settings())

    assert {name for name, *_ in rows} == {f"NEWS_{n.upper()}" for n in Settings.model_fields}
    assert all(len(meaning) > 10 and meaning.endswith(".") for *_, meaning in rows)
