"""What checkov has to say of the rendered manifests and of the Containerfile."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.deploy.test_deploy import DEPLOY, OVERLAYS, rendered

CHECKOV = Path(sys.executable).parents[1] / "checkov" / "bin" / "checkov"
"""In an environment of its own, for it pins what ours has newer; `./tests/run deploy` makes it."""
CONFIGURATION = Path(__file__).parent / "checkov.yaml"


@pytest.mark.long
@pytest.mark.parametrize("overlay", ["local", "production"])
def test_checkov_finds_nothing_but_what_we_answer_for(overlay: str, tmp_path: Path) -> None:
    if not CHECKOV.exists():
        pytest.skip("checkov is not installed; `./tests/run deploy` does it")
    path = tmp_path / "rendered.yaml"
    path.write_text(yaml.safe_dump_all(rendered(OVERLAYS / overlay)))
    (tmp_path / "Dockerfile").write_text((DEPLOY / "Containerfile").read_text())

    done = subprocess.run(
        [CHECKOV, "--config-file", CONFIGURATION, "--directory", tmp_path],
        env={"PATH": os.environ["PATH"], "HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAILED" not in done.stdout
