"""Same values and seed in, same numbers out. No clock, no files, no global random state."""
