"""An insurer's rule of the second look, and whether a prepared answer has had it (複数人での確認).

Decides   who may release: a supervisor or the substitute whom the insurer names, never who made what will leave;
          that an answer which once had to wait goes on waiting, whatever becomes of the rule.
Not here  releasing and sending back: releasing.py. The gate that asks: domain/reply.py.
"""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from inquiry.domain.errors import Forbidden, InvalidValue, Superseded
from inquiry.domain.four_eyes import Requirement, Rule, Trigger, is_looser, needs_release
from inquiry.domain.reply import ReplyKind
from inquiry.security import guard
from inquiry.store.answering import Answer
from inquiry.store.four_eyes import (
    FourEyesEdition,
    Release,
    four_eyes_editions,
    four_eyes_since,
    latest_four_eyes,
    was_answered,
)
from inquiry.store.inquiries import Inquiry
from inquiry.store.organisations import Account, accounts_of, display_names
from inquiry.workflow.answer_files import MADE, PREPARED, REMADE
from inquiry.workflow.matching_rules import acting_insurer
from inquiry.workflow.work import Work

# What makes a part of what leaves: the words, the file or letter, and where it goes.
_MAKING: Final = frozenset({PREPARED, MADE, REMADE, "letter_released"})
_ADDRESSING: Final = frozenset({"address_heard"})


@dataclass(frozen=True, slots=True)
class Edition:
    """A version of the rule: the account that stands in for the supervisors, and who set it when and why.

    Number 0 is where everybody starts: nobody waits.
    """

    rule: Rule = field(default_factory=Rule)
    number: int = 0
    substitute_id: str = ""
    reason: str = ""
    set_at: datetime | None = None
    set_by_name: str = ""


def in_force(work: Work, insurer_id: str) -> Edition:
    """Return an insurer's rule; without one nobody waits."""
    row = latest_four_eyes(work.session, insurer_id)
    return _edition(row) if row else Edition()


def editions(work: Work) -> list[Edition]:
    """Return every version of the acting insurer's rule, the newest first."""
    return [_edition(row) for row in four_eyes_editions(work.session, acting_insurer(work))]


def names_of_substitutes(work: Work, versions: Collection[Edition]) -> dict[str, str]:
    """Return the names of the accounts that these versions name."""
    return display_names(work.session, {each.substitute_id for each in versions})


def _edition(row: FourEyesEdition) -> Edition:
    rule = Rule(Requirement(row.requirement), frozenset(map(Trigger, row.triggers)))
    return Edition(rule, row.number, row.substitute_id or "", row.reason, row.set_at, row.set_by_name)


def change(work: Work, rule: Rule, *, substitute_id: str, number: int, reason: str = "") -> None:
    """Set the rule anew; a supervisor alone does, and everybody's earlier rule stays to be read.

    :raises Forbidden: if the actor is no supervisor.
    :raises InvalidValue: if no kind is chosen where some are to wait, the substitute is nobody of the insurer's, or
        answers that waited would no longer wait and no reason is given.
    :raises Superseded: if somebody changed it since the page was read.
    """
    if not work.actor.is_supervisor:
        raise Forbidden("four_eyes:supervisor_only")
    guard.enforce({"reason": reason})
    if rule.requirement is Requirement.SOME and not rule.triggers:
        raise InvalidValue("four_eyes:trigger_missing", field="triggers")
    if substitute_id and substitute_id not in {account.id for account in colleagues(work)}:
        raise InvalidValue("four_eyes:substitute_unknown", field="substitute_id")
    earlier = in_force(work, acting_insurer(work))
    if earlier.number != number:
        raise Superseded(by=earlier.set_by_name)
    if is_looser(rule, earlier.rule) and not reason.strip():
        raise InvalidValue("four_eyes:loosened_without_reason", field="reason")
    _set(work, Edition(rule, number + 1, substitute_id, reason.strip()))


def _set(work: Work, edition: Edition) -> None:
    row = FourEyesEdition(
        insurer_id=acting_insurer(work),
        number=edition.number,
        requirement=edition.rule.requirement,
        triggers=sorted(edition.rule.triggers),
        substitute_id=edition.substitute_id or None,
        reason=edition.reason,
        set_at=work.now,
        set_by=work.actor.account_id,
        set_by_name=work.actor.display_name,
    )
    work.session.add(row)
    work.session.flush()
    work.record(
        "four_eyes:changed",
        version=str(row.number),
        requirement=row.requirement,
        triggers=".".join(row.triggers),
        account=edition.substitute_id,
    )


def colleagues(work: Work) -> list[Account]:
    """Return the accounts of the actor's organisation that can log in."""
    return [account for account in accounts_of(work.session, work.actor.organisation_id) if account.disabled_at is None]


def was_ever_asked(work: Work, insurer_id: str) -> bool:
    """Say whether any version of an insurer's rule let answers wait."""
    return any(row.requirement != Requirement.NEVER for row in four_eyes_editions(work.session, insurer_id))


def is_needed(work: Work, inquiry: Inquiry, answer: Answer) -> bool:
    """Say whether this answer waits for a second person: under the rule as it was when it was prepared, or since."""
    since = four_eyes_since(work.session, inquiry.insurer_id, answer.four_eyes_from)
    return _waits(work, inquiry, answer, rules=[_edition(row).rule for row in since])


def is_loosened(work: Work, inquiry: Inquiry, answer: Answer) -> bool:
    """Say whether this answer would not wait if it were prepared now."""
    return not _waits(work, inquiry, answer, rules=[in_force(work, inquiry.insurer_id).rule])


def _waits(work: Work, inquiry: Inquiry, answer: Answer, *, rules: Collection[Rule]) -> bool:
    if all(rule.requirement is Requirement.NEVER for rule in rules):
        return False
    is_new = answer.mail_address_ct is not None or not was_answered(
        work.session, inquiry.insurer_id, inquiry.municipality_code, besides=answer.id
    )
    kind = ReplyKind(answer.kind)
    return any(needs_release(rule, kind, items=inquiry.items, is_address_new=is_new) for rule in rules)


def said_of(work: Work, answer: Answer) -> Release | None:
    """Return what a second person said of exactly what is prepared now; a changed draft has had no look yet."""
    row = work.session.get(Release, answer.id)
    return row if row is not None and bytes(row.seen) == fingerprint(answer) else None


def is_missing(work: Work, inquiry: Inquiry, answer: Answer) -> bool:
    """Say whether a release is needed and not there."""
    if not is_needed(work, inquiry, answer):
        return False
    said = said_of(work, answer)
    return said is None or not said.is_released


def holds_back(work: Work, inquiry: Inquiry, answer: Answer) -> bool:
    """Say whether the file of an answer that was given was made again, and no second person has seen the new one."""
    return answer.held_at is not None and is_missing(work, inquiry, answer)


def fingerprint(answer: Answer) -> bytes:
    """Return what changes whenever anything of the answer is sealed, made or heard anew; nothing is opened for it."""
    parts = (
        answer.kind.encode(),
        answer.channel.encode(),
        answer.identification_id.encode(),
        bytes(answer.items_ct or b""),
        answer.file_sha256.encode(),
        bytes(answer.mail_address_ct or b""),
    )
    return hashlib.sha256(b"".join(hashlib.sha256(part).digest() for part in parts)).digest()


def makers_of(inquiry: Inquiry, answer: Answer) -> frozenset[str]:
    """Return who made what will leave: wrote it last, made its file or letter last, heard the address it goes to."""
    parts = _MAKING if answer.mail_address_ct is None else _MAKING | _ADDRESSING
    made: dict[str, str] = {}
    for step in reversed(inquiry.steps):
        if step.event in parts:
            made.setdefault(step.event, step.by)
        if step.event == PREPARED:
            # Whatever was made before stood for an earlier draft.
            break
    return frozenset(made.values())


def is_maker(work: Work, inquiry: Inquiry, answer: Answer) -> bool:
    """Say whether the actor made anything of what will leave."""
    return work.actor.account_id in makers_of(inquiry, answer)


def may_release(work: Work, inquiry: Inquiry, answer: Answer) -> bool:
    """Say whether the actor is the second person for this answer."""
    is_named = work.actor.account_id == in_force(work, inquiry.insurer_id).substitute_id
    return (work.actor.is_supervisor or is_named) and not is_maker(work, inquiry, answer)
