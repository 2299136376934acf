"""Floor 3: tables and their queries, one file per aggregate, nothing else."""
