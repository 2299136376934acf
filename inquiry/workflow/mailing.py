"""STEP2 ⑤ ⅱ: the locked file goes out by mail (パスワード付きファイルのメール送付).

Source    memo annex STEP2 ⑤ ⅱ; flowchart (2), ※2.
Decides   that the file goes to the address heard on a call to the main line and nowhere else; that it counts as the
          answer when it leaves, and leaves only if it is the answer still.
Not here  the outbox: outbox.py. The file and the address: locking.py.
"""

from inquiry.directory.main_line import grouped
from inquiry.domain.errors import Forbidden
from inquiry.mail.message import Kind, LockedFile
from inquiry.mail.wording import one_line
from inquiry.store.answering import Answer, answer_given
from inquiry.store.inquiries import Inquiry, desk_of
from inquiry.store.outbox import MailState, OutgoingMail
from inquiry.workflow import locking, outbox
from inquiry.workflow.answer_files import as_file
from inquiry.workflow.answering import check_gate, file_of, give, in_preparation
from inquiry.workflow.outbox import About
from inquiry.workflow.work import Work


def post_file(work: Work, inquiry_id: str, version: int) -> OutgoingMail:
    """Put the locked file into the outbox, for the address that was heard; the answer is given when it leaves.

    :raises Forbidden: if no address was heard, no mail server is named, or the file waits in the outbox already.
    :raises InvalidValue: if the address lies outside the municipality's domain, as the directory has it now.
    :raises NotDisclosable: if the gate would be shut now.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    answer = locking.prepared_file(work, inquiry)
    address = locking.address_heard(work, answer)
    if not address:
        raise Forbidden("mail:address_not_heard")
    locking.check_domain(inquiry, address)
    if waiting(work, inquiry) is not None:
        raise Forbidden("mail:waits_already")
    check_gate(work, inquiry, answer)
    kept = as_file(work, inquiry, answer, file_of(work, answer))
    file = LockedFile(kept.name, kept.media_type, kept.content)
    about = About(_facts(work, inquiry), inquiry, answer.id)
    return outbox.enqueue(work, Kind.LOCKED_FILE, to=address, about=about, attachment=file)


def leave(work: Work, mail_id: str) -> None:
    """Pass the gate in the moment the file leaves, in the name of the officer who posted it.

    Tried again after a refusal of the server, the answer is given already, and must only stand still.
    :raises Forbidden: if it is not the answer any more: prepared anew, taken back, withdrawn.
    :raises InvalidValue: if the address lies outside the municipality's domain, as the directory has it by now.
    :raises NotDisclosable: if the gate is shut.
    """
    mail = outbox.leaving(work, mail_id)
    inquiry = work.inquiry(mail.inquiry_id or "")
    answer = work.session.get_one(Answer, mail.answer_id)
    given = answer_given(work.session, inquiry.id)
    is_left = given is answer and answer.handed_out_at is not None
    is_to_give = given is None and in_preparation(work, inquiry) is answer and _is_as_posted(work, mail, answer)
    if not (is_left or is_to_give):
        raise Forbidden("mail:answer_changed")
    locking.check_domain(inquiry, locking.address_heard(work, answer))
    if is_to_give:
        answer.handed_out_at = work.now
        give(work, inquiry, answer, delivery="mail")


def waiting(work: Work, inquiry: Inquiry) -> OutgoingMail | None:
    """Return the mail with the file that waits in the outbox, if there is one."""
    mails = outbox.of_inquiry(work, inquiry)
    is_file = (mail for mail in mails if mail.kind == Kind.LOCKED_FILE and mail.state == MailState.WAITING)
    return next(is_file, None)


def _is_as_posted(work: Work, mail: OutgoingMail, answer: Answer) -> bool:
    heard = outbox.address_key(work, locking.address_heard(work, answer))
    return answer.file_sha256 == mail.attachment_sha256 and heard == bytes(mail.to_key)


def _facts(work: Work, inquiry: Inquiry) -> dict[str, str]:
    desk = desk_of(work.session, inquiry)
    return {
        "number": inquiry.number,
        "municipality": one_line(inquiry.municipality.name),
        "insurer": one_line(inquiry.insurer.name),
        "desk": one_line(desk.department) if desk else "",
        "telephone": grouped(desk.telephone) if desk else "",
    }
