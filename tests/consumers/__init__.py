"""Those downstream: they know the published contract, nothing of ours."""
