"""The table: what Exitplan talks about, as frozen values that check themselves.

No file, network, database or clock is read here. `dossier.Dossier` is the whole; start reading there.
"""
