"""Runs a program that dies with the process that started it, even if that is killed.

    python tether.py PARENT_PID PROGRAM ARGUMENT…

Linux sends the signal (``prctl``); elsewhere the program is run as it is.
"""

import ctypes
import os
import signal
import sys

_SET_PARENT_DEATH_SIGNAL = 1


def main() -> None:
    """Tie this process to its parent and become the program."""
    parent, program = int(sys.argv[1]), sys.argv[2:]
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
        if os.getppid() != parent:
            sys.exit(1)
    os.execv(program[0], program)  # noqa: S606  # the program is the broker's own Java


if __name__ == "__main__":
    main()
