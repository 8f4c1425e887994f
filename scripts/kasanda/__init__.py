"""The parts of the invented mission Kasanda, one file per trade; `scripts/make_kasanda.py` puts them together."""
