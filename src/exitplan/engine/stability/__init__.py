"""What may happen to armed violence, area by area, under a plan: fit a history, draw futures, score forecasts."""
