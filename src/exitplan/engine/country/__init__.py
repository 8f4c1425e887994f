"""Deaths by country and month: a forecast from nothing but past deaths. Method page: docs/methods/country.md."""
