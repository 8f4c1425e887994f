"""The terminal: one file for each group of commands, each command a thin door to one use case."""

from __future__ import annotations


def main() -> None:
    """Run the command that was typed; the entry point of `exitplan`."""
    import gc
    import os

    # Matrices here are small, and more threads of the linear algebra would only spin while they wait for one another. It reads
    # this once, when numpy is first imported.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

    from exitplan.cli.app import app

    # A command makes a few hundred thousand values and keeps them until it ends: looking for rubbish often finds none.
    gc.set_threshold(100_000, 20, 20)

    app()
