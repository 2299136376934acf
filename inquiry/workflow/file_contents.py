"""What stands in a locked file, kept beside it for whoever looks at it before it leaves (パスワード付きファイルの内容).

Source    memo annex STEP2 ⑤ ⅱ.
Decides   that what is read belongs to the very file that will leave: it is sealed together with the file's hash.
Secrets   the password is no part of it. What stands in the file is gone once it has left.
"""

from inquiry.documents.read_back import Line, read_back
from inquiry.domain.locked_file import FileKind
from inquiry.store.answering import Answer
from inquiry.workflow.work import Work


def keep(work: Work, answer: Answer, content: bytes) -> None:
    """Seal what a file says that was just locked and kept; `content` is the file before it was locked."""
    lines = read_back(content, FileKind(answer.file_kind))
    answer.says_ct = work.seal({"sha256": answer.file_sha256, "lines": lines}, "answer.says", answer.id)


def read(work: Work, answer: Answer) -> tuple[Line, ...]:
    """Open what the file of an answer says; nothing if it has left, or is another than was read."""
    if answer.says_ct is None:
        return ()
    kept = work.open(answer.says_ct, "answer.says", answer.id)
    return tuple(tuple(line) for line in kept["lines"]) if kept["sha256"] == answer.file_sha256 else ()


def forget(answer: Answer) -> None:
    """Drop what the file says: it has left, or nobody looks at it any more."""
    answer.says_ct = None
