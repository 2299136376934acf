"""A random walk over the use cases and the screens, watched by an oracle written from the memo."""
