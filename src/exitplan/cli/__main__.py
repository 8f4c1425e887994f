"""`python -m exitplan.cli` is the same as `exitplan`."""

from exitplan.cli import main

main()
