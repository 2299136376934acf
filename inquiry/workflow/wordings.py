"""How an office words its letters: versions, who wrote them, and the way back (文面の変更).

Decides   which letters an office words, and that every change is a version of its own.
Not here  what may stand in a wording: documents/phrases.py. Which one a letter takes: stationery.py.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from inquiry.documents import phrases as rules
from inquiry.documents.letter import LetterKind, Phrases
from inquiry.documents.samples import sample
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.domain.parties import Role
from inquiry.security import guard
from inquiry.store.letters import (
    LetterWording,
    versions_in_force,
    wording_in_force,
    wording_numbered,
    wordings_of,
)
from inquiry.store.organisations import display_names
from inquiry.workflow import stationery
from inquiry.workflow.work import Work

KINDS: Final = {
    Role.OFFICER: (
        LetterKind.ANSWER,
        LetterKind.NOT_FOUND,
        LetterKind.JOINT_ANSWER,
        LetterKind.DATES_REQUEST,
        LetterKind.DELAY,
        LetterKind.APOLOGY,
    ),
    Role.CLERK: (LetterKind.INQUIRY_SHEET, LetterKind.REMINDER, LetterKind.REPORT),
}


@dataclass(frozen=True, slots=True)
class Edition:
    """One version of a wording: what it says, who made it when, and whether it went back to the product's own."""

    phrases: Phrases
    made_at: datetime
    made_by_name: str
    is_standard: bool


def may_change(work: Work) -> bool:
    """Say whether the actor may word the office's letters: at an insurer the supervisors do."""
    return work.actor.role is Role.CLERK or work.actor.is_supervisor


def kinds(work: Work) -> dict[LetterKind, int]:
    """Return the letters of the actor's office with the version in force; 0 is the product's own."""
    known = versions_in_force(work.session, work.actor.organisation_id)
    return {kind: known.get(kind, 0) for kind in KINDS[work.actor.role]}


def history(work: Work, kind: LetterKind) -> list[Edition]:
    """Return every version of the office's wording of a kind of letter, the newest first."""
    _check_kind(work, kind)
    rows = wordings_of(work.session, work.actor.organisation_id, kind)
    names = display_names(work.session, {row.made_by for row in rows})
    return [
        Edition(stationery.as_printed(work, kind, row), row.made_at, names[row.made_by], is_standard=not row.body)
        for row in rows
    ]


def save(work: Work, kind: LetterKind, phrases: Phrases, *, version: int) -> int:
    """Put a wording in force and return its version; letters made before keep theirs.

    :raises InvalidValue: naming the part that cannot be printed.
    :raises Forbidden: if the actor may not change it.
    :raises Superseded: if somebody changed it since `version` was read.
    """
    check(work, kind, phrases)
    return _add(work, kind, phrases, version=version)


def check(work: Work, kind: LetterKind, phrases: Phrases) -> None:
    """Refuse a wording that could not be printed, or in which a My Number stands.

    :raises InvalidValue: naming the part.
    """
    _check_kind(work, kind)
    guard.enforce({"subject": phrases.subject, "body": phrases.body, "remark": phrases.remark})
    rules.check(kind, phrases)


def put_back(work: Work, kind: LetterKind, earlier: int, *, version: int) -> int:
    """Put an earlier version in force again, as a new one.

    :raises NotFound: if there is none of this number.
    """
    _check_kind(work, kind)
    row = wording_numbered(work.session, work.actor.organisation_id, kind, earlier)
    if row is None:
        raise NotFound("wording:no_such_version")
    return _add(work, kind, Phrases(row.subject, row.body, row.remark), version=version)


def reset(work: Work, kind: LetterKind, *, version: int) -> int:
    """Go back to the product's own wording, whatever it becomes."""
    _check_kind(work, kind)
    return _add(work, kind, Phrases("", "", ""), version=version)


def preview(work: Work, kind: LetterKind, phrases: Phrases) -> bytes:
    """Return a letter about nobody in this wording, signed as the office signs.

    :raises InvalidValue: naming the part that cannot be printed.
    """
    check(work, kind, phrases)
    letter = replace(sample(kind), phrases=phrases, letterhead=stationery.letterhead(work))
    return work.house.press.print_pdf(letter)


def _check_kind(work: Work, kind: LetterKind) -> None:
    if kind not in KINDS.get(work.actor.role, ()):
        raise NotFound("wording:not_yours")


def _add(work: Work, kind: LetterKind, phrases: Phrases, *, version: int) -> int:
    if not may_change(work):
        raise Forbidden("wording:supervisor_only")
    latest = wording_in_force(work.session, work.actor.organisation_id, kind)
    if (latest.version if latest else 0) != version:
        raise Superseded
    if latest is not None and _says(latest, phrases):
        raise InvalidValue("wording:unchanged", field="subject")
    work.session.add(
        LetterWording(
            organisation_id=work.actor.organisation_id,
            kind=kind,
            version=version + 1,
            subject=phrases.subject,
            body=phrases.body,
            remark=phrases.remark,
            made_at=work.now,
            made_by=work.actor.account_id,
        )
    )
    work.record("wording:changed", kind=kind, version=str(version + 1))
    return version + 1


def _says(row: LetterWording, phrases: Phrases) -> bool:
    return (row.subject, row.body, row.remark) == (phrases.subject, phrases.body, phrases.remark)
