"""What operators need: metrics, logs, tracing, health."""
