"""What the engine and the importers hand back: the shapes of every `--json` result, one file a command family."""
