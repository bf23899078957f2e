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
from streams.topics import TOPICS
from streams.transport.access import grants
from streams.transport.kafka import declared

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


def test_the_rights_of_the_user_are_those_the_worker_needs() -> None:
    (user,) = yaml.safe_load_all(user_yaml())
    granted = {
        (rule["resource"]["type"], rule["resource"]["name"], operation)
        for rule in user["spec"]["authorization"]["acls"]
        for operation in rule["operations"]
    }
    needed = {(g.resource, g.name, o) for g in grants(Settings()) for o in g.operations}

    assert granted - needed == set()
    assert needed - granted <= {("topic", topic.name, "Describe") for topic in TOPICS}


def test_the_topics_are_as_the_worker_would_create_them() -> None:
    resources = {r["metadata"]["name"]: r["spec"] for r in yaml.safe_load_all(topics_yaml())}
    for topic in declared(Settings()):
        spec = resources.pop(topic.name)
        assert spec["partitions"] == topic.partitions
        assert topic.config.items() <= {k: str(v) for k, v in spec["config"].items()}.items()
    assert resources == {}


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


MADE_BY_PROMETHEUS = {"instance", "job", "le"}


def _rules() -> list[dict[str, Any]]:
    rules: list[dict[str, Any]] = yaml.safe_load((MONITORING / "alerts.yaml").read_text())[
        "groups"
    ][0]["rules"]
    return rules


def _panels() -> list[str]:
    dashboard = yaml.safe_load((MONITORING / "dashboard.json").read_text())
    return [t["expr"] for p in dashboard["panels"] for t in p.get("targets", ())]


def test_alerts_and_dashboard_use_only_metrics_and_labels_of_the_catalogue() -> None:
    known = {metric.name: metric for metric in CATALOGUE}
    for expression in [rule["expr"] for rule in _rules()] + _panels():
        names = {
            re.sub(r"_(bucket|count|sum)$", "", name)
            for name in re.findall(r"news_[a-z_]+", expression)
        }
        assert names <= known.keys(), expression
        labels = set(re.findall(r"([a-z_]+)=", expression))
        for group in re.findall(r"\b(?:by|on) \(([^)]*)\)", expression):
            labels |= {label.strip() for label in group.split(",")}
        declared = {label for name in names for label in known[name].labels}
        assert labels <= declared | MADE_BY_PROMETHEUS, expression


def test_every_expression_of_the_dashboard_is_promql(tmp_path: Path) -> None:
    rules = [{"record": f"panel:{n}", "expr": expr} for n, expr in enumerate(_panels())]
    path = tmp_path / "panels.yaml"
    path.write_text(yaml.safe_dump({"groups": [{"name": "panels", "rules": rules}]}))

    run(tool("promtool"), "check", "rules", path)


def test_the_dashboard_shows_every_metric_of_the_catalogue_or_an_alert_watches_it() -> None:
    watched = " ".join([rule["expr"] for rule in _rules()] + _panels())
    for metric in CATALOGUE:
        assert metric.name in watched, metric.name


def test_each_alert_is_tested_firing_and_clear_and_stands_in_the_runbook() -> None:
    tests = yaml.safe_load((MONITORING / "alerts_test.yaml").read_text())["tests"]
    checks = [one for test in tests for one in test["alert_rule_test"]]
    runbook = (MONITORING / "RUNBOOK.md").read_text()
    for rule in _rules():
        name = rule["alert"]
        assert {bool(c["exp_alerts"]) for c in checks if c["alertname"] == name} == {True, False}
        assert f"## {name}\n" in runbook
        assert rule["annotations"]["runbook_url"].endswith(f"#{name.lower()}")
