"""Letters about an inquiry that are no answer (照会書・督促・協力の要請・回答遅延の連絡・お詫び).

Source    memo annex STEP1 ② (an inquiry on paper), STEP2 ④ 留意事項, STEP2 ⑤; memo 3(2) なお書き.
Decides   which letter may be made when, to whom it goes, and that only a 照会書 names the person.
Not here  answers and the question for dates, which pass the gate: lettering.py.
"""

from dataclasses import replace

from inquiry.directory.main_line import grouped
from inquiry.documents.letter import (
    Addressee,
    Delay,
    Facts,
    Item,
    Letter,
    LetterKind,
    Overdue,
    Replaced,
    Retracted,
    Sender,
    Wanted,
)
from inquiry.domain.correction import Cause
from inquiry.domain.errors import Forbidden, NotFound
from inquiry.domain.inquiry import OPEN, Event, State
from inquiry.domain.item import item
from inquiry.domain.network_error import filing_reason
from inquiry.domain.parties import OrganisationKind, Role
from inquiry.domain.reply import Channel
from inquiry.security.sealing import content_hash
from inquiry.store.base import new_id
from inquiry.store.inquiries import Inquiry, desk_of
from inquiry.store.insurers import ContactEntry
from inquiry.store.letters import WrittenLetter, letters_about
from inquiry.store.organisations import organisation_of_kind
from inquiry.workflow import composing, correcting, escalating, issuing, stationery
from inquiry.workflow.timing import due_of
from inquiry.workflow.viewing import subject_of
from inquiry.workflow.work import Work


def kinds_open(work: Work, inquiry: Inquiry) -> tuple[LetterKind, ...]:
    """Return the letters that the actor's side may make about an inquiry now."""
    if work.actor.role is Role.OFFICER:
        checks = {
            LetterKind.DELAY: inquiry.expected_at is not None and inquiry.answered_at is None,
            LetterKind.APOLOGY: correcting.replaced(work, inquiry) is not None,
        }
    else:
        is_late = State(inquiry.state) in (*OPEN, State.REFUSED) and escalating.may_escalate(work, inquiry)
        checks = {
            LetterKind.INQUIRY_SHEET: State(inquiry.state) in OPEN,
            LetterKind.REMINDER: is_late and State(inquiry.state) is not State.REFUSED,
            LetterKind.REPORT: is_late,
        }
    return tuple(kind for kind, is_open in checks.items() if is_open)


def announce_delay(work: Work, inquiry_id: str) -> WrittenLetter:
    """Print that the answer takes time, for a municipality that does not read it on the page.

    :raises Forbidden: if no delay was announced.
    """
    inquiry = _open(work, inquiry_id, LetterKind.DELAY)
    return _issue(work, inquiry, _from_insurer(work, inquiry, LetterKind.DELAY, _delay(work, inquiry)))


def _delay(work: Work, inquiry: Inquiry) -> Delay:
    announced = [step for step in inquiry.steps if step.event == Event.ANNOUNCE_DELAY]
    note = announced[-1].note_ct
    reason: str = work.open(note, "step.note", announced[-1].id) if note else ""
    assert inquiry.expected_at is not None
    return Delay(inquiry.expected_at, reason)


def apologise(work: Work, inquiry_id: str) -> WrittenLetter:
    """Print that an answer was taken back; nothing of what it told stands there again.

    :raises Forbidden: if none was.
    """
    inquiry = _open(work, inquiry_id, LetterKind.APOLOGY)
    earlier = correcting.replaced(work, inquiry)
    assert earlier is not None
    facts = Retracted(Replaced(earlier.dated_on, earlier.number), Cause(earlier.retraction.cause))
    return _issue(work, inquiry, _from_insurer(work, inquiry, LetterKind.APOLOGY, facts))


def print_sheet(work: Work, inquiry_id: str) -> WrittenLetter:
    """Print the inquiry for an insurer that is asked by post.

    :raises Forbidden: if the inquiry is no longer open, or the insurer has no desk.
    """
    inquiry = _open(work, inquiry_id, LetterKind.INQUIRY_SHEET)
    return _issue(work, inquiry, _sheet(work, inquiry, _desk_of(work, inquiry)))


def print_sheet_for_fax(work: Work, inquiry_id: str) -> WrittenLetter:
    """Print the inquiry with a cover sheet, for an insurer that is asked by fax.

    :raises Forbidden: if the contact list has no fax number of the insurer.
    """
    inquiry = _open(work, inquiry_id, LetterKind.INQUIRY_SHEET)
    number = fax_of(work, inquiry)
    if not number:
        raise Forbidden("letter:no_fax")
    letter = _sheet(work, inquiry, _desk_of(work, inquiry))
    assert isinstance(letter.facts, Wanted)
    return _issue(work, inquiry, replace(letter, facts=replace(letter.facts, fax=number)))


def fax_of(work: Work, inquiry: Inquiry) -> str:
    """Return the fax number of the insurer's desk in digit groups, "" where the contact list has none."""
    desk = desk_of(work.session, inquiry)
    return grouped(desk.fax) if desk is not None and desk.fax else ""


def remind_insurer(work: Work, inquiry_id: str) -> WrittenLetter:
    """Print a reminder to whoever is responsible at the insurer.

    :raises Forbidden: while the insurer is not late.
    """
    inquiry = _open(work, inquiry_id, LetterKind.REMINDER)
    to = replace(_to_desk(inquiry, _desk_of(work, inquiry)), person="責任者")
    return _issue(work, inquiry, _from_municipality(work, inquiry, LetterKind.REMINDER, to=to))


def report_to_ministry(work: Work, inquiry_id: str) -> WrittenLetter:
    """Print a report to the desk that oversees the insurer (memo 3(2) なお書き).

    :raises Forbidden: while the insurer is neither late nor has refused.
    """
    inquiry = _open(work, inquiry_id, LetterKind.REPORT)
    desk = escalating.desk_for(work, inquiry)
    to = Addressee(organisation=desk.division, section=desk.section)
    return _issue(work, inquiry, _from_municipality(work, inquiry, LetterKind.REPORT, to=to))


def report_to_pmo(work: Work, inquiry_id: str) -> WrittenLetter:
    """Print a report to the PMO, which keeps the two lists.

    :raises Forbidden: while the insurer is neither late nor has refused.
    :raises NotFound: if no PMO works here.
    """
    inquiry = _open(work, inquiry_id, LetterKind.REPORT)
    pmo = organisation_of_kind(work.session, OrganisationKind.PMO)
    if pmo is None:
        raise NotFound("letter:no_pmo")
    to = Addressee(organisation=pmo.name)
    return _issue(work, inquiry, _from_municipality(work, inquiry, LetterKind.REPORT, to=to))


def issued(work: Work, inquiry: Inquiry) -> list[WrittenLetter]:
    """Return the letters that the actor's own office made about an inquiry, the newest first; nothing is opened."""
    return letters_about(work.session, inquiry.id, work.actor.organisation_id)


def opened(work: Work, inquiry_id: str, letter_id: str) -> tuple[WrittenLetter, bytes]:
    """Open a letter as it was printed; recorded as a reading.

    :raises NotFound: if it is absent, or another office's.
    """
    inquiry = work.inquiry(inquiry_id)
    letter = next((each for each in issued(work, inquiry) if each.id == letter_id), None)
    if letter is None:
        raise NotFound("letter:not_found")
    work.record("letter:opened", inquiry, document=letter.document_number, kind=letter.kind)
    return letter, work.open_bytes(letter.file_ct, "written_letter.file", letter.id)


def _open(work: Work, inquiry_id: str, kind: LetterKind) -> Inquiry:
    inquiry = work.inquiry(inquiry_id)
    if kind not in kinds_open(work, inquiry):
        raise Forbidden(f"letter:{kind}_not_now")
    return inquiry


def _desk_of(work: Work, inquiry: Inquiry) -> ContactEntry:
    desk = desk_of(work.session, inquiry)
    if desk is None:
        raise Forbidden("letter:no_desk")
    return desk


def _to_desk(inquiry: Inquiry, desk: ContactEntry) -> Addressee:
    return Addressee(
        organisation=inquiry.insurer.name,
        section=desk.department,
        postal_code=composing.postal_code(desk.postal_code),
        address=desk.address,
    )


def _sheet(work: Work, inquiry: Inquiry, desk: ContactEntry) -> Letter:
    subject = subject_of(work, inquiry)
    wanted = Wanted(
        channel=Channel(inquiry.channel),
        reason=filing_reason(inquiry.network_error).label,
        needed_by=inquiry.needed_by,
        network_reference=inquiry.network_reference,
        alias=subject.alias,
        former_name=subject.former_name,
        address=subject.address,
        symbol=subject.symbol,
        number=subject.number,
        note=work.open(inquiry.note_ct, "inquiry.note", inquiry.id) if inquiry.note_ct else "",
    )
    letter = _from_municipality(work, inquiry, LetterKind.INQUIRY_SHEET, to=_to_desk(inquiry, desk), facts=wanted)
    items = tuple(Item(item(code).name, "") for code in inquiry.items)
    return replace(letter, inquiry=composing.asked(work, inquiry), items=items)


def _from_insurer(work: Work, inquiry: Inquiry, kind: LetterKind, facts: Facts) -> Letter:
    return Letter(
        kind=kind,
        number=stationery.next_document_number(work),
        dated_on=work.today,
        addressee=composing.to_municipality(inquiry),
        sender=composing.from_insurer(work, inquiry),
        letterhead=stationery.letterhead(work),
        phrases=stationery.phrases(work, kind),
        inquiry=composing.reference(inquiry),
        facts=facts,
    )


def _from_municipality(
    work: Work, inquiry: Inquiry, kind: LetterKind, *, to: Addressee, facts: Facts | None = None
) -> Letter:
    """Return a letter of the municipality's; the number to call back is the directory's main line."""
    place = inquiry.municipality
    overdue = Overdue(inquiry.insurer.name, due_of(work, inquiry), State(inquiry.state) is State.REFUSED)
    return Letter(
        kind=kind,
        number=stationery.next_document_number(work),
        dated_on=work.today,
        addressee=to,
        sender=Sender(
            organisation=place.name,
            desk=f"{inquiry.section}　{inquiry.person}",
            telephone=grouped(place.main_line) if place.main_line else "",
            postal_code=composing.postal_code(place.postal_code),
            address=place.address,
        ),
        letterhead=stationery.letterhead(work),
        phrases=stationery.phrases(work, kind),
        inquiry=composing.reference(inquiry),
        facts=facts or overdue,
    )


def _issue(work: Work, inquiry: Inquiry, letter: Letter) -> WrittenLetter:
    content = issuing.issue(work, inquiry, stationery.guarded(letter))
    row = WrittenLetter(
        id=new_id(),
        inquiry_id=inquiry.id,
        organisation_id=work.actor.organisation_id,
        kind=letter.kind,
        document_number=letter.number,
        addressee=letter.addressee.organisation,
        wording_version=letter.wording_version,
        file_sha256=content_hash(content),
        made_at=work.now,
        made_by=work.actor.account_id,
    )
    row.file_ct = work.seal_bytes(content, "written_letter.file", row.id)
    work.session.add(row)
    # Printing changes nothing of the inquiry, so nobody else's page grows old by it.
    work.record("letter:issued", inquiry, document=letter.number, kind=letter.kind, sha256=row.file_sha256)
    return row
