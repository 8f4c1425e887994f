"""What happens near a site after it closes: the history of violence around it, the model, and its test on past closures."""
