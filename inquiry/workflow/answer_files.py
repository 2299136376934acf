"""How the file of an answer is called, and which of several is the one that counts (回答ファイルの名称・版).

Source    memo annex STEP2 ⑤ ⅱ-ⅲ.
Decides   nothing; it reads the timeline. No name holds anything personal.
Not here  making the file: locking.py, lettering.py.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from inquiry.documents.locked_file import MEDIA_TYPES
from inquiry.domain.correction import RETRACTIONS
from inquiry.domain.inquiry import Event
from inquiry.domain.locked_file import FileKind
from inquiry.domain.reply import Channel
from inquiry.store.answering import Answer
from inquiry.store.correcting import retractions_of
from inquiry.store.inquiries import Inquiry, Step
from inquiry.workflow.work import Work

MADE: Final = "file_made"
REMADE: Final = "file_remade"
PREPARED: Final = "answer_prepared"
PASSWORD_TOLD: Final = "password_told"  # noqa: S105  # the event's name


@dataclass(frozen=True, slots=True, repr=False)
class AnswerFile:
    """A file as it is handed out; `name` holds the receipt number and nothing personal."""

    name: str
    media_type: str
    content: bytes


def kind_of(answer: Answer) -> FileKind:
    """Return the kind of an answer's file; a letter is a PDF."""
    return FileKind.PDF if answer.channel == Channel.LETTER else FileKind(answer.file_kind)


def as_file(work: Work, inquiry: Inquiry, answer: Answer, content: bytes) -> AnswerFile:
    """Return the file of an answer with its name, as a browser is handed it."""
    kind = kind_of(answer)
    return AnswerFile(file_name(work, inquiry, kind), MEDIA_TYPES[kind], content)


def file_name(work: Work, inquiry: Inquiry, kind: FileKind) -> str:
    """Return how the file of an inquiry's answer is called.

    One that replaces others carries its place among them; one that was made anew for a lost password carries an ``r``
    and how often that was.
    """
    before, again = len(retractions_of(work.session, inquiry.id)), len(remade(inquiry.steps))
    name = f"{inquiry.number}-{before + 1}" if before else inquiry.number
    return f"{name}{f'-r{again}' if again else ''}.{kind}"


def remade(steps: Iterable[Step]) -> list[Step]:
    """Return when the file of the answer that stands was made anew, the latest first."""
    return [step for step in _since(steps, {Event.ANSWER, *RETRACTIONS}) if step.event == REMADE]


def is_password_told(steps: Iterable[Step]) -> bool:
    """Say whether the password of the latest file was told; that of an earlier one opens nothing that counts."""
    return any(step.event == PASSWORD_TOLD for step in _since(steps, {MADE, REMADE, *RETRACTIONS}))


def _since(steps: Iterable[Step], events: set[str]) -> Iterable[Step]:
    return takewhile(lambda step: step.event not in events, reversed(list(steps)))
