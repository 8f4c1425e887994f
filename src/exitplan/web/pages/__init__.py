"""One file for each family of pages. Each view takes an `Asked` and answers; `routes.py` says who may ask."""
