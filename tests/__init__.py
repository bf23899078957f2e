"""The tests of incident-streams, one folder for each room."""
