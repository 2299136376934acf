"""What stands in a document, gathered from the inquiry and the directories (文書の記載事項の取りまとめ)."""

from datetime import date

from inquiry.directory.main_line import grouped
from inquiry.documents.letter import Addressee, Answered, Item, Letter, Replaced, Sender
from inquiry.domain.errors import NotDisclosable
from inquiry.domain.item import item
from inquiry.domain.procedure import items_allowed, procedure
from inquiry.domain.reply import ReplyKind
from inquiry.security import guard
from inquiry.store.answering import identification_in_force
from inquiry.store.inquiries import Inquiry
from inquiry.store.insurers import contact_in_force
from inquiry.store.paperwork import next_number
from inquiry.workflow import correcting
from inquiry.workflow.deciding import roster_date
from inquiry.workflow.people import subject_from
from inquiry.workflow.work import JST, Work


def letter_for(
    work: Work, inquiry: Inquiry, kind: ReplyKind, *, number: str, told: dict[str, str] | None = None
) -> Letter:
    """Return the letter of this kind; it reads the person asked about, which the caller records.

    :raises MyNumberFound: if a text of it would carry a My Number out.
    :raises NotDisclosable: if an item would be told that the procedure does not allow.
    """
    if not set(told or {}) <= items_allowed(inquiry.procedure):
        raise NotDisclosable("gate:item_not_allowed")
    subject = subject_from(work.open(inquiry.subject_ct, "inquiry.subject", inquiry.id))
    letter = Letter(
        kind=kind,
        number=number,
        dated_on=work.today,
        addressee=_addressee(inquiry),
        sender=_sender(work, inquiry),
        inquiry=Answered(
            number=inquiry.number,
            filed_on=inquiry.filed_at.astimezone(JST).date(),
            procedure=procedure(inquiry.procedure).name,
            name=subject.name,
            birth_date=subject.birth_date,
            sex=subject.sex,
        ),
        items=tuple(Item(item(code).name, text, code) for code, text in (told or {}).items()),
        roster_on=_roster_on(work, inquiry) if kind is ReplyKind.NOT_FOUND else None,
        replaces=_replaces(work, inquiry) if kind is not ReplyKind.DATES_REQUEST else None,
    )
    for text in letter.texts():
        guard.enforce_document(text)
    return letter


def _roster_on(work: Work, inquiry: Inquiry) -> date | None:
    return roster_date(work, identification_in_force(work.session, inquiry.id))


def _replaces(work: Work, inquiry: Inquiry) -> Replaced | None:
    earlier = correcting.replaced(work, inquiry)
    return Replaced(earlier.dated_on, earlier.number) if earlier else None


def next_document_number(work: Work, inquiry: Inquiry) -> str:
    """Take the next 文書番号 of the insurer's series for this year of the era."""
    series = f"document:{inquiry.insurer_id}:{work.today.year}"
    return f"R{work.today.year - 2018}-{next_number(work.session, series):05d}"


def _addressee(inquiry: Inquiry) -> Addressee:
    place = inquiry.municipality
    return Addressee(
        organisation=place.name,
        section=inquiry.section,
        person=inquiry.person,
        postal_code=_postal_code(place.postal_code),
        address=place.address,
    )


def _sender(work: Work, inquiry: Inquiry) -> Sender:
    desk = contact_in_force(work.session, inquiry.insurer_id)
    return Sender(
        insurer=inquiry.insurer.name,
        desk=desk.department if desk else "",
        telephone=grouped(desk.telephone) if desk else "",
        postal_code=_postal_code(desk.postal_code) if desk else "",
        address=desk.address if desk else "",
    )


def _postal_code(digits: str) -> str:
    return f"{digits[:3]}-{digits[3:]}" if digits else ""
