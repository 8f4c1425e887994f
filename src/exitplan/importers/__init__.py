"""Files in: dossiers, workbooks, events, measurements and boundaries, every row accounted for."""
