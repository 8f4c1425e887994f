"""Codes of the back-test of area-months."""

from __future__ import annotations

AREA_CODES: dict[str, dict[str, str]] = {
    "area_forecaster": {
        "pooled": "the pool",
        "model": "the model alone",
        "zero": "no deaths at all",
        "last-value": "last month repeated",
        "own-12": "the area's own last 12 months",
        "own-36": "the area's own last 36 months",
        "own-all": "the area's whole history",
        "area-bootstrap": "the last 12 months of all areas",
        "recalibrated": "the pool, recalibrated",
    },
    "area_forecaster_short": {
        "zero": "none",
        "last-value": "last month",
        "own-12": "own 12",
        "own-36": "own 36",
        "own-all": "own all",
        "area-bootstrap": "all areas",
    },
    "area_score": {
        "ignorance": "ignorance, bits",
        "log_crps": "CRPS of the logarithm",
        "crps": "CRPS, deaths",
        "brier_large": "Brier score of 25 deaths",
    },
}
