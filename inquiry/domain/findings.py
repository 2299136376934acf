"""How many members matched, and what may follow (該当者の判定).

Source    memo annex STEP2 ④-⑤; annex flowchart 「該当者あり」「該当者が複数名」.
Decides   none, one or several found; `confirm` where a machine may not decide and an officer must look.
Not here  comparing people: matching/decide.py. Sending the reply: domain/reply.py.
"""

from enum import StrEnum


class Finding(StrEnum):
    """Result of looking the person up in the insurer's roll (加入者情報の確認)."""

    NONE = "none"  # 該当者なし
    ONE = "one"
    SEVERAL = "several"  # 二人以上該当
    CONFIRM = "confirm"  # 要確認: less than equality in one identifier's spelling, or a part unknown
