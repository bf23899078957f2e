"""Faults on real Kafka: nothing lost, nothing doubled."""
