"""What kind of file an answer may be, and what its password is made of (パスワード付きファイルの種類).

Source    memo annex STEP2 ⑤ ⅱ names a Word file; the other kinds are this product's addition.
Decides   the names; an insurer says which it uses, an officer may choose otherwise for one answer.
Not here  making and locking them: documents/. Drawing a password: security/passphrases.py.
"""

from enum import StrEnum


class FileKind(StrEnum):
    """Kind of a locked file; the value is how its name ends."""

    WORD = "docx"
    PDF = "pdf"
    WORKBOOK = "xlsx"


class PasswordStyle(StrEnum):
    """What a password is made of that is said over the telephone."""

    DIGITS = "digits"  # 数字
    WORDS = "words"  # かなの言葉と数字
