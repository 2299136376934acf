"""STEP2 ⑤ ⅱ: the answer as a file that opens with its password only (パスワード付きファイル).

Source    memo annex STEP2 ⑤ ⅱ; flowchart (2), ※2.
Decides   when the file may be fetched, or handed out to be mailed to an address heard on a call to the main line.
Secrets   the password is returned once to the officer who made the file; it is never stored, logged or mailed.
"""

import re
import secrets
from typing import Final

from inquiry.directory.mail_domain import is_within
from inquiry.documents.office_encryption import lock
from inquiry.documents.word_file import write_docx
from inquiry.domain.errors import Forbidden, InvalidValue
from inquiry.domain.reply import Channel, ReplyKind
from inquiry.security import guard
from inquiry.security.passphrases import new_passphrase
from inquiry.store.answering import Answer, answer_given
from inquiry.store.inquiries import Inquiry
from inquiry.workflow import calling
from inquiry.workflow.answering import check_reader, file_of, give, items_of, keep_file, prepared
from inquiry.workflow.composing import letter_for, next_document_number
from inquiry.workflow.work import Work

_MAIL_ADDRESS: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def make_file(work: Work, inquiry_id: str, version: int) -> str:
    """Make the locked file of the prepared answer and return its password, this once.

    Made again, the file has another password and the earlier one is gone.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    return _locked(work, inquiry, prepared_file(work, inquiry))


def make_again(work: Work, inquiry_id: str, version: int) -> str:
    """Make the file of an answer that waits in the system anew, for a password that was lost; return the new one.

    :raises Forbidden: if the file went out by mail, where nobody could exchange it.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    answer = answer_given(work.session, inquiry.id)
    if answer is None or answer.channel != Channel.FILE or answer.handed_out_at is not None:
        raise Forbidden("answer:other_channel")
    return _locked(work, inquiry, answer)


def _locked(work: Work, inquiry: Inquiry, answer: Answer) -> str:
    answer.document_number = answer.document_number or next_document_number(work, inquiry)
    letter = letter_for(
        work, inquiry, ReplyKind(answer.kind), number=answer.document_number, told=items_of(work, answer)
    )
    password = new_passphrase(secrets.choice)
    keep_file(work, answer, lock(write_docx(letter, work.house.press.wording), password))
    work.note(inquiry, "file_made", answer=answer.id, sha256=answer.file_sha256)
    return password


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
    if not _MAIL_ADDRESS.fullmatch(address):
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


def hand_out(work: Work, inquiry_id: str, version: int) -> tuple[Inquiry, bytes]:
    """Hand the locked file to the officer, to be mailed to the address that was heard; that is the answer.

    :raises Forbidden: if no address was heard on a call to the main line, or the product itself sends mail.
    """
    if work.house.post is not None:
        raise Forbidden("mail:by_system")
    inquiry = work.inquiry(inquiry_id, version=version)
    answer = prepared_file(work, inquiry)
    if answer.mail_address_ct is None:
        raise Forbidden("mail:address_not_heard")
    answer.handed_out_at = work.now
    content = file_of(work, answer)
    give(work, inquiry, answer, delivery="mail")
    return inquiry, content


def tell_password(work: Work, inquiry_id: str) -> Inquiry:
    """Record that the password was told during the confirmed call; never what it is."""
    inquiry = work.inquiry(inquiry_id)
    call = calling.tick(work, inquiry, "password")
    work.note(inquiry, "password_told", call=call.id)
    return inquiry


def prepared_file(work: Work, inquiry: Inquiry) -> Answer:
    """Return the answer in preparation, if it goes as a file.

    :raises NotFound: if none is.
    :raises Forbidden: if it goes by another channel.
    """
    answer = prepared(work, inquiry)
    if answer.channel != Channel.FILE:
        raise Forbidden("answer:other_channel")
    return answer
