"""Translation flag."""
