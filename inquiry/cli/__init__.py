"""Floor 7: the operator's commands, thin as a view (コマンド)."""
