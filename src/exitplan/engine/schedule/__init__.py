"""When could we leave, and in what order: the earliest feasible month of every hand-over and closure, and what binds it."""
