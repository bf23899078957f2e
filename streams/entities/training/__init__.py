"""Build time only: what trains the Arabic tagger and compiles the lists of people's names."""
