"""Floor 5: the use cases, one file per step of the memo; work.py is the one place that commits."""
