"""What the manifests say fits together, and fits the code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web

from streams import topics
from streams.operations.health import Health
from streams.operations.metrics import Metrics
from streams.operations.strimzi import PARTITIONS, REPLICAS
from streams.operations.web import add_operations
from streams.settings import Settings
from streams.worker import STOP_SECONDS
from tests.deploy.test_deploy import DEPLOY, MONITORING, OVERLAYS, rendered, run, settings_of, tool

Resource = dict[str, Any]


def _read(path: Path) -> list[Resource]:
    return list(yaml.safe_load_all(path.read_text("utf-8")))


def _base(kind: str) -> Resource:
    found = [r for p in (DEPLOY / "kubernetes/base").glob("*.yaml") for r in _read(p)]
    (one,) = [r for r in found if r["kind"] == kind]
    return one


def _container() -> Resource:
    container: Resource = _base("StatefulSet")["spec"]["template"]["spec"]["containers"][0]
    return container


@pytest.fixture(scope="module")
def production() -> list[Resource]:
    """Render the overlay of production."""
    return rendered(OVERLAYS / "production")


def _one(resources: list[Resource], kind: str, name: str | None = None) -> Resource:
    found = [r for r in resources if r["kind"] == kind]
    (one,) = [r for r in found if name in {None, r["metadata"]["name"]}]
    return one


def test_probes_ask_for_paths_that_are_served() -> None:
    app = web.Application()
    add_operations(app, Health(), Metrics())
    served = {route.resource.canonical for route in app.router.routes() if route.resource}
    container = _container()

    for name in ("startup", "liveness", "readiness"):
        probe = container[f"{name}Probe"]
        assert probe["httpGet"]["path"] in served
        assert probe["httpGet"]["port"] in {port["name"] for port in container["ports"]}


def test_a_worker_has_more_time_to_stop_than_it_takes() -> None:
    pod = _base("StatefulSet")["spec"]["template"]["spec"]
    compose = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))

    assert pod["terminationGracePeriodSeconds"] > 2 * STOP_SECONDS
    assert int(compose["x-worker"]["stop_grace_period"].rstrip("s")) > 2 * STOP_SECONDS


def test_the_startup_probe_waits_longer_than_a_worker_waits_for_the_broker() -> None:
    probe = _container()["startupProbe"]

    assert probe["periodSeconds"] * probe["failureThreshold"] >= 120


def test_keda_scales_the_workers_up_to_the_partitions_on_the_lag_of_every_stage() -> None:
    scaled, authentication = _read(OVERLAYS / "production" / "scaling.yaml")
    spec, settings = scaled["spec"], Settings()

    assert spec["scaleTargetRef"]["kind"] == "StatefulSet"
    assert spec["scaleTargetRef"]["name"] == _base("StatefulSet")["metadata"]["name"]
    assert spec["maxReplicaCount"] == PARTITIONS == settings.topic_partitions
    metadata = [one["metadata"] for one in spec["triggers"]]
    scalable = [topic.name for topic in topics.CONSUMED if topic is not topics.INCIDENT_REPORTS]
    assert [one["topic"] for one in metadata] == scalable
    assert {one["consumerGroup"] for one in metadata} == {settings.app_id}
    brokers = settings_of(OVERLAYS / "production")["NEWS_BROKER"]
    assert {f"kafka://{one['bootstrapServers']}" for one in metadata} == {brokers}
    names = {one["authenticationRef"]["name"] for one in spec["triggers"]}
    assert names == {authentication["metadata"]["name"]}


def test_the_secrets_that_are_mounted_are_those_strimzi_makes(production: list[Resource]) -> None:
    pod = _one(production, "StatefulSet")["spec"]["template"]["spec"]
    secrets = {v["secret"]["secretName"] for v in pod["volumes"] if "secret" in v}
    cluster = _one(production, "Kafka")["metadata"]["name"]
    user = _one(production, "KafkaUser")["metadata"]["name"]

    assert secrets == {user, f"{cluster}-cluster-ca-cert"}
    mounts = {m["mountPath"] for m in pod["containers"][0]["volumeMounts"]}
    settings = _one(production, "ConfigMap")["data"]
    assert settings["NEWS_SECRETS_DIRECTORY"] in mounts
    assert str(Path(settings["NEWS_TLS_CA_FILE"]).parent) in mounts
    assert settings["NEWS_DATA_DIRECTORY"] in mounts
    assert settings["NEWS_SASL_USERNAME"] == user


def test_kafka_keeps_as_many_copies_as_the_topics_want(production: list[Resource]) -> None:
    brokers = _one(production, "KafkaNodePool")["spec"]["replicas"]
    kept = [r["spec"] for r in production if r["kind"] == "KafkaTopic"]
    listener = _one(production, "Kafka")["spec"]["kafka"]["listeners"][0]

    assert {one["replicas"] for one in kept} == {REPLICAS, brokers}
    assert {int(one["config"]["min.insync.replicas"]) for one in kept} == {REPLICAS - 1}
    settings = settings_of(OVERLAYS / "production")
    assert settings["NEWS_TOPIC_REPLICATION"] == str(REPLICAS)
    assert settings["NEWS_BROKER"].endswith(f":{listener['port']}")
    assert listener["tls"] is True


def test_only_the_name_service_and_kafka_can_be_reached() -> None:
    policy = _base("NetworkPolicy")["spec"]
    ports = {port["port"] for rule in policy["egress"] for port in rule["ports"]}

    assert set(policy["policyTypes"]) == {"Ingress", "Egress"}
    assert ports == {53, 9092, 9093}
    assert all(rule["to"] for rule in policy["egress"])


@pytest.mark.parametrize("overlay", ["local", "production"])
def test_selectors_choose_the_workers_and_nothing_else(overlay: str) -> None:
    resources = rendered(OVERLAYS / overlay)
    sets = {r["metadata"]["name"]: r["spec"] for r in resources if r["kind"] == "StatefulSet"}
    services = {r["metadata"]["name"]: r["spec"] for r in resources if r["kind"] == "Service"}
    pods = {name: spec["template"] for name, spec in sets.items()}
    worker = pods.pop("incident-streams")
    spread = worker["spec"]["topologySpreadConstraints"]
    selectors = [
        _one(resources, "PodDisruptionBudget")["spec"]["selector"]["matchLabels"],
        _one(resources, "NetworkPolicy", "incident-streams")["spec"]["podSelector"]["matchLabels"],
        services["incident-streams"]["selector"],
        *(one["labelSelector"]["matchLabels"] for one in spread),
    ]
    for selector in selectors:
        assert selector.items() <= worker["metadata"]["labels"].items()
        for other in pods.values():
            assert not selector.items() <= other["metadata"]["labels"].items()


def test_a_disruption_takes_one_worker_at_a_time_and_nodes_share_them() -> None:
    spread = _base("StatefulSet")["spec"]["template"]["spec"]["topologySpreadConstraints"]

    assert _base("PodDisruptionBudget")["spec"]["maxUnavailable"] == 1
    assert {one["topologyKey"] for one in spread} >= {
        "kubernetes.io/hostname",
        "topology.kubernetes.io/zone",
    }


def test_compose_runs_two_workers_each_with_a_table_of_its_own() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    workers = {name: one for name, one in services.items() if name.startswith("worker-")}
    targets = _read(MONITORING / "prometheus.yaml")[0]["scrape_configs"][0]["static_configs"]

    assert len(workers) == 2
    assert len({one["volumes"][0] for one in workers.values()}) == 2
    assert targets[0]["targets"] == [f"{name}:6066" for name in workers]
    assert services["kafka"]["environment"]["KAFKA_LOG_DIRS"] in services["kafka"]["volumes"][0]


def test_prometheus_reads_its_configuration() -> None:
    run(tool("promtool"), "check", "config", MONITORING / "prometheus.yaml")
