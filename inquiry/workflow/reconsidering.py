"""Whether a finding would be made again by the roster and the rules in force (名簿・規則が変わった後の判定).

Source    memo annex STEP2 ④-⑤.
Decides   that an answer rests on the roster and the rules of matching as they are when it leaves: what was found before
          counts while the person is still found, and is not 不開示 since; that what an officer decided by looking
          counts for whom they saw. That nothing is told in bulk which only an earlier roster says.
Not here  the gate: domain/reply.py. Looking again at everybody not found: workflow/rechecking.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from inquiry.domain.errors import Forbidden, NotDisclosable
from inquiry.domain.findings import Finding
from inquiry.domain.member import Member
from inquiry.matching.record import canonical, reasons_in
from inquiry.store.answering import Answer, Identification
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
    in_force_at: datetime | None  # of the roster that says so

    def has_changed(self, inquiry: Inquiry) -> bool:
        """Say whether the roster in force says otherwise of what is asked, whatever the order of the periods."""
        then, now = (prefilling.by_period(inquiry, member) for member in (self.found, self.now))
        return {tuple(period.items()) for period in then} != {tuple(period.items()) for period in now}

    def overtakes(self, inquiry: Inquiry, answer: Answer, told: Mapping[str, str]) -> bool:
        """Say whether an answer was written before the roster in force, which says otherwise, and tells none of it."""
        is_written_since = self.in_force_at is None or answer.prepared_at > self.in_force_at
        if is_written_since or not self.has_changed(inquiry):
            return False
        return not any(period.items() <= told.items() for period in prefilling.by_period(inquiry, self.now))


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
    return Person(found, now, active.in_force_at) if now else None
