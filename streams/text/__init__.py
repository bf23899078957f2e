"""What several stages need to read text: folding with offsets, identity of an article."""
