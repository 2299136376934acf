"""What was decided from a roster can be decided again, to the byte, whatever the roster has become since."""

import json
from dataclasses import replace

import pytest

from inquiry.domain.errors import InvalidValue, NotFound
from inquiry.domain.findings import Finding
from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import ALL_THREE, Channel
from inquiry.domain.subject import PersonName, Sex
from inquiry.matching.record import canonical, rules_from
from inquiry.security.sealing import commitment
from inquiry.store import ledger
from inquiry.store.answering import Identification, identification_in_force
from inquiry.workflow import clarifying, confirming, deciding, filing, identifying
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.deciding import Evidence, Replayed
from inquiry.workflow.identifying import Attestation
from inquiry.workflow.people import subject_from
from inquiry.workflow.withholding import member_found
from tests.world import member

DOUBTFUL = member(name=PersonName("高橋　●郎", "タカハシ タロウ"))
TWINS = (member("1"), member("2"))


def confirmed(world):
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing()).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
    return inquiry_id


def identified(world, *roll):
    world.take_over_roster(*roll)
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        identifying.identify(work, inquiry_id, 2)
        return inquiry_id, identification_in_force(work.session, inquiry_id).id


def replay(world, identification_id):
    with world.house.reading() as work:
        return deciding.replay(work, identification_id)


@pytest.mark.parametrize("roll", [(member(),), (member(sex=Sex.FEMALE),), TWINS])
def test_each_finding_of_a_roster_is_decided_again_to_the_byte(world, roll):
    _, identification_id = identified(world, *roll)
    world.take_over_roster(member("9", birth_date=PartialDate(1970, 1, 1)))
    assert replay(world, identification_id) is Replayed.EQUAL


def test_what_an_officer_looked_at_is_kept_with_what_the_roster_had_said(world):
    world.take_over_roster(DOUBTFUL)
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        attested = Attestation(Finding.ONE, ALL_THREE, reason="原本で確認")
        identifying.confirm_candidate(work, inquiry_id, 2, member_id="1001", attested=attested)
        identification_id = identification_in_force(work.session, inquiry_id).id
    assert replay(world, identification_id) is Replayed.EQUAL


def test_the_dates_that_told_two_apart_are_kept_too(world):
    inquiry_id, _ = identified(world, member("1"), member("2", enrolments=()))
    with world.house.work(world.officer) as work:
        clarifying.ask(work, inquiry_id, 3, channel=Channel.PAGE, question="時期は？")
    with world.house.work(world.clerk) as work:
        clarifying.supply(work, inquiry_id, 4, CoverDates(acquired=PartialDate(2019, 4, 1)))
    with world.house.work(world.officer) as work:
        found = identifying.look_up(work, work.inquiry(inquiry_id))
        kept = Identification(id="a")
        deciding.keep(work, kept, found.evidence, decision=found.decision, roster=found.generation)
        stored = work.open(kept.decision_ct, "identification.decision", "a", tenant=kept.sealed_for)
    assert stored["dates"] == ["2019-04-01", ""]
    assert stored["decision"].encode() == canonical(found.decision)


def altered(world, identification_id, **changes):
    """Put another record in the place of the one that was kept, as only whoever holds the keys could."""
    with world.house.work(world.officer) as work:
        row = work.session.get(Identification, identification_id)
        kept = work.open(row.decision_ct, "identification.decision", row.id, tenant=row.sealed_for)
        row.decision_ct = work.seal({**kept, **changes}, "identification.decision", row.id, tenant=row.sealed_for)
        work.record("inquiry:read")


#  altered in the record                            what replaying says
ALTERED = [
    ({"decision": "{}"}, Replayed.DIFFERENT),       # another outcome
    ({"members": []}, Replayed.DIFFERENT),          # another roster
    ({"dates": ["2019-04-01", ""]}, Replayed.DIFFERENT),
    ({"table": "of another year"}, Replayed.OTHER_RULES),
    ({"product": "2025-1"}, Replayed.OTHER_RULES),
]  # fmt: skip


@pytest.mark.parametrize(("changes", "outcome"), ALTERED)
def test_what_does_not_follow_from_its_record_is_found(world, changes, outcome):
    _, identification_id = identified(world, *TWINS)
    altered(world, identification_id, **changes)
    assert replay(world, identification_id) is outcome


def test_a_record_that_was_made_to_fit_another_outcome_is_found_by_the_ledger(world):
    _, identification_id = identified(world, *TWINS)
    with world.house.reading() as work:
        row = work.session.get(Identification, identification_id)
        kept = work.open(row.decision_ct, "identification.decision", row.id, tenant=row.sealed_for)
    forged = Evidence(subject_from(kept["subject"]), None, (), rules_from(kept["rules"]))
    altered(world, identification_id, members=[], namesakes=0, decision=canonical(forged.decide()).decode())
    assert replay(world, identification_id) is Replayed.DIFFERENT


def test_people_copied_from_a_roster_stay_under_their_insurers_key(world):
    _, identification_id = identified(world, member())
    with world.house.reading() as work:
        row = work.session.get(Identification, identification_id)
        kept = {"identification.decision": row.decision_ct, "identification.member": row.member_ct}
        assert row.sealed_for == world.insurer_id
        for column, token in kept.items():
            assert work.open(token, column, row.id, tenant=world.insurer_id)
            for stranger in ("inquiry", "another insurer"):
                with pytest.raises(InvalidValue, match="seal:broken"):
                    work.open(token, column, row.id, tenant=stranger)


def test_what_was_kept_under_the_common_key_still_opens(world):
    _, identification_id = identified(world, member())
    with world.house.work(world.officer) as work:
        row = work.session.get(Identification, identification_id)
        kept = work.open(row.decision_ct, "identification.decision", row.id, tenant=row.sealed_for)
        found = work.open(row.member_ct, "identification.member", row.id, tenant=row.sealed_for)
        row.sealed_for = "inquiry"
        row.decision_ct = work.seal(kept, "identification.decision", row.id)
        row.member_ct = work.seal(found, "identification.member", row.id)
        work.record("inquiry:read")
    assert replay(world, identification_id) is Replayed.EQUAL
    with world.house.reading() as work:
        assert member_found(work, work.session.get(Identification, identification_id)).member_id == found["id"]


def test_what_an_officer_attested_has_nothing_to_replay(world):
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        identifying.attest(work, inquiry_id, 2, Attestation(Finding.NONE, frozenset()))
        identification_id = identification_in_force(work.session, inquiry_id).id
    with pytest.raises(NotFound, match="not_kept"):
        replay(world, identification_id)


def test_the_ledger_commits_to_the_decision_without_telling_it(world):
    inquiry_id, identification_id = identified(world, member())
    with world.house.reading(world.officer) as work:
        row = work.session.get(Identification, identification_id)
        said = work.open(row.decision_ct, "identification.decision", row.id, tenant=row.sealed_for)["decision"].encode()
        salt = work.inquiry(inquiry_id).salt
        entries = [json.loads(bytes(entry.body)) for entry in ledger.entries(work.session)]
    (found,) = [entry for entry in entries if entry["event"] == "inquiry:find_one"]
    assert found["refs"]["decision"] == commitment(salt, said)
    assert found["refs"]["generation"] == row.generation_id


def test_everything_that_is_kept_is_replayed_portion_by_portion_and_recorded(world, monkeypatch):
    monkeypatch.setattr(deciding, "PORTION", 2)
    made = {identified(world, member())[1] for _ in range(3)}
    outcomes = dict(deciding.replay_everything(world.house, world.operator))
    assert outcomes == dict.fromkeys(made, Replayed.EQUAL)
    with world.house.reading() as work:
        bodies = [bytes(entry.body) for entry in ledger.entries(work.session)]
    assert sum(b"decisions:replayed" in body for body in bodies) == 2


def test_other_people_or_rules_would_give_other_bytes(world):
    world.take_over_roster(member())
    inquiry_id = confirmed(world)
    with world.house.work(world.officer) as work:
        evidence = identifying.look_up(work, work.inquiry(inquiry_id)).evidence
    said = canonical(evidence.decide())
    assert canonical(replace(evidence, members=()).decide()) != said
    assert canonical(replace(evidence, rules=replace(evidence.rules, version="x")).decide()) != said
    assert isinstance(evidence, Evidence)
