"""What every letter of an office has in common: its number, its wording and how it signs (文書番号・文面・公印).

Decides   whose wording and whose series of numbers a letter has: those of the office that acts.
Not here  what stands in a letter: composing.py, writing.py. Changing a wording: wordings.py.
"""

from inquiry.documents.letter import Envelope, Letter, Letterhead, LetterKind, Phrases
from inquiry.security import guard
from inquiry.store.letters import LetterWording, OfficeLetterhead, wording_in_force, wording_numbered
from inquiry.store.paperwork import next_number
from inquiry.workflow.work import Work


def next_document_number(work: Work) -> str:
    """Take the next 文書番号 of the acting office's series for this year of the era, under its mark if it has one."""
    office = work.actor.insurer_id or work.actor.municipality_code
    count = next_number(work.session, f"document:{office}:{work.today.year}")
    number = f"R{work.today.year - 2018}-{count:05d}"
    stationery = work.session.get(OfficeLetterhead, work.actor.organisation_id)
    return f"{stationery.mark}第{number}号" if stationery is not None and stationery.mark else number


def letterhead(work: Work) -> Letterhead:
    """Return how the acting office signs."""
    row = work.session.get(OfficeLetterhead, work.actor.organisation_id)
    if row is None:
        return Letterhead()
    seal = work.open_bytes(row.seal_ct, "office_letterhead.seal", row.organisation_id) if row.seal_ct else b""
    return Letterhead(seal, Envelope(row.envelope))


def phrases(work: Work, kind: LetterKind, *, version: int | None = None) -> Phrases:
    """Return the acting office's wording of a kind of letter: the one in force, or an earlier version."""
    office = work.actor.organisation_id
    row = (
        wording_in_force(work.session, office, kind)
        if version is None
        else wording_numbered(work.session, office, kind, version)
    )
    return as_printed(work, kind, row)


def as_printed(work: Work, kind: LetterKind, row: LetterWording | None) -> Phrases:
    """Return what a version says; one that went back to the product's own wording says that."""
    standard = work.house.press.wording.standard(kind)
    if row is None:
        return standard
    if not row.body:
        return Phrases(standard.subject, standard.body, standard.remark, row.version)
    return Phrases(row.subject, row.body, row.remark, row.version)


def guarded(letter: Letter) -> Letter:
    """Return the letter once the guard has seen every text in it, whole as no line of a page shows it.

    :raises MyNumberFound: if a text would carry a My Number out.
    """
    for text in letter.texts():
        guard.enforce_document(text)
    return letter
