"""Software bill of materials of the image, CycloneDX JSON: ``python -m streams.operations.sbom``.

The packages are those of ``deploy/requirements.lock`` but what the Containerfile takes out
again; their licences are read from the environment it runs in, which must hold them
(``deploy/venv tests/requirements.lock``).  The scripts of the dashboard, which no package
manager knows, are added from the table beside them.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import orjson

ROOT = Path(__file__).parents[2]
LOCK = ROOT / "deploy" / "requirements.lock"
CONTAINERFILE = ROOT / "deploy" / "Containerfile"
VENDORED = ROOT / "streams" / "dashboard" / "static" / "vendor" / "README.md"
_PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+)", re.MULTILINE)
_ROW = re.compile(r"^\| \S+ \| (\S+) (\S+) \| (.+) \|$", re.MULTILINE)


def normal(name: str) -> str:
    """Return a package's name as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def shipped() -> dict[str, str]:
    """Return the packages of the image and their versions."""
    pinned = {normal(name): version for name, version in _PINNED.findall(LOCK.read_text("utf-8"))}
    removed = re.search(r"pip uninstall --yes ([^\n]+)", CONTAINERFILE.read_text("utf-8"))
    for name in removed[1].split() if removed else ():
        pinned.pop(normal(name), None)
    return pinned


def _environment() -> dict[str, Any]:
    """Return the bill of everything installed where this runs."""
    command = [
        *(sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"),
        *("--pyproject", str(ROOT / "pyproject.toml"), "--spec-version", "1.6", sys.executable),
    ]
    done = subprocess.run(command, capture_output=True, check=True)  # noqa: S603  # our own words
    bill: dict[str, Any] = orjson.loads(done.stdout)
    return bill


def _scripts() -> Iterator[dict[str, Any]]:
    for name, version, licence in _ROW.findall(VENDORED.read_text("utf-8")):
        if version[0].isdigit():
            link = f"pkg:npm/{name.replace('@', '%40')}@{version}"
            yield {
                "bom-ref": link,
                "type": "library",
                "name": name,
                "version": version,
                "licenses": [{"license": {"name": licence}}],
                "purl": link,
            }


def bill() -> dict[str, Any]:
    """Return the bill of materials.

    Raises:
        LookupError: the environment lacks a package of the lock, or has it in another version.
    """
    wanted, made = shipped(), _environment()
    kept = [c for c in made["components"] if wanted.get(normal(c["name"])) == c["version"]]
    missing = wanted.keys() - {normal(c["name"]) for c in kept}
    if missing:
        raise LookupError(f"not installed as locked: {', '.join(sorted(missing))}")
    refs = {c["bom-ref"] for c in kept} | {made["metadata"]["component"]["bom-ref"]}
    edges = [
        one | {"dependsOn": [ref for ref in one.get("dependsOn", ()) if ref in refs]}
        for one in made["dependencies"]
        if one["ref"] in refs
    ]
    scripts = list(_scripts())
    edges += [{"ref": one["bom-ref"]} for one in scripts]
    return made | {"components": [*kept, *scripts], "dependencies": edges}


def main() -> None:
    """Write the bill to standard output."""
    sys.stdout.buffer.write(orjson.dumps(bill(), option=orjson.OPT_INDENT_2) + b"\n")


if __name__ == "__main__":
    main()
