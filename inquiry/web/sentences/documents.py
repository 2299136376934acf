"""Sentences about documents and files (文書・ファイル)."""

SENTENCES: dict[str, str] = {}
