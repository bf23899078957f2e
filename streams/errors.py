"""Everything that can go wrong with a message; the class says what to do with it.

::

    PipelineError
    ├── PermanentError          the message will never work: dead letter
    │   ├── UndecodableMessage  not UTF-8, not JSON, too large
    │   ├── ContractViolation   JSON that breaks the contract; names field and rule
    │   └── StageRejected       a stage failed on a valid message
    └── TransientError          the world around is at fault: try again, then stop
        └── BrokerUnavailable   Kafka cannot be reached or does not acknowledge
"""

from __future__ import annotations


class PipelineError(Exception):
    """Raised when a message cannot be taken through a stage."""

    kind = "pipeline_error"
    """Short name for headers, metrics and error lines."""


class PermanentError(PipelineError):
    """Raised when trying again cannot help; the message becomes a dead letter."""

    kind = "permanent"


class UndecodableMessage(PermanentError):
    """Raised when the bytes are not a JSON object of acceptable size in UTF-8."""

    kind = "undecodable_message"


class ContractViolation(PermanentError):
    """Raised when a field breaks the contract; the message names field, rule and remedy."""

    kind = "contract_violation"


class StageRejected(PermanentError):
    """Raised when a stage fails on a valid message: a fault of ours, the message is kept."""

    kind = "stage_rejected"


class TransientError(PipelineError):
    """Raised when trying again may help."""

    kind = "transient"


class BrokerUnavailable(TransientError):
    """Raised when the broker cannot be reached or does not acknowledge."""

    kind = "broker_unavailable"
