"""Every setting of the worker, once: name, meaning, default.  Environment variables `NEWS_…`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

PREFIX = "NEWS_"


class BadSetting(ValueError):
    """Raised when a setting is unknown or cannot be read; names the variable and the remedy."""


class Settings(BaseSettings):
    """What can be set, from the environment or from files in a directory of secrets."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore")

    broker: str = Field(
        "kafka://127.0.0.1:9092",
        description="Kafka brokers: `kafka://host:port`, several separated by `;`.",
    )
    app_id: str = Field(
        "incident-streams", description="Consumer group and prefix of the table's changelog topic."
    )
    topic_partitions: Annotated[int, Field(ge=1, le=1000)] = Field(
        8, description="Partitions of every topic; also the most workers that share the load."
    )
    topic_replication: Annotated[int, Field(ge=1, le=9)] = Field(
        1, description="Copies of every topic; 3 in production."
    )
    topics_create: bool = Field(
        default=True, description="Whether the worker creates the topics that are missing."
    )
    translation_targets: Annotated[tuple[str, ...], NoDecode] = Field(
        ("en",), description="Languages (BCP 47) that need no translation, comma-separated."
    )
    name_model: Path | None = Field(
        None,
        description="Folder of an ONNX name model of your own that adds names (extra `ner`).",
    )
    silence_days: Annotated[float, Field(gt=0)] = Field(
        30.0, description="Days of event time without news after which an incident closes."
    )
    store: Literal["rocksdb", "memory"] = Field(
        "rocksdb", description="Where the table of open incidents is kept; memory is for tests."
    )
    data_directory: Path = Field(
        Path("incident-streams-data"), description="Folder of the table's store."
    )
    batch_size: Annotated[int, Field(ge=1, le=5000)] = Field(
        200, description="Most messages that a stage takes at once."
    )
    buffer_messages: Annotated[int, Field(ge=1)] = Field(
        1600, description="Most messages that wait in memory before a stage."
    )
    commit_seconds: Annotated[float, Field(gt=0)] = Field(
        0.5, description="How often offsets are committed."
    )
    session_seconds: Annotated[float, Field(ge=1)] = Field(
        6.0, description="Silence after which Kafka gives a worker's partitions to others."
    )
    delivery_seconds: Annotated[float, Field(gt=0)] = Field(
        120.0, description="How long sending is tried again before the worker ends with status 70."
    )
    dead_letter_share: Annotated[float, Field(gt=0, le=1)] = Field(
        0.5, description="Share of dead letters among recent messages at which a stage stops."
    )
    dead_letter_window: Annotated[int, Field(ge=1)] = Field(
        200, description="How many recent messages that share is taken of."
    )
    stall_seconds: Annotated[float, Field(gt=0)] = Field(
        60.0, description="With lag and no progress for so long the worker counts as dead."
    )
    web_host: str = Field(
        "127.0.0.1", description="Address that health, metrics and dashboard listen on."
    )
    web_port: Annotated[int, Field(ge=0, le=65535)] = Field(
        6066, description="Port that they listen on; 0 takes a free one."
    )
    dashboard: bool = Field(
        default=True, description="Whether the worker serves the feeds and the page."
    )
    dashboard_incidents: Annotated[int, Field(ge=1)] = Field(
        5000, description="Most incidents that feeds and page hold in memory: those revised last."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="Least severe log lines written."
    )
    log_format: Literal["json", "console"] = Field("json", description="Form of the log lines.")
    tracing_endpoint: str | None = Field(
        None,
        description="Address of an OpenTelemetry collector (OTLP over HTTP, "
        "`http://collector:4318/v1/traces`); absent: no spans (extra `tracing`).",
    )
    tracing_share: Annotated[float, Field(gt=0, le=1)] = Field(
        1.0, description="Share of all articles whose traces are sent."
    )
    security_protocol: Literal["PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL"] = Field(
        "PLAINTEXT", description="How to speak to Kafka."
    )
    sasl_mechanism: Literal["PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"] = Field(
        "SCRAM-SHA-512", description="How to prove who we are, with SASL."
    )
    sasl_username: str | None = Field(None, description="User name, with SASL.")
    sasl_password: SecretStr | None = Field(None, description="Password, with SASL.")
    tls_ca_file: Path | None = Field(
        None,
        description="Certificates of those who may sign the broker's, PEM; absent: the system's.",
    )
    tls_certificate_file: Path | None = Field(
        None, description="Our certificate, PEM, where the broker asks for one (mTLS)."
    )
    tls_key_file: Path | None = Field(None, description="Its private key, PEM.")
    secrets_directory: Path | None = Field(
        None, description="Folder with a file for each secret, named as its variable."
    )

    @field_validator("translation_targets", mode="before")
    @classmethod
    def _listed(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @classmethod
    def load(cls, **overrides: Any) -> Self:
        """Return the settings of the environment, secrets read from files where they are.

        Raises:
            BadSetting: an unknown ``NEWS_`` variable or a value that breaks its rule.
        """
        known = {PREFIX + name.upper() for name in cls.model_fields}
        unknown = sorted(n for n in os.environ if n.startswith(PREFIX) and n not in known)
        if unknown:
            raise BadSetting(
                f"{unknown[0]} is no setting; `incident-streams settings` lists them all"
            )
        folder = overrides.get("secrets_directory") or os.environ.get("NEWS_SECRETS_DIRECTORY")
        try:
            return cls(**{**_secrets(folder), **overrides})
        except ValidationError as error:
            one = error.errors(include_url=False, include_input=False)[0]
            name = PREFIX + "_".join(str(part) for part in one["loc"][:1]).upper()
            raise BadSetting(f"{name}: {one['msg']}") from error


def _secrets(folder: str | Path | None) -> dict[str, Any]:
    """Return the secrets that lie in files named as their variables."""
    if not folder:
        return {}
    path = Path(folder)
    if not path.is_dir():
        raise BadSetting(f"NEWS_SECRETS_DIRECTORY: {path} is no folder")
    found: dict[str, Any] = {}
    for name in Settings.model_fields:
        file = path / (PREFIX + name.upper())
        if file.is_file():
            found[name] = file.read_text("utf-8").strip()
    return found


def table(settings: Settings) -> list[tuple[str, str, str, str]]:
    """Return name, value in force, default and meaning of every setting; secrets are hidden."""
    rows = []
    for name, field in Settings.model_fields.items():
        value = getattr(settings, name)
        rows.append(
            (PREFIX + name.upper(), _shown(value), _shown(field.default), field.description or "")
        )
    return rows


def _shown(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value)
