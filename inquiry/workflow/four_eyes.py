"""An insurer's rule of the second look, and whether a prepared answer has had it (複数人での確認).

Decides   who may release: a supervisor or the substitute whom the insurer names, never who made what will leave.
Not here  releasing and sending back: releasing.py. The gate that asks: domain/reply.py.
"""

import hashlib
from dataclasses import dataclass, field

from inquiry.domain.errors import Forbidden, InvalidValue, Superseded
from inquiry.domain.four_eyes import Requirement, Rule, Trigger, needs_release
from inquiry.domain.reply import ReplyKind
from inquiry.store.answering import Answer, CallBack
from inquiry.store.four_eyes import FourEyesRule, Release, was_answered
from inquiry.store.inquiries import Inquiry
from inquiry.store.organisations import Account, accounts_of
from inquiry.workflow.work import Work


@dataclass(frozen=True, slots=True)
class Edition:
    """The rule in force with its number, and the account that stands in for the supervisors."""

    rule: Rule = field(default_factory=Rule)
    number: int = 0
    substitute_id: str = ""


def in_force(work: Work, insurer_id: str) -> Edition:
    """Return an insurer's rule; without one nobody waits."""
    row = work.session.get(FourEyesRule, insurer_id)
    if row is None:
        return Edition()
    rule = Rule(Requirement(row.requirement), frozenset(map(Trigger, row.triggers)))
    return Edition(rule, row.number, row.substitute_id or "")


def change(work: Work, rule: Rule, *, substitute_id: str, number: int) -> None:
    """Set the rule anew; a supervisor alone does, and everybody's earlier rule stands in the ledger.

    :raises Forbidden: if the actor is no supervisor.
    :raises InvalidValue: if no kind is chosen where some are to wait, or the substitute is nobody of the insurer's.
    :raises Superseded: if somebody changed it since the page was read.
    """
    insurer_id = work.actor.insurer_id or ""
    if not work.actor.is_supervisor:
        raise Forbidden("four_eyes:supervisor_only")
    if rule.requirement is Requirement.SOME and not rule.triggers:
        raise InvalidValue("four_eyes:trigger_missing", field="triggers")
    if substitute_id and substitute_id not in {account.id for account in colleagues(work)}:
        raise InvalidValue("four_eyes:substitute_unknown", field="substitute_id")
    row = work.session.get(FourEyesRule, insurer_id, with_for_update=True)
    if (row.number if row else 0) != number:
        raise Superseded
    if row is None:
        row = FourEyesRule(insurer_id=insurer_id)
        work.session.add(row)
    row.number, row.requirement = number + 1, rule.requirement
    row.triggers, row.substitute_id = sorted(rule.triggers), substitute_id or None
    triggers = ".".join(row.triggers)
    work.record(
        "four_eyes:changed",
        version=str(row.number),
        requirement=rule.requirement,
        triggers=triggers,
        account=substitute_id,
    )


def colleagues(work: Work) -> list[Account]:
    """Return the accounts of the actor's organisation that can log in."""
    return [account for account in accounts_of(work.session, work.actor.organisation_id) if account.disabled_at is None]


def is_needed(work: Work, inquiry: Inquiry, answer: Answer) -> bool:
    """Say whether this answer waits for a second person under the insurer's rule."""
    rule = in_force(work, inquiry.insurer_id).rule
    if rule.requirement is Requirement.NEVER:
        return False
    is_address_new = answer.mail_address_ct is not None or not was_answered(
        work.session, inquiry.insurer_id, inquiry.municipality_code
    )
    return needs_release(rule, ReplyKind(answer.kind), items=inquiry.items, is_address_new=is_address_new)


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


def makers_of(work: Work, answer: Answer) -> frozenset[str]:
    """Return who made what will leave: who prepared it, and who heard the address it goes to."""
    call = work.session.get(CallBack, answer.call_back_id) if answer.call_back_id else None
    return frozenset({answer.prepared_by} | ({call.started_by} if call else set()))


def may_release(work: Work, inquiry: Inquiry, answer: Answer) -> bool:
    """Say whether the actor is the second person for this answer."""
    is_named = work.actor.account_id == in_force(work, inquiry.insurer_id).substitute_id
    return (work.actor.is_supervisor or is_named) and work.actor.account_id not in makers_of(work, answer)
