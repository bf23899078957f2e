"""Hostile input to the decoder and every stage; `./tests/run fuzz` runs the long form."""
