"""Tells a supervisor whether the worker lives, is ready and has started, and why not.

Live: the event loop runs and, where there is lag, something was finished lately.
Ready: started, not recovering its table, not shutting down, dead letters within their limit.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

Clock = Callable[[], float]


@dataclass(slots=True)
class Health:
    """What the parts of the worker say of themselves; times in seconds of ``clock``."""

    stall_seconds: float = 60.0
    """With lag and nothing finished for so long, the worker counts as stalled."""
    loop_seconds: float = 30.0
    """A loop that has not ticked for so long counts as stuck."""
    clock: Clock = time.monotonic
    started: bool = False
    stopping: bool = False
    recovering: bool = False
    lag: int = 0
    _faults: dict[str, str] = field(default_factory=dict)
    _ticked: float = 0.0
    _progressed: float = 0.0

    def __post_init__(self) -> None:
        self._ticked = self._progressed = self.clock()

    def tick(self) -> None:
        """Note that the event loop runs."""
        self._ticked = self.clock()

    def progress(self) -> None:
        """Note that a stage finished something, or that there is nothing to do."""
        self._progressed = self.clock()

    def fault(self, part: str, reason: str | None) -> None:
        """Note what is wrong with a part; ``None`` once it is well again."""
        if reason is None:
            self._faults.pop(part, None)
        else:
            self._faults[part] = reason

    def set_lag(self, lag: int) -> None:
        """Note how many messages wait; without any, waiting counts as progress."""
        self.lag = lag
        if lag == 0:
            self.progress()

    def dead(self) -> list[str]:
        """Return why the process should be restarted; empty while it lives."""
        now = self.clock()
        reasons = []
        if now - self._ticked > self.loop_seconds:
            reasons.append(f"event loop: no tick for {now - self._ticked:.0f} s")
        if self.started and self.lag > 0 and now - self._progressed > self.stall_seconds:
            reasons.append(
                f"stalled: {self.lag} messages wait, none finished for "
                f"{now - self._progressed:.0f} s"
            )
        return reasons

    def unready(self) -> list[str]:
        """Return why the worker should get no traffic; empty while it is ready."""
        states = (
            (not self.started, "starting"),
            (self.stopping, "shutting down"),
            (self.recovering, "recovering the table"),
        )
        reasons = [reason for holds, reason in states if holds]
        return reasons + [f"{part}: {why}" for part, why in sorted(self._faults.items())]
