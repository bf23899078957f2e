"""Tests of the rooms that know Kafka."""
