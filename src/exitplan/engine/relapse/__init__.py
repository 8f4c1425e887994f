"""Whether armed conflict comes back in a country after a mission has left: history, model, and its test on past exits."""
