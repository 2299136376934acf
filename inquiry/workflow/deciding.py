"""Keeping what a decision was made of, and making it again (判定の記録と再現).

Decides   that an identification from a roster keeps everything its decision followed from, sealed, so that the same
          bytes come out whenever it is replayed; that what other rules decided is said to be theirs, not called wrong.
Not here  the bytes: matching/record.py. Deciding: matching/decide.py.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final

from inquiry.domain.errors import NotFound
from inquiry.domain.member import CoverDates, Member, MemberId
from inquiry.domain.parties import Actor
from inquiry.domain.subject import Subject
from inquiry.matching.decide import Decision, decide
from inquiry.matching.kanji import TABLE_DIGEST
from inquiry.matching.record import canonical, reasons_in, rules_as_json, rules_from
from inquiry.matching.rules import DEFAULT, Rules
from inquiry.security.sealing import commitment
from inquiry.store.answering import Identification
from inquiry.store.identifying import generation, replayable
from inquiry.store.inquiries import Inquiry
from inquiry.store.ledger import is_said
from inquiry.store.rosters import RosterGeneration
from inquiry.workflow.people import (
    dates_as_json,
    dates_from,
    member_as_json,
    member_from,
    subject_as_json,
    subject_from,
)
from inquiry.workflow.work import JST, House, Work

PORTION: Final = 200
DECISION: Final = "identification.decision"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Everything a decision follows from; deciding again gives the same."""

    subject: Subject
    dates: CoverDates | None
    members: tuple[Member, ...]
    rules: Rules
    namesakes: int = 0

    def decide(self) -> Decision:
        """Decide."""
        return decide(self.subject, self.members, dates=self.dates, rules=self.rules, namesakes=self.namesakes)


class Replayed(StrEnum):
    """What came of making a decision again."""

    EQUAL = "equal"  # 同じ
    DIFFERENT = "different"  # 異なる
    OTHER_RULES = "other_rules"  # 別の版の規則による判定


def keep(work: Work, row: Identification, evidence: Evidence, *, decision: Decision, roster: RosterGeneration) -> bytes:
    """Seal into an identification what its decision followed from, and return the bytes of the decision.

    People of a roster stay under its insurer's key, wherever they are copied to.
    """
    said = canonical(decision)
    kept = {
        "subject": subject_as_json(evidence.subject),
        "dates": dates_as_json(evidence.dates) if evidence.dates else None,
        "members": [member_as_json(member) for member in evidence.members],
        "rules": rules_as_json(evidence.rules),
        "namesakes": evidence.namesakes,
        "generation": roster.id,
        "imported_at": roster.imported_at.isoformat(),
        "product": DEFAULT.version,
        "table": TABLE_DIGEST,
        "decision": said.decode(),
    }
    row.sealed_for = roster.insurer_id
    row.decision_ct = work.seal(kept, DECISION, row.id, tenant=row.sealed_for)
    return said


def version_of(rules: Rules) -> str:
    """Return by which rules and which table of characters somebody is found, as an identification keeps it."""
    return f"{rules.version}/{TABLE_DIGEST[:16]}"


def roster_date(work: Work, row: Identification | None) -> date | None:
    """Return the date of the roster that an identification rests on, or None where it rests on none."""
    roster = generation(work.session, row.generation_id if row else None)
    if roster is None:
        return None
    return roster.as_of or roster.imported_at.astimezone(JST).date()


def replay(work: Work, identification_id: str) -> Replayed:
    """Make the decision of an identification again, and lay it beside its record and the ledger's commitment to it.

    The caller records the reading.
    :raises NotFound: if it keeps none: an officer attested it, or it is older than this record.
    """
    row = work.session.get(Identification, identification_id)
    if row is None or row.decision_ct is None:
        raise NotFound("replay:not_kept")
    kept = work.open(row.decision_ct, DECISION, row.id, tenant=row.sealed_for)
    # Whoever holds the keys could write another record, and another decision to fit it; the ledger still knows.
    salt = work.session.get_one(Inquiry, row.inquiry_id).salt
    vouched = {"decision": commitment(salt, kept["decision"].encode()), "identification": row.id}
    return _replayed(kept) if is_said(work.session, row.inquiry_id, vouched) else Replayed.DIFFERENT


def _replayed(kept: dict[str, Any]) -> Replayed:
    if (kept["product"], kept["table"]) != (DEFAULT.version, TABLE_DIGEST):
        return Replayed.OTHER_RULES
    is_equal = canonical(_evidence(kept).decide()) == kept["decision"].encode()
    return Replayed.EQUAL if is_equal else Replayed.DIFFERENT


@dataclass(frozen=True, slots=True)
class Shown:
    """Whom a page of ④ showed, and by 加入者ID why each was a candidate."""

    members: tuple[Member, ...]
    reasons: dict[MemberId, list[Any]]


def shown_by(work: Work, row: Identification) -> Shown | None:
    """Open what was shown when an identification was made; the caller records the reading."""
    if row.decision_ct is None:
        return None
    kept = work.open(row.decision_ct, DECISION, row.id, tenant=row.sealed_for)
    return Shown(_evidence(kept).members, reasons_in(kept["decision"].encode()))


def _evidence(kept: dict[str, Any]) -> Evidence:
    return Evidence(
        subject=subject_from(kept["subject"]),
        dates=dates_from(kept["dates"]) if kept["dates"] else None,
        members=tuple(member_from(stored) for stored in kept["members"]),
        rules=rules_from(kept["rules"]),
        namesakes=kept["namesakes"],
    )


def replay_everything(house: House, actor: Actor) -> Iterator[tuple[str, Replayed]]:
    """Make every decision again that is kept, and yield each identification with what came of it.

    One portion is one unit of work, and recorded as such.
    """
    after = ""
    while True:
        with house.work(actor) as work:
            rows = replayable(work.session, after=after, limit=PORTION)
            outcomes = [(row.id, replay(work, row.id)) for row in rows]
            if not rows:
                return
            differing = sum(outcome is Replayed.DIFFERENT for _, outcome in outcomes)
            work.record("decisions:replayed", entries=str(len(rows)), faults=str(differing))
        yield from outcomes
        after = rows[-1].id
