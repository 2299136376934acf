"""STEP2 ⑤ ⅱ: the answer as a file that opens with its password only (パスワード付きファイル).

Source    memo annex STEP2 ⑤ ⅱ; flowchart (2), ※2.
Decides   when the file may be fetched, or handed out to be mailed to an address heard on a call to the main line.
Secrets   the password is returned once to the officer who made the file; it is never stored, logged or mailed.
"""

import secrets
from dataclasses import dataclass

from inquiry.directory.mail_domain import is_address, is_within
from inquiry.documents.letter import Letter
from inquiry.documents.locked_file import lock
from inquiry.documents.workbook_file import write_xlsx
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.locked_file import FileKind, PasswordStyle
from inquiry.domain.reply import Channel
from inquiry.security import guard
from inquiry.security.passphrases import new_passphrase, new_worded_passphrase, said
from inquiry.store.answering import Answer, answer_given, with_password_to_tell
from inquiry.store.inquiries import Inquiry
from inquiry.workflow import calling, delivering, file_contents, file_settings, file_templates, four_eyes
from inquiry.workflow.answer_files import MADE, PASSWORD_TOLD, REMADE, AnswerFile, as_file, file_name
from inquiry.workflow.answering import check_reader, file_of, give, keep_file, prepared
from inquiry.workflow.composing import answer_letter
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """A file just made: its password, shown this once, and how it is said."""

    password: str
    said: tuple[str, ...]


def make_file(work: Work, inquiry_id: str, version: int, *, kind: FileKind | None = None) -> Made:
    """Make the locked file of the prepared answer, of the insurer's usual kind or another, and return its password.

    It is shown this once. Made again, the file has another password and the earlier one is gone.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    return _locked(work, inquiry, prepared_file(work, inquiry), kind=kind or usual_kind(work, inquiry))


def make_again(work: Work, inquiry_id: str, version: int, *, kind: FileKind | None = None) -> Made:
    """Make the file of an answer that waits in the system anew, for a password that was lost; return the new one.

    What was fetched before opens with the earlier password still, so both sides see that it is dead.
    Days and times are counted anew. Where the insurer wants a second look, the new file waits for it.
    :raises Forbidden: if the file went out by mail, where nobody could exchange it.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    answer = answer_given(work.session, inquiry.id)
    if answer is None or answer.channel != Channel.FILE or answer.handed_out_at is not None:
        raise Forbidden("answer:other_channel")
    delivering.count_anew(work, answer)
    answer.held_at = work.now if four_eyes.is_needed(work, inquiry, answer) else None
    made = _locked(work, inquiry, answer, kind=kind or FileKind(answer.file_kind))
    if answer.held_at is None:
        file_contents.forget(answer)
    return made


def usual_kind(work: Work, inquiry: Inquiry) -> FileKind:
    """Return the kind of file that the insurer of an inquiry makes unless told otherwise."""
    return file_settings.in_force(work, inquiry.insurer_id).settings.kind


def _locked(work: Work, inquiry: Inquiry, answer: Answer, *, kind: FileKind) -> Made:
    letter = answer_letter(work, inquiry, answer)
    answer.file_kind = kind
    content, template = _written(work, inquiry, letter, kind=kind)
    guard.enforce_file(file_name(work, inquiry, kind), content)
    password = _new_password(work, inquiry)
    keep_file(work, answer, lock(content, kind, password))
    file_contents.keep(work, answer, content)
    happened = MADE if answer.given_at is None else REMADE
    work.note(inquiry, happened, answer=answer.id, sha256=answer.file_sha256, kind=kind, template=template)
    return Made(password, said(password))


def _written(work: Work, inquiry: Inquiry, letter: Letter, *, kind: FileKind) -> tuple[bytes, str]:
    """Return the letter as a file of this kind without a password, and which version of whose template it follows."""
    if kind is FileKind.PDF:
        return work.house.press.print_pdf(letter), str(file_templates.OWN)
    if kind is FileKind.WORKBOOK:
        return write_xlsx(letter, work.house.press.wording), str(file_templates.OWN)
    content, number = file_templates.written(work, inquiry.insurer_id, letter)
    return content, str(number)


def _new_password(work: Work, inquiry: Inquiry) -> str:
    style = file_settings.in_force(work, inquiry.insurer_id).settings.passwords
    draw = new_worded_passphrase if style is PasswordStyle.WORDS else new_passphrase
    return draw(secrets.choice)


def give_by_download(work: Work, inquiry_id: str, version: int) -> Inquiry:
    """Let the municipality fetch the file inside the system; that is the answer."""
    inquiry = work.inquiry(inquiry_id, version=version)
    check_reader(work, inquiry)
    give(work, inquiry, prepared_file(work, inquiry), delivery="download")
    return inquiry


def hear_address(work: Work, inquiry_id: str, *, address: str, repeated: str) -> Inquiry:
    """Write down the mail address that was read out during the confirmed call (flowchart (2)①).

    :raises InvalidValue: if the two entries differ, are no address, or lie outside the municipality's domain.
    :raises NotDisclosable: outside a confirmed call.
    """
    inquiry = work.inquiry(inquiry_id)
    guard.enforce({"address": address})
    if not is_address(address):
        raise InvalidValue("mail:no_address", field="address")
    if address != repeated:
        raise InvalidValue("mail:addresses_differ", field="repeated")
    check_domain(inquiry, address)
    answer = prepared_file(work, inquiry)
    answer.call_back_id = calling.tick(work, inquiry, "mail_address").id
    answer.mail_address_ct = work.seal(address, "answer.mail_address", answer.id)
    work.note(inquiry, "address_heard", answer=answer.id)
    return inquiry


def check_domain(inquiry: Inquiry, address: str) -> None:
    """Refuse an address outside the domain that the directory holds for the municipality.

    :raises InvalidValue: if it lies elsewhere, or the directory holds no domain.
    """
    registered = inquiry.municipality.mail_domain
    if not registered:
        raise InvalidValue("mail:no_domain", field="address")
    if not is_within(address, registered):
        raise InvalidValue("mail:other_domain", field="address")


def address_heard(work: Work, answer: Answer) -> str:
    """Open the address that was heard for this answer, "" where none was; the caller records the reading."""
    if answer.mail_address_ct is None:
        return ""
    heard: str = work.open(answer.mail_address_ct, "answer.mail_address", answer.id)
    return heard


def hand_out(work: Work, inquiry_id: str, version: int) -> AnswerFile:
    """Hand the locked file to the officer, to be mailed to the address that was heard; that is the answer.

    While the answer stands the same file is handed out again, whatever the page it is asked from: a download may break.
    :raises Forbidden: if no address was heard on a call to the main line, or the product itself sends mail.
    :raises InvalidValue: if the address lies outside the municipality's domain, as the directory has it now.
    """
    if work.house.post is not None:
        raise Forbidden("mail:by_system")
    inquiry = work.inquiry(inquiry_id)
    given = answer_given(work.session, inquiry.id)
    if given is not None and given.handed_out_at is not None:
        work.record("answer:handed_out_again", inquiry, answer=given.id, sha256=given.file_sha256)
        return _to_be_mailed(work, inquiry, given)
    answer = prepared_file(work, work.inquiry(inquiry_id, version=version))
    file = _to_be_mailed(work, inquiry, answer)
    answer.handed_out_at = work.now
    give(work, inquiry, answer, delivery="mail")
    return file


def _to_be_mailed(work: Work, inquiry: Inquiry, answer: Answer) -> AnswerFile:
    address = address_heard(work, answer)
    if not address:
        raise Forbidden("mail:address_not_heard")
    check_domain(inquiry, address)
    return as_file(work, inquiry, answer, file_of(work, answer))


def tell_password(work: Work, inquiry_id: str) -> Inquiry:
    """Record that the password was told during the confirmed call; never what it is."""
    inquiry = work.inquiry(inquiry_id)
    call = calling.tick(work, inquiry, "password")
    work.note(inquiry, PASSWORD_TOLD, call=call.id)
    return inquiry


def passwords_to_tell(work: Work) -> list[Inquiry]:
    """Return the acting insurer's inquiries whose file was given and whose password nobody has told, the oldest first.

    Nothing opens without it, so such an answer is of no use yet.
    """
    return with_password_to_tell(work.session, work.scope, making=(MADE, REMADE), telling=PASSWORD_TOLD)


def prepared_file(work: Work, inquiry: Inquiry) -> Answer:
    """Return the answer in preparation, if it goes as a file.

    :raises NotFound: if none is.
    :raises Forbidden: if it goes by another channel.
    """
    answer = prepared(work, inquiry)
    if answer.channel != Channel.FILE:
        raise Forbidden("answer:other_channel")
    return answer
