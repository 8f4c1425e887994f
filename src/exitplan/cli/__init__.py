"""The terminal: one file for each group of commands, each command a thin door to one use case."""

from __future__ import annotations


def main() -> None:
    """Run the command that was typed; the entry point of `exitplan`."""
    from exitplan.cli.app import app

    app()
