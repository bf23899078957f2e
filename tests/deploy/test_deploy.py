import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from streams.operations.catalogue import CATALOGUE
from streams.operations.metrics import Metrics
from streams.operations.strimzi import topics_yaml, user_yaml
from streams.settings import Settings

DEPLOY = Path(__file__).parents[2] / "deploy"
MONITORING = DEPLOY / "monitoring"
OVERLAYS = DEPLOY / "kubernetes" / "overlays"
BIN = Path(sys.executable).parent


def run(*command: str | Path, stdin: bytes | None = None) -> str:
    """Return what a tool prints; fail with it where the tool complains."""
    done = subprocess.run([str(c) for c in command], input=stdin, capture_output=True, check=False)
    said = (done.stdout + done.stderr).decode()
    assert done.returncode == 0, said
    return done.stdout.decode()


def tool(name: str) -> str:
    """Return the path of a tool of the distribution; skip where it is missing, but not in CI."""
    found = shutil.which(name)
    if found is None and os.environ.get("CI") == "true" and name != "kubectl":
        pytest.fail(f"{name} is missing")
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def rendered(overlay: Path) -> list[dict[str, Any]]:
    """Return the resources that an overlay makes."""
    return list(yaml.safe_load_all(run(tool("kubectl"), "kustomize", overlay)))


def settings_of(overlay: Path) -> dict[str, str]:
    """Return the settings of an overlay, read without kubectl."""
    base = yaml.safe_load((DEPLOY / "kubernetes/base/settings.yaml").read_text())
    settings: dict[str, str] = dict(base["data"])
    patches = yaml.safe_load((overlay / "kustomization.yaml").read_text())["patches"]
    for patch in patches:
        if patch["target"]["kind"] == "ConfigMap":
            for change in yaml.safe_load(patch["patch"]):
                settings[change["path"].removeprefix("/data/")] = change["value"]
    return settings


def test_the_containerfile_satisfies_hadolint() -> None:
    run(BIN / "hadolint", DEPLOY / "Containerfile")


def test_the_compose_file_keeps_its_schema() -> None:
    run(
        BIN / "check-jsonschema", "--builtin-schema", "vendor.compose-spec", DEPLOY / "compose.yaml"
    )


@pytest.mark.parametrize("overlay", ["local", "production"])
def test_the_settings_of_an_overlay_are_read_as_kubectl_renders_them(overlay: str) -> None:
    (settings,) = [r["data"] for r in rendered(OVERLAYS / overlay) if r["kind"] == "ConfigMap"]

    assert settings_of(OVERLAYS / overlay) == settings


@pytest.mark.parametrize("overlay", ["local", "production"])
def test_an_overlay_renders_to_valid_resources(overlay: str, tmp_path: Path) -> None:
    rendered = run(tool("kubectl"), "kustomize", OVERLAYS / overlay)
    known = [d for d in yaml.safe_load_all(rendered) if "strimzi" not in d["apiVersion"]]
    path = tmp_path / "rendered.yaml"
    path.write_text("---\n".join(yaml.safe_dump(d) for d in known if "keda" not in d["apiVersion"]))

    run(BIN / "kubernetes-validate", "--strict", path)


def test_every_setting_of_the_manifests_is_one() -> None:
    known = {f"NEWS_{name.upper()}" for name in Settings.model_fields}
    used = set()
    for path in [*DEPLOY.rglob("*.yaml"), DEPLOY / "Containerfile"]:
        used |= set(re.findall(r"NEWS_[A-Z_]+[A-Z]", path.read_text()))

    assert used - known == set()


def test_strimzi_resources_are_what_the_topics_say() -> None:
    assert (OVERLAYS / "production" / "topics.yaml").read_text() == topics_yaml()
    assert (OVERLAYS / "production" / "user.yaml").read_text() == user_yaml()


def test_the_worker_is_restricted() -> None:
    (worker,) = yaml.safe_load_all((DEPLOY / "kubernetes/base/worker.yaml").read_text())
    pod = worker["spec"]["template"]["spec"]
    container = pod["containers"][0]

    assert pod["securityContext"]["runAsNonRoot"] is True
    assert pod["automountServiceAccountToken"] is False
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert container["securityContext"]["capabilities"] == {"drop": ["ALL"]}


def test_alert_rules_are_valid_and_fire_and_clear() -> None:
    promtool = tool("promtool")
    run(promtool, "check", "rules", MONITORING / "alerts.yaml")
    run(promtool, "test", "rules", MONITORING / "alerts_test.yaml")


def test_the_exposition_satisfies_promtool() -> None:
    run(tool("promtool"), "check", "metrics", stdin=Metrics().exposition())


def _expressions() -> list[str]:
    rules = yaml.safe_load((MONITORING / "alerts.yaml").read_text())["groups"][0]["rules"]
    dashboard = yaml.safe_load((MONITORING / "dashboard.json").read_text())
    panels = [t["expr"] for p in dashboard["panels"] for t in p.get("targets", ())]
    return [rule["expr"] for rule in rules] + panels


def test_alerts_and_dashboard_use_only_metrics_of_the_catalogue() -> None:
    known = {metric.name for metric in CATALOGUE}
    for expression in _expressions():
        for name in re.findall(r"news_[a-z_]+", expression):
            assert re.sub(r"_(bucket|count|sum)$", "", name) in known, expression


def test_each_alert_has_a_test_and_an_entry_in_the_runbook() -> None:
    rules = yaml.safe_load((MONITORING / "alerts.yaml").read_text())["groups"][0]["rules"]
    tested = (MONITORING / "alerts_test.yaml").read_text()
    runbook = (MONITORING / "RUNBOOK.md").read_text()
    for rule in rules:
        assert f"alertname: {rule['alert']}" in tested
        assert f"## {rule['alert']}\n" in runbook
