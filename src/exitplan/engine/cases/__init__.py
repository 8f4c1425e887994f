"""Past exits: their outcome by rule, and which of them are like the mission at hand."""
