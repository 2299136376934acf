"""memo 3(2) なお書き: what lies ready on the page of one step: the letter and the record (督促の文書と経過).

Decides   who may open which step, and which letters belong to it; that the record is the one both sides may follow,
          without remarks, so that it names nobody asked about.
Not here  the letters themselves: workflow/writing.py. When a step is taken: workflow/reminding.py.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from inquiry.directory.supervisors import SupervisingDesk
from inquiry.documents.letter import LetterKind
from inquiry.domain.errors import Forbidden, NotFound
from inquiry.domain.escalation import Level
from inquiry.domain.parties import OrganisationKind, Role
from inquiry.store.escalations import Escalation, escalation
from inquiry.store.inquiries import inquiry_within
from inquiry.store.letters import WrittenLetter, letters_of_kind
from inquiry.store.organisations import organisation_of_kind
from inquiry.store.outbox import OutgoingMail, held_inquiry
from inquiry.workflow import escalating, noticing, reminding, timing, writing
from inquiry.workflow.sharing import SHARED
from inquiry.workflow.work import Work

KIND_OF: Final = {
    Level.SUPERVISOR: LetterKind.REMINDER,
    Level.PMO: LetterKind.REPORT,
    Level.MINISTRY: LetterKind.REPORT,
}
_MAKERS: Final[dict[Level, Callable[[Work, str], WrittenLetter]]] = {
    Level.SUPERVISOR: writing.remind_insurer,
    Level.PMO: writing.report_to_pmo,
    Level.MINISTRY: writing.report_to_ministry,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the record; `event` is a step of the inquiry's life, or the level that was told."""

    event: str
    at: datetime
    by_organisation: str = ""


@dataclass(frozen=True, slots=True)
class Ready:
    """What the page of one step shows; nothing of it is sealed."""

    step: Escalation
    due_at: datetime
    desk: SupervisingDesk
    record: tuple[Line, ...]
    letters: tuple[WrittenLetter, ...]
    notices: tuple[OutgoingMail, ...]
    may_make: bool


def may_open(work: Work, step: Escalation) -> bool:
    """Say whether a step is the actor's to open: the clerk follows all of the inquiry's, others what came to them."""
    if work.actor.role is Role.PMO_STAFF:
        return any(each.id == step.id for each in reminding.tasks(work))
    is_theirs = work.actor.role is Role.CLERK or step.level == reminding.LEVEL_OF[work.actor.role]
    return is_theirs and inquiry_within(work.session, work.scope, step.inquiry_id) is not None


def ready(work: Work, step_id: str) -> Ready:
    """Return what lies ready for a step.

    :raises NotFound: if it is absent, or did not come to the actor.
    """
    step = _step(work, step_id)
    may_make = work.actor.role is Role.CLERK and KIND_OF[Level(step.level)] in writing.kinds_open(work, step.inquiry)
    return Ready(
        step=step,
        due_at=timing.due_of(work, step.inquiry),
        desk=escalating.desk_for(work, step.inquiry),
        record=_record(work, step),
        letters=tuple(_letters(work, step)),
        notices=tuple(noticing.of_steps(work, [step])),
        may_make=may_make,
    )


def make(work: Work, step_id: str) -> WrittenLetter:
    """Print the letter of a step; whoever the step came to may open it from then on.

    :raises NotFound: if the step is absent, or somebody else's.
    :raises Forbidden: if no such letter may be made now, or the actor is no clerk.
    """
    step = _step(work, step_id)
    if work.actor.role is not Role.CLERK:
        raise Forbidden("reminding:not_the_clerk")
    return _MAKERS[Level(step.level)](work, step.inquiry_id)


def opened(work: Work, step_id: str, letter_id: str) -> tuple[WrittenLetter, bytes]:
    """Open a letter of a step as it was printed; recorded as a reading.

    :raises NotFound: if step or letter is absent, or did not come to the actor.
    """
    step = _step(work, step_id)
    letter = next((each for each in _letters(work, step) if each.id == letter_id), None)
    if letter is None:
        raise NotFound("reminding:no_letter")
    inquiry = held_inquiry(work.session, step.inquiry_id)
    work.record("letter:opened", inquiry, document=letter.document_number, kind=letter.kind)
    return letter, work.open_bytes(letter.file_ct, "written_letter.file", letter.id)


def _step(work: Work, step_id: str) -> Escalation:
    step = escalation(work.session, step_id)
    if step is None or not may_open(work, step):
        raise NotFound("reminding:not_found")
    return step


def _record(work: Work, step: Escalation) -> tuple[Line, ...]:
    lived = [Line(each.event, each.at, each.by_organisation) for each in step.inquiry.steps if each.event in SHARED]
    told = [Line(each.level, each.raised_at) for each in reminding.of_this_time(work, step.inquiry)]
    return tuple(sorted((*lived, *told), key=lambda line: line.at))


def _letters(work: Work, step: Escalation) -> list[WrittenLetter]:
    """Return the letters made to whom the step came; a report goes to the PMO or to the ministry, never both."""
    made = letters_of_kind(work.session, step.inquiry_id, KIND_OF[Level(step.level)])
    since = [letter for letter in made if letter.made_at >= step.owed_since]
    if step.level == Level.SUPERVISOR:
        return since
    pmo = organisation_of_kind(work.session, OrganisationKind.PMO)
    name = pmo.name if pmo is not None else ""
    return [letter for letter in since if (letter.addressee == name) is (step.level == Level.PMO)]
