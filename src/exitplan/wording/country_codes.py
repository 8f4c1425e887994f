"""English words of the codes of the country forecast's back-test."""

from __future__ import annotations

COUNTRY_CODES: dict[str, dict[str, str]] = {
    "country_forecaster": {
        "pool": "our pool",
        "zero": "no deaths at all",
        "last-value": "last month, Poisson",
        "own-12": "own last 12 months",
        "own-36": "own last 36 months",
        "own-all": "own whole history",
        "country-bootstrap": "last 12 months of all countries",
        "views-bootstrap": "VIEWS: bootstrap",
        "views-last-poisson": "VIEWS: last month, Poisson",
    },
    "country_measure": {
        "crps": "CRPS",
        "log_crps": "CRPS of ln(1 + deaths)",
        "ignorance": "ignorance, one pseudo-draw over all bins",
        "ignorance_each": "ignorance, one pseudo-draw in each bin",
    },
    "country_trial": {
        "file": "one origin of a file",
        "rolling": "rolling origins",
        "views": "windows of VIEWS' competition",
    },
    "country_cases": {
        "given": "months after the origin",
        "chosen-on": "years on which the settings were chosen",
        "held-out": "years held out",
        "african-hosts": "African host countries",
        "other-hosts": "other host countries",
    },
}
