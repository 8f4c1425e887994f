"""What may go wrong: the register on the mission's own scales."""
