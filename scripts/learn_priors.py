"""Learn the priors of the stability model, and the weights of its pool, from the histories of all host countries.

Usage: python -m scripts.learn_priors [FOLDER]. FOLDER holds the public data (default ../shared/data). Writes
src/exitplan/library/priors/stability.yaml from stability-weak.yaml beside it; the effects of presence stay as they are.
"""

from __future__ import annotations

import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import yaml

from exitplan.engine.stability.across import learn
from exitplan.engine.stability.beliefs import as_priors, beliefs
from exitplan.engine.stability.fit import FitSettings
from exitplan.engine.stability.leave_out import left_out
from exitplan.importers.area_events import read_area_events
from exitplan.importers.priors import BUNDLED, WEAK, read_priors
from exitplan.importers.protocols import read_area_protocol
from exitplan.usecases.area_backtest import FILES, how_of, panels_of
from exitplan.usecases.open_mission import today

HEAD = """\
# Priors of the stability model. Symbols as in docs/methods/futures.md; every value may be edited, with its source.
# mark: measured (fitted by us on real events), found (read in the named source), assumption (ours, unsourced).
# Fitted symbols, correlations and pool are written by scripts/learn_priors.py from stability-weak.yaml.
"""
SOURCE = (
    "Empirical Bayes over {count} host countries to {last}, UCDP GED 21.1 events located to 25 km (CC BY 4.0); "
    "scripts/learn_priors.py, from the values of stability-weak.yaml"
)


def main(folder: Path) -> None:
    """Learn, and write."""
    protocol, weak = read_area_protocol(), read_priors(WEAK)
    events, areas = (folder / name for name in FILES)
    panels = panels_of(read_area_events(events, areas, today=today()), least=protocol.least)
    settings = FitSettings(burn_in=protocol.burn_in, forgetting=protocol.forgetting, clip=protocol.clip)
    found = learn(list(panels.values()), beliefs(weak), settings)
    last = (next(iter(panels.values())).origin) // 12
    learned = as_priors(found, weak, version=protocol.frozen, source=SOURCE.format(count=len(panels), last=last))
    print("priors learned; now the weights, from forecasts that have come due", flush=True)
    with ProcessPoolExecutor(2) as workers:
        outcome = left_out(panels, weak, how_of(protocol, seed=1), each=workers.map, progress=lambda a, b: print(a, b))
    pool = outcome.pool.model_copy(
        update={"source": outcome.pool.source + ", " + SOURCE.format(count=len(panels), last=last)}
    )
    written = learned.model_copy(update={"pool": pool}).model_dump(mode="json", exclude_defaults=True)
    BUNDLED.write_text(HEAD + yaml.safe_dump(written, sort_keys=False, allow_unicode=True, width=120), "utf-8")
    print(pool.weights)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/data"))
