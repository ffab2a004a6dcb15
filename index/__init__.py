"""Documents in, library out: reading, splitting, embedding and storing. Never imports `search`."""

__version__ = "0.1.0"
"""The release, stated here alone: packaging, `quoth --version` and the API's description read it."""
