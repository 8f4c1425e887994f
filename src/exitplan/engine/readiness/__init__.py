"""Where the mission stands on a day: trends, the chance that gates open, the two clocks, and what has changed."""
