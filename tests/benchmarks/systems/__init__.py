"""Programs under measurement, each a process of its own."""
