"""The same use cases as the pages, for programs: JSON under `/api/v1`, one table of operations behind the same rules."""
