"""An insurer's own templates for its Word files, in versions: kept, shown with somebody made up, put in force (様式).

Source    memo annex STEP2 ⑤ ⅱ.
Decides   that nothing is kept that the check refuses; that a version is never edited; which one is in force.
Not here  what a template may hold: documents/template_check.py. Filling it in: documents/word_template.py.
"""

from datetime import date
from typing import Final

from inquiry.documents.letter import Addressee, Answered, Item, Letter, Sender
from inquiry.documents.locked_file import MEDIA_TYPES
from inquiry.documents.template_check import Fault, faults_in
from inquiry.documents.template_starter import starter
from inquiry.documents.word_file import write_docx
from inquiry.documents.word_template import fill
from inquiry.domain.errors import InvalidValue, MyNumberFound, NotFound, Superseded
from inquiry.domain.locked_file import FileKind
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import ReplyKind
from inquiry.domain.subject import PersonName, Sex
from inquiry.security import guard
from inquiry.security.sealing import content_hash
from inquiry.store.base import new_id
from inquiry.store.locked_files import FileTemplate, hold_templates, template_in_force, template_numbered, templates_of
from inquiry.workflow.answer_files import AnswerFile
from inquiry.workflow.matching_rules import acting_insurer
from inquiry.workflow.work import Work

KINDS: Final = (ReplyKind.ANSWER, ReplyKind.NOT_FOUND)
OWN: Final = 0  # the number of the product's own wording


def upload(work: Work, kind: ReplyKind, content: bytes, *, note: str) -> tuple[FileTemplate | None, tuple[Fault, ...]]:
    """Check a Word file and keep it as the next version of a template, not yet in force.

    A file with faults is not kept: they are returned, each with what has to be changed.

    :raises InvalidValue: if the note is too long, or a My Number stands in it.
    """
    insurer_id = acting_insurer(work)
    guard.enforce({"note": note})
    faults = _faults(content, kind)
    if faults:
        return None, faults
    hold_templates(work.session, insurer_id)
    row = FileTemplate(id=new_id(), insurer_id=insurer_id, kind=kind)
    row.number = 1 + max((each.number for each in templates_of(work.session, insurer_id, kind)), default=OWN)
    row.content_ct = work.seal_bytes(content, "file_template.content", row.id)
    row.sha256, row.size_bytes, row.note = content_hash(content), len(content), note.strip()
    row.uploaded_at, row.uploaded_by, row.uploaded_by_name = work.now, work.actor.account_id, work.actor.display_name
    work.session.add(row)
    work.record("file_template:uploaded", kind=kind, template=str(row.number), sha256=row.sha256)
    return row, ()


def _faults(content: bytes, kind: ReplyKind) -> tuple[Fault, ...]:
    faults = faults_in(content, kind)
    if faults:
        return faults
    try:
        guard.enforce_file(f"template.{FileKind.WORD}", content)
        fill(content, sample(kind))
    except MyNumberFound:
        return (Fault("my_number:found"),)
    except InvalidValue as error:
        return (Fault(error.code),)
    return ()


def choose(work: Work, kind: ReplyKind, number: int, *, instead_of: int) -> None:
    """Put a version in force, an earlier one or the product's own (`OWN`) as well as a later one.

    :raises NotFound: if there is no such version.
    :raises Superseded: if another version than `instead_of` is in force by now.
    """
    insurer_id = acting_insurer(work)
    hold_templates(work.session, insurer_id)
    in_force = template_in_force(work.session, insurer_id, kind)
    if (in_force.number if in_force else OWN) != instead_of:
        raise Superseded(by=in_force.chosen_by_name if in_force else "")
    if in_force is not None:
        in_force.is_in_force = False
        work.session.flush()
    if number != OWN:
        chosen = version(work, kind, number)
        chosen.is_in_force, chosen.chosen_at, chosen.chosen_by_name = True, work.now, work.actor.display_name
    work.record("file_template:chosen", kind=kind, template=str(number))


def versions(work: Work, kind: ReplyKind) -> list[FileTemplate]:
    """Return the acting insurer's versions, the newest first."""
    return templates_of(work.session, acting_insurer(work), kind)


def version(work: Work, kind: ReplyKind, number: int) -> FileTemplate:
    """Return one version of the acting insurer's.

    :raises NotFound: if there is none.
    """
    found = template_numbered(work.session, acting_insurer(work), kind, number=number)
    if found is None:
        raise NotFound("template:not_found")
    return found


def original(work: Work, kind: ReplyKind, number: int) -> AnswerFile:
    """Return a version as it was uploaded; `OWN` is a file to begin with."""
    content = starter(kind, work.house.press.wording) if number == OWN else _content(work, version(work, kind, number))
    return _as_file(f"template-{kind}-{number}", content)


def preview(work: Work, kind: ReplyKind, number: int) -> AnswerFile:
    """Return a version filled in for somebody made up."""
    wording = work.house.press.wording
    letter = sample(kind)
    content = (
        write_docx(letter, wording) if number == OWN else fill(_content(work, version(work, kind, number)), letter)
    )
    return _as_file(f"sample-{kind}-{number}", content)


def written(work: Work, insurer_id: str, letter: Letter) -> tuple[bytes, int]:
    """Return a letter as the insurer's Word file, without a password, and the number of the version that says how."""
    in_force = template_in_force(work.session, insurer_id, letter.kind)
    if in_force is None:
        return write_docx(letter, work.house.press.wording), OWN
    return fill(_content(work, in_force), letter), in_force.number


def _content(work: Work, row: FileTemplate) -> bytes:
    return work.open_bytes(row.content_ct, "file_template.content", row.id)


def _as_file(name: str, content: bytes) -> AnswerFile:
    return AnswerFile(f"{name}.{FileKind.WORD}", MEDIA_TYPES[FileKind.WORD], content)


def sample(kind: ReplyKind) -> Letter:
    """Return a letter about somebody made up, with a long name, an empty item and one of several lines."""
    items = (
        Item("被保険者証記号", "見本１２３", "SHIKAKU-02"),
        Item("資格取得年月日", "平成31年4月1日（2019年4月1日）", "SHIKAKU-06"),
        Item("資格喪失年月日", "", "SHIKAKU-07"),
        Item(
            "高額療養費（診療年月・支給額・支給決定年月日）",
            "令和7年4月　57,600円　令和7年7月25日\n令和7年5月　57,600円　令和7年8月25日",
            "KYUFU-01",
        ),
    )
    return Letter(
        kind=kind,
        number="R8-00000",
        dated_on=date(2026, 4, 1),
        addressee=Addressee(organisation="見本県見本市", section="見本健康推進課", person="見本　担当"),
        sender=Sender(insurer="見本健康保険組合", desk="適用課", telephone="00-0000-0000"),
        inquiry=Answered(
            number="INQ-2026-000000",
            filed_on=date(2026, 3, 31),
            procedure="見本の手続",
            name=PersonName("見本の長い氏名を持つ　髙﨑𠮷太郎", "ミホンノナガイシメイヲモツ　タカサキヨシタロウ"),
            birth_date=PartialDate(1958, 4, 1),
            sex=Sex.MALE,
        ),
        items=items if kind is ReplyKind.ANSWER else (),
        roster_on=date(2026, 3, 1) if kind is ReplyKind.NOT_FOUND else None,
    )
