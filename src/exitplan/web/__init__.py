"""The browser: pages over the use cases, and the same use cases as JSON under `api/`."""
