"""Sentences about the lists and the directory (窓口一覧・困難保険者リスト・名簿)."""

SENTENCES: dict[str, str] = {}
