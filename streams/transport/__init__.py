"""The only room that knows Kafka: the stage wrapper, headers, dead letters, the broker."""
