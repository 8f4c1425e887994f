"""The communication plan: who is told what, in which order, about each hand-over."""
