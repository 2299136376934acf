"""Mail that did not arrive: whoever wrote it learns, and PMO staff have a task about whom it went to (メールの不達).

Source    memo 3(2) ※: the list is only as good as what is known to reach nobody.
Decides   which entry a mail's address belongs to. Of an answer's address, heard on a call, PMO staff see the domain
          alone: who it is at the municipality is the insurer's to know.
Not here  reading reports: mail/reports.py. The tasks: number_reports.py.
"""

from typing import Final

from inquiry.directory.mail_domain import domain_of
from inquiry.mail.message import Kind
from inquiry.mail.transport import Outcome
from inquiry.store.directory_numbers import desk_with_notices_to, municipality_with_notices_to
from inquiry.store.inquiries import Inquiry
from inquiry.store.outbox import MailState, OutgoingMail
from inquiry.workflow import escalation_rules, number_reports, outbox
from inquiry.workflow.number_reports import Told, Trouble
from inquiry.workflow.work import Work

# RFC 5321 4.2.3: no such mailbox, not here, no mailbox can be called so. What else is refused is the mail itself.
_NO_SUCH_ADDRESS: Final = ("550", "551", "553")


def came_back(work: Work, mail_id: str, status: str) -> bool:
    """Write down that another server sent a mail back; False if there is no such mail, or it is known already."""
    if not outbox.came_back(work, mail_id, status):
        return False
    _open_task(work, mail_id)
    return True


def settle(work: Work, mail_id: str, outcome: Outcome) -> MailState:
    """Write down what came of a try; whose address the server refused for good is as unreachable as by a report."""
    state = outbox.settle(work, mail_id, outcome)
    if state is MailState.FAILED and outcome.code.startswith(_NO_SUCH_ADDRESS):
        _open_task(work, mail_id)
    return state


def _open_task(work: Work, mail_id: str) -> None:
    mail = work.session.get_one(OutgoingMail, mail_id)
    told = _whose(work, mail)
    if told is not None:
        inquiry = work.session.get(Inquiry, mail.inquiry_id) if mail.inquiry_id else None
        number_reports.open_task(work, told, Trouble.BOUNCED, inquiry=inquiry)


def _whose(work: Work, mail: OutgoingMail) -> Told | None:
    """Return whom a mail went to, None where no entry names the address any more."""
    address = work.open(mail.to_ct, "outgoing_mail.to", mail.id)
    if mail.kind == Kind.LOCKED_FILE:
        inquiry = work.session.get_one(Inquiry, mail.inquiry_id)
        return Told(domain_of(address), municipality_code=inquiry.municipality_code)
    if (desk := desk_with_notices_to(work.session, address)) is not None:
        return Told(address, insurer_id=desk.insurer_id, desk=desk.desk)
    if (place := municipality_with_notices_to(work.session, address)) is not None:
        return Told(address, municipality_code=place.code)
    return Told(address) if address in escalation_rules.in_force(work).notice_addresses else None
