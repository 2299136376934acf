"""Whether a finding would be made again by the roster and the rules in force (名簿・規則が変わった後の判定).

Source    memo annex STEP2 ④-⑤.
Decides   that an answer rests on the roster and the rules of matching as they are when it leaves: what was found before
          counts while the person is still found, and is not 不開示 since; that what an officer decided by looking
          counts for whom they saw. That nothing is told in bulk which only an earlier roster says: an answer keeps a
          commitment to what the roster said when it was written, so that no clock decides which of them was first.
Not here  the gate: domain/reply.py. Looking again at everybody not found: workflow/rechecking.py.
"""

import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass

from inquiry.domain.errors import Forbidden, NotDisclosable, Superseded
from inquiry.domain.findings import Finding
from inquiry.domain.member import Member
from inquiry.matching.record import canonical, reasons_in
from inquiry.security.sealing import commitment
from inquiry.store.answering import Answer, Identification, identification_in_force
from inquiry.store.inquiries import Inquiry
from inquiry.store.rosters import active_generation
from inquiry.workflow import deciding, prefilling
from inquiry.workflow.identifying import Basis, Found, search
from inquiry.workflow.matching_rules import rules_of
from inquiry.workflow.viewing import dates_of, subject_of
from inquiry.workflow.withholding import member_found
from inquiry.workflow.work import Work


def check_current(work: Work, inquiry: Inquiry, row: Identification) -> None:
    """Refuse to go on with a finding that the roster and the rules in force no longer bear out.

    :raises NotDisclosable: if it does not, or cannot be looked up.
    """
    if is_outdated(work, inquiry, row):
        raise NotDisclosable("gate:overtaken" if row.finding == Finding.NONE else "gate:outdated")


def is_outdated(work: Work, inquiry: Inquiry, row: Identification) -> bool:
    """Say whether another roster or other rules came into force since a finding, and find otherwise; it is recorded.

    What a roster found that was removed since is found in the insurer's own system anew, and what was attested there
    before a roster came is found on the roster: it knows of 不開示 and of namesakes, and nobody attests past it.

    :raises NotDisclosable: if nobody can be found on it until it is rebuilt.
    """
    active = active_generation(work.session, inquiry.insurer_id)
    if row.generation_id is None:
        return active is not None and row.finding != Finding.SEVERAL
    if active is None:
        return True
    is_same_rule = row.rule_version == deciding.version_of(rules_of(work, inquiry.insurer_id))
    if is_same_rule and active.id == row.generation_id:
        return False
    return not still_holds(work, row, look_again(work, inquiry, row))


def look_again(work: Work, inquiry: Inquiry, row: Identification) -> Found:
    """Decide about an inquiry once more from the roster in force, and record it.

    :raises NotDisclosable: if nobody can be found on it until it is rebuilt.
    """
    try:
        found = search(work, inquiry.insurer_id, subject_of(work, inquiry), dates=dates_of(work, inquiry))
    except Forbidden as refusal:
        raise NotDisclosable(refusal.code) from refusal
    work.record("roster:looked_again", inquiry, generation=found.generation.id, identification=row.id)
    return found


def still_holds(work: Work, row: Identification, found: Found) -> bool:
    """Say whether a finding stands beside what another roster, or other rules, give; the caller records the reading."""
    decision = found.decision
    if row.finding == Finding.SEVERAL:
        return True  # the question for dates tells of nobody, and what is found by them is found anew
    if row.finding == Finding.NONE:
        return decision.finding is Finding.NONE or (row.basis == Basis.OFFICER and _were_seen(work, row, found))
    earlier = member_found(work, row)
    now = found.people.get(earlier.member_id) if earlier else None
    if earlier is None or now is None or (now.is_withheld and not earlier.is_withheld):
        return False
    if row.basis == Basis.OFFICER and decision.finding is Finding.CONFIRM:
        return _were_seen(work, row, found) and any(each.member_id == now.member_id for each in decision.candidates)
    return decision.member_id == now.member_id and (bool(row.corroborated) or not decision.is_common_name)


def _were_seen(work: Work, row: Identification, found: Found) -> bool:
    """Say whether there are only candidates now whom the officer looked at, as they were, and for the same reasons.

    記号・番号 and dates stand in the periods of cover: whether they bear somebody out or not, the reasons say.
    """
    shown = deciding.shown_by(work, row)
    if not found.is_for_officer or shown is None:
        return False
    reasons = reasons_in(canonical(found.decision))
    return all(
        reasons[member.member_id] == shown.reasons.get(member.member_id)
        and any(member.is_same_person_as(seen) for seen in shown.members)
        for _, member in found.candidates
    )


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a finding from a roster is about: as they were found, and as the roster in force has them."""

    found: Member
    now: Member

    def has_changed(self, inquiry: Inquiry) -> bool:
        """Say whether the roster in force says otherwise of what is asked, whatever the order of the periods."""
        return _said_of(inquiry, self.found) != _said_of(inquiry, self.now)

    def seal_of(self, inquiry: Inquiry) -> str:
        """Return what an answer keeps, and its form carries, of what the roster in force says of what is asked."""
        return commitment(inquiry.salt, json.dumps(_said_of(inquiry, self.now)).encode())

    def overtakes(self, inquiry: Inquiry, answer: Answer, told: Mapping[str, str]) -> bool:
        """Say whether an answer was written when a roster said otherwise than this one, and tells none of this.

        Of an answer that does not say what it was written from, only what it tells is known.
        """
        if answer.roster_said == self.seal_of(inquiry):
            return False
        return not any(period.items() <= told.items() for period in prefilling.by_period(inquiry, self.now))


def _said_of(inquiry: Inquiry, member: Member) -> list[list[tuple[str, str]]]:
    """Return what the roster knows of the items asked for, each period once, in no order of theirs."""
    return [
        list(period)
        for period in sorted({tuple(sorted(each.items())) for each in prefilling.by_period(inquiry, member)})
    ]


def person_now(work: Work, inquiry: Inquiry, row: Identification | None) -> Person | None:
    """Return whom a finding from a roster is about; None without one, or where the roster in force has them no longer.

    :raises NotDisclosable: if nobody can be found on it until it is rebuilt.
    """
    found = member_found(work, row)
    active = active_generation(work.session, inquiry.insurer_id)
    if row is None or found is None or active is None:
        return None
    is_same = active.id == row.generation_id
    now = found if is_same else look_again(work, inquiry, row).people.get(found.member_id)
    return Person(found, now) if now else None


def seal_now(work: Work, inquiry: Inquiry, row: Identification | None) -> str:
    """Return the seal of what the roster in force says, which stands still until the unit of work ends; "" of nobody.

    :raises NotDisclosable: if nobody can be found on it until it is rebuilt.
    """
    person = person_now(work, inquiry, row)
    return person.seal_of(inquiry) if person else ""


def check_as_shown(work: Work, inquiry_id: str, version: int, seal: str) -> None:
    """Refuse to save an answer beside which its page showed another roster (`seal` is of what it did).

    :raises Superseded: if the roster in force says otherwise since.
    :raises NotDisclosable: if nobody can be found on it until it is rebuilt.
    """
    inquiry = work.inquiry(inquiry_id, version=version)
    now = seal_now(work, inquiry, identification_in_force(work.session, inquiry.id))
    if not hmac.compare_digest(seal.encode(), now.encode()):
        raise Superseded(code="answer:not_as_shown")
