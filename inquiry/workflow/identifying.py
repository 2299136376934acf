"""STEP2 ④: which member is it (加入者情報の確認).

Source    memo annex STEP2 ④-⑤, 留意事項; flowchart 該当者あり・該当者が複数名.
Decides   what is recorded as found: by the roster kept here, by an officer's look at doubtful candidates, or by what
          an officer attests to have seen in the insurer's own system. All three identifiers equal, or nobody; several
          where an officer cannot tell candidates apart.
Not here  comparing: matching/. Importing rosters: workflow/roster.py.
"""

import hmac
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from inquiry.domain.errors import Forbidden, InvalidValue, Superseded
from inquiry.domain.findings import Finding
from inquiry.domain.inquiry import Event, State, arrow
from inquiry.domain.member import CoverDates, Member, MemberId
from inquiry.domain.reply import ALL_THREE, Identifier
from inquiry.domain.subject import Subject
from inquiry.matching.decide import Candidate, Decision
from inquiry.matching.record import canonical
from inquiry.security import guard
from inquiry.security.sealing import commitment
from inquiry.store.answering import Identification, identification_in_force
from inquiry.store.base import new_id
from inquiry.store.inquiries import Inquiry
from inquiry.store.rosters import RosterGeneration, active_generation
from inquiry.workflow import deciding
from inquiry.workflow.deciding import Evidence
from inquiry.workflow.people import member_as_json
from inquiry.workflow.roster_search import roster_in_force
from inquiry.workflow.viewing import dates_of, subject_of
from inquiry.workflow.withholding import member_found
from inquiry.workflow.work import Work

_EVENT: Final = {
    Finding.NONE: Event.FIND_NONE,
    Finding.ONE: Event.FIND_ONE,
    Finding.SEVERAL: Event.FIND_SEVERAL,
}


class Basis(StrEnum):
    """On what a finding rests."""

    ROSTER = "roster"  # 名簿との照合
    OFFICER = "officer"  # 名簿の候補を担当者が確認
    ATTESTED = "attested"  # 保険者の自システムで担当者が確認


class Fact(StrEnum):
    """What bears out that the only person of a frequent name is the person asked about (裏付けとした事項)."""

    ADDRESS = "address"  # 住所
    INSURED_NUMBER = "insured_number"  # 記号・番号
    COVER_DATES = "cover_dates"  # 資格の時期
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Found:
    """What a look into the roster gives: the decision, its people by their 加入者ID, and what it was made of."""

    generation: RosterGeneration
    decision: Decision
    people: dict[MemberId, Member]
    evidence: Evidence

    def seal_of(self, inquiry: Inquiry) -> str:
        """Return what a form carries of what its page showed: this decision on this roster, and nothing of anybody."""
        return commitment(inquiry.salt, f"{self.generation.id} ".encode() + canonical(self.decision))

    @property
    def is_for_officer(self) -> bool:
        """Say whether an officer may find that nobody is meant: a doubtful candidate, or one of a frequent name."""
        return self.decision.finding is Finding.CONFIRM or self.decision.is_common_name

    @property
    def leaves_open_which(self) -> bool:
        """Say whether two or more may be the person asked about, and an officer may ask for dates of cover."""
        return self.decision.finding is Finding.CONFIRM and len(self.decision.candidates) > 1

    @property
    def candidates(self) -> tuple[tuple[Candidate, Member], ...]:
        """Return each candidate with the person."""
        return tuple((candidate, self.people[candidate.member_id]) for candidate in self.decision.candidates)


@dataclass(frozen=True, slots=True)
class Attestation:
    """What an officer says to have seen: how many persons, which identifiers are equal, whether a number is on file."""

    finding: Finding
    equal: frozenset[Identifier]
    is_number_registered: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Recorded:
    """What is on record as found: the identification, what it holds sealed, and the date of its roster."""

    identification: Identification
    member: Member | None
    reason: str
    roster_on: date | None = None


def recorded(work: Work, inquiry: Inquiry) -> Recorded | None:
    """Open the identification in force; the caller records the reading."""
    row = identification_in_force(work.session, inquiry.id)
    if row is None:
        return None
    reason = work.open(row.reason_ct, "identification.reason", row.id) if row.reason_ct else ""
    return Recorded(row, member_found(work, row), reason, deciding.roster_date(work, row))


def keeps_roster(work: Work) -> bool:
    """Say whether the acting insurer keeps a roster here."""
    return work.actor.insurer_id is not None and active_generation(work.session, work.actor.insurer_id) is not None


def look_up(work: Work, inquiry: Inquiry) -> Found:
    """Decide about an inquiry from the roster in force, and record that the roster was searched.

    :raises NotFound: if the insurer keeps no roster here.
    """
    found = search(work, inquiry.insurer_id, subject_of(work, inquiry), dates=dates_of(work, inquiry))
    candidates = str(len(found.decision.candidates))
    work.record("roster:searched", inquiry, generation=found.generation.id, candidates=candidates)
    return found


def search(work: Work, insurer_id: str, subject: Subject, *, dates: CoverDates | None) -> Found:
    """Decide about a person from the roster in force; the caller records the search.

    :raises NotFound: if the insurer keeps no roster here.
    """
    roster = roster_in_force(work, insurer_id)
    (look,) = roster.look([(subject, dates)])
    return Found(roster.generation, look.decision, look.people, look.evidence)


def check_as_shown(work: Work, inquiry_id: str, version: int, seal: str) -> None:
    """Refuse to record what a page did not show (`seal` is of what it did); the use case behind records the search.

    The roster stands still from here until the unit of work ends.

    :raises Superseded: if another roster came into force since the page was made, or the decision is another.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    found = search(work, inquiry.insurer_id, subject_of(work, inquiry), dates=dates_of(work, inquiry))
    if not hmac.compare_digest(seal.encode(), found.seal_of(inquiry).encode()):
        raise Superseded(code="identifying:not_as_shown")


def identify(work: Work, inquiry_id: str, version: int) -> Inquiry:
    """Record what the roster decides: one, none or several.

    :raises Forbidden: if a person must look first; see `confirm_candidate`, `reject_candidates`, `find_several` and
        `identify_corroborated`.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    arrow(State(inquiry.state), Event.FIND_ONE)
    found = look_up(work, inquiry)
    if found.decision.finding is Finding.CONFIRM:
        raise Forbidden("identifying:officer_must_look")
    if found.decision.is_common_name:
        raise Forbidden("identifying:common_name")
    member = found.people[found.decision.member_id] if found.decision.member_id else None
    finding = found.decision.finding
    _keep(work, inquiry, Identification(basis=Basis.ROSTER, finding=finding), found=found, member=member)
    return inquiry


def identify_corroborated(work: Work, inquiry_id: str, version: int, *, fact: Fact, reason: str) -> Inquiry:
    """Record the one person whom the roster finds under a frequent name, by a further fact that bears it out.

    That nobody else of the name is on the roster does not make this the person asked about, who may not be on it.
    :raises Forbidden: if the roster does not find one person of a frequent name.
    :raises InvalidValue: if the reason is missing.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    arrow(State(inquiry.state), Event.FIND_ONE)
    found = look_up(work, inquiry)
    if not found.decision.is_common_name or found.decision.member_id is None:
        raise Forbidden("identifying:nothing_to_corroborate")
    _check_reason(reason)
    row = Identification(basis=Basis.ROSTER, finding=Finding.ONE, corroborated=fact)
    _keep(work, inquiry, row, found=found, member=found.people[found.decision.member_id], reason=reason)
    return inquiry


def confirm_candidate(work: Work, inquiry_id: str, version: int, *, member_id: str, attested: Attestation) -> Inquiry:
    """Record that an officer looked at a doubtful candidate and found all three identifiers equal, and why.

    :raises Forbidden: if the roster leaves nothing to confirm, or not all three are attested.
    :raises InvalidValue: if the reason is missing.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    arrow(State(inquiry.state), Event.FIND_ONE)
    found = look_up(work, inquiry)
    member = found.people.get(MemberId(member_id))
    is_candidate = any(candidate.member_id == member_id for candidate in found.decision.candidates)
    if found.decision.finding is not Finding.CONFIRM or member is None or not is_candidate:
        raise Forbidden("identifying:nothing_to_confirm")
    _check(attested)
    row = Identification(basis=Basis.OFFICER, finding=Finding.ONE)
    _keep(work, inquiry, row, found=found, member=member, reason=attested.reason)
    return inquiry


def reject_candidates(work: Work, inquiry_id: str, version: int, *, reason: str) -> Inquiry:
    """Record that an officer looked at the doubtful candidates, or a namesake, and that none is the person asked about.

    :raises Forbidden: if the roster leaves nothing to look at.
    :raises InvalidValue: if the reason is missing.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    arrow(State(inquiry.state), Event.FIND_NONE)
    found = look_up(work, inquiry)
    if not found.is_for_officer:
        raise Forbidden("identifying:nothing_to_confirm")
    _check_reason(reason)
    row = Identification(basis=Basis.OFFICER, finding=Finding.NONE)
    _keep(work, inquiry, row, found=found, reason=reason)
    return inquiry


def find_several(work: Work, inquiry_id: str, version: int, *, reason: str) -> Inquiry:
    """Record that an officer cannot tell which of the doubtful candidates is meant, so that dates may be asked for.

    By the dates the roster decides anew: whom they single out may still be in doubt.
    :raises Forbidden: if the roster does not leave two or more candidates in doubt.
    :raises InvalidValue: if the reason is missing.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    arrow(State(inquiry.state), Event.FIND_SEVERAL)
    found = look_up(work, inquiry)
    if not found.leaves_open_which:
        raise Forbidden("identifying:nothing_to_tell_apart")
    _check_reason(reason)
    row = Identification(basis=Basis.OFFICER, finding=Finding.SEVERAL)
    _keep(work, inquiry, row, found=found, reason=reason)
    return inquiry


def attest(work: Work, inquiry_id: str, version: int, attested: Attestation) -> Inquiry:
    """Record what an officer saw in the insurer's own system, field by field.

    :raises Forbidden: if the insurer keeps a roster here, or one person is attested without all three identifiers.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    if active_generation(work.session, inquiry.insurer_id) is not None:
        raise Forbidden("identifying:roster_decides")
    if attested.finding not in _EVENT:
        raise InvalidValue("identifying:finding_missing", field="finding")
    if attested.finding is Finding.ONE:
        _check_equal(attested)
    guard.enforce({"reason": attested.reason})
    row = Identification(
        basis=Basis.ATTESTED, finding=attested.finding, number_registered=attested.is_number_registered
    )
    _keep(work, inquiry, row, reason=attested.reason)
    return inquiry


def again(work: Work, inquiry_id: str, version: int, *, reason: str) -> Inquiry:
    """Go back to ④ before anything was answered: the finding is set aside, what was prepared is not lost.

    :raises InvalidValue: if the reason is missing.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    _check_reason(reason)
    earlier = identification_in_force(work.session, inquiry.id)
    if earlier is not None:
        earlier.set_aside_at = work.now
    work.advance(inquiry, Event.IDENTIFY_AGAIN, note=reason)
    return inquiry


def _check(attested: Attestation) -> None:
    _check_equal(attested)
    _check_reason(attested.reason)


def _check_equal(attested: Attestation) -> None:
    if attested.equal != ALL_THREE:
        raise Forbidden("gate:identifiers_not_equal")


def _check_reason(reason: str) -> None:
    guard.enforce({"reason": reason})
    if not reason.strip():
        raise InvalidValue("identifying:reason_missing", field="reason")


def _keep(
    work: Work,
    inquiry: Inquiry,
    row: Identification,
    *,
    found: Found | None = None,
    member: Member | None = None,
    reason: str = "",
) -> None:
    row.id, row.inquiry_id, row.made_at, row.made_by = new_id(), inquiry.id, work.now, work.actor.account_id
    finding = Finding(row.finding)
    row.equal = sorted(ALL_THREE) if finding is Finding.ONE else []
    refs = {"corroborated": row.corroborated} if row.corroborated else {}
    if found is not None:
        row.generation_id = found.generation.id
        row.rule_version = deciding.version_of(found.evidence.rules)
        said = deciding.keep(work, row, found.evidence, decision=found.decision, roster=found.generation)
        refs |= {"generation": found.generation.id, "decision": commitment(inquiry.salt, said)}
    if member is not None:
        row.member_ct = work.seal(member_as_json(member), "identification.member", row.id, tenant=row.sealed_for)
        row.number_registered = member.is_number_registered
    if reason:
        row.reason_ct = work.seal(reason, "identification.reason", row.id)
    work.session.add(row)
    work.session.flush()
    work.advance(inquiry, _EVENT[finding], basis=row.basis, identification=row.id, **refs)
