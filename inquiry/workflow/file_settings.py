"""What an insurer set about the files of its answers (パスワード付きファイルの設定).

Source    memo annex STEP2 ⑤ ⅱ.
Decides   the kind an officer finds chosen, what passwords are made of, and how long and often answers may be fetched.
"""

from dataclasses import dataclass, field

from inquiry.domain.delivery import Terms
from inquiry.domain.errors import Superseded
from inquiry.domain.locked_file import FileKind, PasswordStyle
from inquiry.store.locked_files import FileSetting
from inquiry.workflow.matching_rules import acting_insurer
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Settings:
    """What an insurer may set; the defaults are the product's."""

    kind: FileKind = FileKind.WORD
    passwords: PasswordStyle = PasswordStyle.DIGITS
    terms: Terms = field(default_factory=Terms)


@dataclass(frozen=True, slots=True)
class Edition:
    """The settings in force with their number."""

    settings: Settings = field(default_factory=Settings)
    number: int = 0


def in_force(work: Work, insurer_id: str) -> Edition:
    """Return an insurer's settings, or the product's where it set none."""
    row = work.session.get(FileSetting, insurer_id)
    if row is None:
        return Edition()
    terms = Terms(row.days, row.times)
    return Edition(Settings(FileKind(row.kind), PasswordStyle(row.passwords), terms), row.number)


def change(work: Work, settings: Settings, *, number: int) -> None:
    """Set the acting insurer's files anew.

    :raises Superseded: if somebody changed them since the page was read.
    """
    insurer_id = acting_insurer(work)
    row = work.session.get(FileSetting, insurer_id, with_for_update=True)
    if (row.number if row else 0) != number:
        raise Superseded
    if row is None:
        row = FileSetting(insurer_id=insurer_id)
        work.session.add(row)
    row.number, row.kind, row.passwords = number + 1, settings.kind, settings.passwords
    row.days, row.times = settings.terms.days, settings.terms.times
    work.record(
        "file_setting:changed",
        version=str(row.number),
        kind=settings.kind,
        passwords=settings.passwords,
        days=str(row.days),
        times=str(row.times),
    )
