"""Who stands behind the exit: parts in hand-overs, what partners cover, what can come from afar, consent and access."""
