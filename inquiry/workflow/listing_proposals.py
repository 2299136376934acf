"""Proposals to enter or leave the list: computed, shown to the insurer, decided by a person (掲載・解除の提案).

Source    memo 3(1).
Decides   that the insurer has its time to object before anything is decided, that an objection is answered first, and
          that a decision has a reason and changes nothing but the draft of the next version.
Not here  the rules: directory/difficulty_rules.py. Publishing: difficult_drafting.py.
Secrets   what the insurer and the PMO write to each other is sealed; whoever opens it is recorded.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Final

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.directory.difficulty import Evidence
from inquiry.directory.difficulty_rules import MOST_MONTHS, DifficultyRules, Direction, proposed
from inquiry.directory.insurers import InsurerKind
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound
from inquiry.domain.parties import Role
from inquiry.security import guard
from inquiry.store.base import new_id
from inquiry.store.difficult_insurers import DifficultEdition, entries_of
from inquiry.store.insurers import Insurer
from inquiry.store.listing_proposals import ListingObjection, ListingProposal, proposal, proposal_held, proposals
from inquiry.workflow import difficult_drafting, difficulty, difficulty_rules
from inquiry.workflow.difficult_drafting import Listing
from inquiry.workflow.difficult_insurers import every_edition, published
from inquiry.workflow.difficulty import Month
from inquiry.workflow.work import Work

SHOWN_MONTHS: Final = 13  # a year to compare with, and the month that goes on


class Outcome(StrEnum):
    """What became of a proposal."""

    ADOPTED = "adopted"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the rules propose now for an insurer, and the months they propose it from."""

    insurer: Insurer
    direction: Direction
    months: list[Month]


def suggestions(work: Work, rules: DifficultyRules) -> list[Suggestion]:
    """Return what rules would propose now; insurers of whom a proposal is open already are left out."""
    counted = difficulty.months_of_all(work, number=MOST_MONTHS + 1)
    waiting = {each.insurer_id for each in proposals(work.session) if not each.outcome}
    standing = {line.entry.insurer_id for line in published(work).lines}
    found = []
    for insurer in difficulty.insurers_among(work, set(counted) - waiting):
        months = counted[insurer.id]
        direction = proposed(whole(months), rules, is_listed=insurer.id in standing)
        if direction is not None and insurer.kind != InsurerKind.WIDE_AREA_UNION:
            found.append(Suggestion(insurer, direction, months))
    return sorted(found, key=lambda each: each.direction)


def whole(months: Sequence[Month]) -> list[Evidence]:
    """Return the evidence of the months that are over."""
    return [month.evidence for month in months if month.is_whole]


def is_listed(work: Work, insurer_id: str) -> bool:
    """Say whether the list names an insurer today."""
    return bool(entries_of(work.session, insurer_id, day=work.today))


def open_proposal(work: Work, insurer_id: str, direction: Direction, *, reason: str) -> ListingProposal:
    """Propose a change of standing to an insurer, with the evidence as it is now.

    :raises NotFound: if there is no such insurer.
    :raises InvalidValue: if no reason is given.
    :raises Forbidden: if one is open already, or the insurer stands where the proposal would lead.
    """
    guard.enforce({"reason": reason})
    insurer = work.session.get(Insurer, insurer_id, with_for_update={"key_share": True})
    if insurer is None:
        raise NotFound("difficult_insurer:insurer_not_found")
    if not reason.strip():
        raise InvalidValue("listing_proposal:reason_missing", field="reason")
    if any(not each.outcome for each in proposals(work.session, insurer_id)):
        raise Forbidden("listing_proposal:open_already")
    if is_listed(work, insurer_id) is (direction is Direction.ENTER):
        raise Forbidden("listing_proposal:stands_there")
    if insurer.kind == InsurerKind.WIDE_AREA_UNION:
        raise Forbidden("difficult_insurer:kind_never_listed")
    edition = difficulty_rules.in_force(work)
    opened = ListingProposal(
        id=new_id(),
        insurer_id=insurer_id,
        insurer=insurer,
        direction=direction,
        rules_number=edition.number,
        months=[_kept(month) for month in difficulty.months_of(work, insurer_id, number=SHOWN_MONTHS)],
        reason=reason.strip(),
        opened_at=work.now,
        opened_by_name=work.actor.display_name,
        object_until=work.today + timedelta(days=edition.rules.days_to_object),
    )
    work.session.add(opened)
    work.session.flush()
    work.record("listing_proposal:opened", insurer=insurer_id, entry=opened.id, kind=direction)
    return opened


def proposal_of(work: Work, proposal_id: str) -> ListingProposal:
    """Return a proposal: any to PMO staff, to an insurer those about itself.

    :raises NotFound: if there is none.
    """
    return _theirs(work, proposal(work.session, proposal_id))


def every_proposal(work: Work) -> list[ListingProposal]:
    """Return every proposal, the newest first."""
    return proposals(work.session)


def about(work: Work, insurer_id: str) -> list[ListingProposal]:
    """Return the proposals about one insurer, the newest first."""
    return proposals(work.session, insurer_id)


def heard(work: Work, edition: DifficultEdition) -> set[str]:
    """Return the insurers of which a proposal was adopted while a version was being written."""
    since = max((each.published_at for each in every_edition(work) if each.published_at), default=None)
    decided = {
        each.insurer_id: each.decided_at
        for each in reversed(proposals(work.session))
        if each.outcome == Outcome.ADOPTED
    }
    on_draft = {line.entry.insurer_id for line in edition.lines}
    return {key for key, at in decided.items() if key in on_draft and (since is None or (at and at > since))}


def months_of(found: ListingProposal) -> list[Month]:
    """Return the evidence as it was when the proposal was made."""
    return [
        Month(date.fromisoformat(each["first_on"]), Evidence(**each["evidence"]), each["is_whole"])
        for each in found.months
    ]


@dataclass(frozen=True, slots=True)
class Said:
    """What was written to a proposal, opened; an empty objection says that there is none."""

    objection: str = ""
    reply: str = ""


def read(work: Work, found: ListingProposal) -> Said:
    """Open what the insurer and the PMO wrote, and record that it was read."""
    row = found.objection
    if row is None or row.text_ct is None:
        return Said()
    work.record("listing_proposal:objection_read", entry=found.id, insurer=found.insurer_id)
    reply = work.open(row.reply_ct, "listing_objection.reply", found.id) if row.reply_ct else ""
    return Said(work.open(row.text_ct, "listing_objection.text", found.id), reply)


def may_object(work: Work, found: ListingProposal) -> bool:
    """Say whether the insurer may still say something."""
    return not found.outcome and found.objection is None and work.today <= found.object_until


def object_to(work: Work, proposal_id: str, *, text: str) -> None:
    """Write down the insurer's objection.

    :raises InvalidValue: if it says nothing.
    :raises Forbidden: if the time has passed, or something was said already.
    """
    guard.enforce({"text": text})
    if not text.strip():
        raise InvalidValue("listing_proposal:objection_missing", field="text")
    found = _answerable(work, proposal_id)
    _say(work, found, text_ct=work.seal(text.strip(), "listing_objection.text", found.id))
    work.record("listing_proposal:objected", entry=found.id, insurer=found.insurer_id)


def agree(work: Work, proposal_id: str) -> None:
    """Write down that the insurer has no objection.

    :raises Forbidden: if the time has passed, or something was said already.
    """
    found = _answerable(work, proposal_id)
    _say(work, found, text_ct=None)
    work.record("listing_proposal:agreed", entry=found.id, insurer=found.insurer_id)


def reply(work: Work, proposal_id: str, *, text: str) -> None:
    """Answer an objection.

    :raises InvalidValue: if the answer says nothing.
    :raises Forbidden: if there is no objection, or it was answered.
    """
    guard.enforce({"text": text})
    if not text.strip():
        raise InvalidValue("listing_proposal:reply_missing", field="text")
    found = _held(work, proposal_id)
    row = found.objection
    if row is None or row.text_ct is None or row.reply_ct is not None:
        raise Forbidden("listing_proposal:nothing_to_answer")
    row.reply_ct = work.seal(text.strip(), "listing_objection.reply", found.id)
    row.replied_at, row.replied_by_name = work.now, work.actor.display_name
    work.record("listing_proposal:replied", entry=found.id, insurer=found.insurer_id)


@dataclass(frozen=True, slots=True)
class Decision:
    """What PMO staff decide of a proposal; scope and category are those of a new entry, `on` its first or last day."""

    outcome: Outcome
    reason: str
    on: date | None = None
    scope: Scope = Scope.ALL
    category: Category = Category.ATTACHMENTS_NEEDED


def why_undecidable(work: Work, found: ListingProposal) -> str:
    """Return the code of what stands in the way of a decision, or nothing."""
    row = found.objection
    if found.outcome:
        return "listing_proposal:decided_already"
    if row is None and work.today <= found.object_until:
        return "listing_proposal:time_to_object"
    if row is not None and row.text_ct is not None and row.reply_ct is None:
        return "listing_proposal:objection_unanswered"
    return ""


def decide(work: Work, proposal_id: str, decision: Decision) -> ListingProposal:
    """Decide a proposal; one that is adopted goes into the draft of the list's next version.

    :raises InvalidValue: if the reason or the day is missing, or the memo lets no such entry stand.
    :raises Forbidden: before the insurer had its time, or its objection was answered.
    """
    guard.enforce({"reason": decision.reason})
    found = _held(work, proposal_id)
    if hindrance := why_undecidable(work, found):
        raise Forbidden(hindrance)
    if not decision.reason.strip():
        raise InvalidValue("listing_proposal:decision_reason_missing", field="reason")
    if decision.outcome is Outcome.ADOPTED:
        _adopt(work, found, decision)
    found.outcome, found.decision_reason = decision.outcome, decision.reason.strip()
    found.decided_at, found.decided_by_name = work.now, work.actor.display_name
    work.record("listing_proposal:decided", entry=found.id, insurer=found.insurer_id, outcome=decision.outcome)
    return found


def _adopt(work: Work, found: ListingProposal, decision: Decision) -> None:
    if decision.on is None:
        raise InvalidValue("listing_proposal:day_missing", field="on")
    edition = difficult_drafting.draft(work) or difficult_drafting.begin(work)
    if found.direction == Direction.ENTER:
        listing = Listing(found.insurer_id, decision.scope, decision.category, decision.on, reason=decision.reason)
        difficult_drafting.add(work, listing)
        return
    entries = [line.entry for line in edition.lines if line.entry.insurer_id == found.insurer_id]
    standing = [entry for entry in entries if entry.until_on is None or entry.until_on > decision.on]
    if not standing:
        raise InvalidValue("listing_proposal:not_on_draft", field="on")
    for entry in standing:
        kept = Listing(entry.insurer_id, Scope(entry.scope), Category(entry.category), entry.from_on)
        ended = replace(kept, until_on=decision.on, reason=decision.reason)
        difficult_drafting.change(work, entry.id, difficult_drafting.draft_of(work).version, ended)


def _answerable(work: Work, proposal_id: str) -> ListingProposal:
    found = _held(work, proposal_id)
    if found.outcome or found.objection is not None:
        raise Forbidden("listing_proposal:said_already")
    if work.today > found.object_until:
        raise Forbidden("listing_proposal:too_late")
    return found


def _say(work: Work, found: ListingProposal, *, text_ct: bytes | None) -> None:
    found.objection = ListingObjection(
        proposal_id=found.id, text_ct=text_ct, said_at=work.now, said_by_name=work.actor.display_name
    )
    work.session.flush()


def _held(work: Work, proposal_id: str) -> ListingProposal:
    return _theirs(work, proposal_held(work.session, proposal_id))


def _theirs(work: Work, found: ListingProposal | None) -> ListingProposal:
    is_pmo = work.actor.role is Role.PMO_STAFF
    if found is None or not (is_pmo or found.insurer_id == work.actor.insurer_id):
        raise NotFound("listing_proposal:not_found")
    return found


def _kept(month: Month) -> dict[str, Any]:
    evidence = {**asdict(month.evidence), "by_reason": dict(month.evidence.by_reason)}
    return {"first_on": month.first_on.isoformat(), "evidence": evidence, "is_whole": month.is_whole}
