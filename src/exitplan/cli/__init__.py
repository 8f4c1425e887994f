"""The terminal: one file for each group of commands, each command a thin door to one use case."""

from __future__ import annotations


def main() -> None:
    """Run the command that was typed; the entry point of `exitplan`."""
    import gc

    from exitplan.cli.app import app

    # A command makes a few hundred thousand values and keeps them until it ends: looking for rubbish often finds none.
    gc.set_threshold(100_000, 20, 20)

    app()
