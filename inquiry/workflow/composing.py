"""What stands in an insurer's document, gathered from the inquiry and the directories (文書の記載事項の取りまとめ)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from inquiry.directory.main_line import grouped
from inquiry.documents.letter import Addressee, Asked, Case, Item, Letter, LetterKind, Reference, Replaced, Sender
from inquiry.domain.errors import NotDisclosable
from inquiry.domain.item import item
from inquiry.domain.procedure import items_allowed, procedure
from inquiry.domain.reply import ReplyKind
from inquiry.store.answering import Answer, identification_in_force
from inquiry.store.inquiries import Inquiry, desk_of
from inquiry.workflow import correcting, stationery
from inquiry.workflow.answering import items_of
from inquiry.workflow.deciding import roster_date
from inquiry.workflow.people import subject_from
from inquiry.workflow.work import JST, Work


def answer_letter(work: Work, inquiry: Inquiry, answer: Answer) -> Letter:
    """Return the letter of an answer, under the number it has or takes now; it reads the person, as `letter_for` does.

    Made again after it was given, it keeps the wording it was given in.
    """
    answer.document_number = answer.document_number or stationery.next_document_number(work)
    letter = letter_for(
        work, inquiry, ReplyKind(answer.kind), number=answer.document_number, told=items_of(work, answer)
    )
    if answer.given_at:
        return replace(letter, phrases=stationery.phrases(work, letter.kind, version=answer.wording_version))
    answer.wording_version = letter.wording_version
    return letter


def joint_letter(work: Work, answers: Sequence[tuple[Inquiry, Answer]], *, number: str) -> Letter:
    """Return one letter that tells several answers to the same addressee; each person is read, as by `letter_for`.

    :raises MyNumberFound: if a text of it would carry a My Number out.
    """
    first, *others = [
        letter_for(work, inquiry, ReplyKind(answer.kind), number=number, told=items_of(work, answer))
        for inquiry, answer in answers
    ]
    cases = tuple(
        Case(
            kind=each.kind,
            inquiry=each.inquiry,
            items=each.items,
            roster_on=each.roster_on,
            replaces=each.replaces,
        )
        for each in others
    )
    whole = replace(first, further=cases, phrases=stationery.phrases(work, LetterKind.JOINT_ANSWER))
    return stationery.guarded(whole)


def letter_for(
    work: Work, inquiry: Inquiry, kind: ReplyKind, *, number: str, told: dict[str, str] | None = None
) -> Letter:
    """Return the letter of this kind; it reads the person asked about, which the caller records.

    :raises MyNumberFound: if a text of it would carry a My Number out.
    :raises NotDisclosable: if an item would be told that the procedure does not allow.
    """
    if not set(told or {}) <= items_allowed(inquiry.procedure):
        raise NotDisclosable("gate:item_not_allowed")
    paper = LetterKind(kind)
    letter = Letter(
        kind=paper,
        number=number,
        dated_on=work.today,
        addressee=to_municipality(inquiry),
        sender=from_insurer(work, inquiry),
        letterhead=stationery.letterhead(work),
        phrases=stationery.phrases(work, paper),
        inquiry=asked(work, inquiry),
        items=tuple(Item(item(code).name, text, code) for code, text in (told or {}).items()),
        roster_on=_roster_on(work, inquiry) if kind is ReplyKind.NOT_FOUND else None,
        replaces=replaced_by(work, inquiry) if kind is not ReplyKind.DATES_REQUEST else None,
    )
    return stationery.guarded(letter)


def reference(inquiry: Inquiry) -> Reference:
    """Return which inquiry it is, without the person."""
    return Reference(
        number=inquiry.number,
        filed_on=inquiry.filed_at.astimezone(JST).date(),
        procedure=procedure(inquiry.procedure).name,
    )


def asked(work: Work, inquiry: Inquiry) -> Asked:
    """Return the inquiry with the person it asks about; the caller records the reading."""
    subject = subject_from(work.open(inquiry.subject_ct, "inquiry.subject", inquiry.id))
    known = reference(inquiry)
    return Asked(
        number=known.number,
        filed_on=known.filed_on,
        procedure=known.procedure,
        name=subject.name,
        birth_date=subject.birth_date,
        sex=subject.sex,
    )


def to_municipality(inquiry: Inquiry) -> Addressee:
    """Return the person who asked, at the address of the directory."""
    place = inquiry.municipality
    return Addressee(
        organisation=place.name,
        section=inquiry.section,
        person=inquiry.person,
        postal_code=postal_code(place.postal_code),
        address=place.address,
    )


def from_insurer(work: Work, inquiry: Inquiry) -> Sender:
    """Return the insurer as it signs: its desk as it stands on the contact list today."""
    desk = desk_of(work.session, inquiry)
    return Sender(
        organisation=inquiry.insurer.name,
        desk=desk.department if desk else "",
        telephone=grouped(desk.telephone) if desk else "",
        postal_code=postal_code(desk.postal_code) if desk else "",
        address=desk.address if desk else "",
    )


def postal_code(digits: str) -> str:
    """Write a postal code as on an envelope."""
    return f"{digits[:3]}-{digits[3:]}" if digits else ""


def _roster_on(work: Work, inquiry: Inquiry) -> date | None:
    return roster_date(work, identification_in_force(work.session, inquiry.id))


def replaced_by(work: Work, inquiry: Inquiry) -> Replaced | None:
    """Return the answer that the next one replaces, as a letter names it."""
    earlier = correcting.replaced(work, inquiry)
    return Replaced(earlier.dated_on, earlier.number) if earlier else None
