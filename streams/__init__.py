"""Turns raw news articles into incident records; start with `streams.pipeline`."""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("incident-streams")
except PackageNotFoundError:  # a checkout that was not installed
    __version__ = "0+unknown"
