"""Documents in, library out: reading, splitting, embedding and storing. Never imports `search`."""
