"""The database: missions, entries, revisions, people and runs. SQL lives here and nowhere else."""
