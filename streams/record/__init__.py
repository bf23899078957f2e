"""What extracting and merging both need of an incident record: its id and its title."""
