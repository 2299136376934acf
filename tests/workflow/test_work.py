"""One unit of work: nothing changes without an entry, a form counts once, the second officer is told who was first."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest

from inquiry.domain.errors import Repeated, Superseded
from inquiry.domain.inquiry import Event
from inquiry.store.insurers import Insurer
from inquiry.store.organisations import Organisation
from inquiry.workflow import auditing, confirming, filing, settling, viewing
from inquiry.workflow.sharing import version_seen
from inquiry.workflow.work import UnrecordedChange


@pytest.fixture
def inquiry(world):
    with world.house.work(world.clerk) as work:
        return filing.file(work, world.filing())


def announce(world, work, inquiry):
    expected_at = world.clock.now + timedelta(hours=3)
    confirming.announce_delay(work, inquiry.id, inquiry.version, expected_at=expected_at, reason="混雑のため")


def steps_of(world, inquiry):
    with world.house.work(world.officer) as work:
        return [line.event for line in viewing.page(work, inquiry.id).timeline]


def test_a_change_without_an_entry_cannot_commit(world):
    with pytest.raises(UnrecordedChange), world.house.work(world.pmo) as work:
        work.session.get_one(Insurer, world.insurer_id).name = "別の名前"
    with world.house.reading() as work:
        assert work.session.get_one(Insurer, world.insurer_id).name == "みほん健康保険組合"


def fail_half_way(world):
    with world.house.work(world.pmo) as work:
        work.session.get_one(Insurer, world.insurer_id).name = "別の名前"
        work.record("contact:saved")
        raise ZeroDivisionError


def test_what_fails_half_way_leaves_neither_change_nor_entry(world):
    with world.house.reading() as work:
        before = auditing.verify(work).entries
    with pytest.raises(ZeroDivisionError):
        fail_half_way(world)
    with world.house.reading() as work:
        assert auditing.verify(work).entries == before
        assert work.session.get_one(Insurer, world.insurer_id).name == "みほん健康保険組合"


def test_an_entry_without_a_change_is_kept(world):
    with world.house.work(world.auditor) as work:
        work.record("ledger:exported")
    with world.house.reading() as work:
        assert auditing.listing(work, number="", event="ledger:exported", limit=1, offset=0)[1] == 1


def test_reading_changes_nothing_even_when_asked_to(world):
    with world.house.reading() as work:
        work.session.get_one(Organisation, world.pmo.organisation_id).name = "別の名前"
    with world.house.reading() as work:
        assert work.session.get_one(Organisation, world.pmo.organisation_id).name == "デジタルＰＭＯ"


def test_the_same_form_counts_once_and_its_twin_gets_the_first_outcome(world):
    with world.house.work(world.clerk, form_key="form-1") as work:
        work.outcome = filing.file(work, world.filing()).id
        outcome = work.outcome
    with pytest.raises(Repeated) as caught, world.house.work(world.clerk, form_key="form-1") as work:
        filing.file(work, world.filing())
    assert caught.value.outcome == outcome


def test_a_form_that_failed_may_be_sent_again(world):
    with pytest.raises(ZeroDivisionError), world.house.work(world.clerk, form_key="form-1"):
        raise ZeroDivisionError
    with world.house.work(world.clerk, form_key="form-1") as work:
        filing.file(work, world.filing())


def test_the_same_key_of_somebody_else_is_another_form(world):
    for actor in (world.clerk, world.other_clerk):
        with world.house.work(actor, form_key="form-1") as work:
            work.record("account:settings_changed")


def test_two_who_send_one_form_at_the_same_moment_file_one_inquiry(world):
    outcomes, barrier = [], Barrier(2)

    def send():
        barrier.wait()
        try:
            with world.house.work(world.clerk, form_key="form-1") as work:
                work.outcome = filing.file(work, world.filing()).id
            outcomes.append(work.outcome)
        except Repeated as error:
            outcomes.append(error.outcome)

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 2
    assert len(set(outcomes)) == 1
    with world.house.reading(world.clerk) as work:
        assert viewing.numbered(work, "INQ-2026-000001").id == outcomes[0]


def test_the_second_of_two_officers_is_told_who_was_first(world, inquiry):
    with world.house.work(world.officer) as work:
        announce(world, work, inquiry)
    with pytest.raises(Superseded) as caught, world.house.work(world.officer) as work:
        announce(world, work, inquiry)
    assert (caught.value.by, caught.value.event) == ("officer の担当", Event.ANNOUNCE_DELAY)
    assert steps_of(world, inquiry) == ["filed", "announce_delay"]


def announce_or_withdraw(world, actor, inquiry_id, version):
    with world.house.work(actor) as work:
        if actor is world.clerk:
            settling.withdraw(work, inquiry_id, version, reason="不要")
        else:
            expected_at = world.clock.now + timedelta(hours=3)
            confirming.announce_delay(work, inquiry_id, version, expected_at=expected_at, reason="混雑のため")


#  who sent a page made before this step       is superseded by
STEPS = [
    ("officer", "withheld_opened", True),
    ("officer", "call_started", True),
    ("clerk", "withheld_opened", False),
    ("clerk", "roster_brings_person", False),
    ("clerk", "call_started", True),
]


@pytest.mark.parametrize(("who", "step", "is_superseded"), STEPS)
def test_nobody_is_superseded_by_what_they_may_not_follow(world, inquiry, who, step, is_superseded):
    with world.house.work(world.officer) as work:
        work.note(work.inquiry(inquiry.id), step)
        work.note(work.inquiry(inquiry.id), "answer_prepared")
    if not is_superseded:
        announce_or_withdraw(world, getattr(world, who), inquiry.id, 1)
        return
    with pytest.raises(Superseded) as caught:
        announce_or_withdraw(world, getattr(world, who), inquiry.id, 1)
    assert caught.value.event == ("answer_prepared" if who == "officer" else step), "the last that they may follow"


def test_the_version_somebody_sees_counts_no_step_that_they_may_not_follow(world, inquiry):
    with world.house.work(world.officer) as work:
        for step in ("call_started", "withheld_opened"):
            work.note(work.inquiry(inquiry.id), step)
        held = work.inquiry(inquiry.id)
        assert (version_seen(world.clerk, held), version_seen(world.officer, held), held.version) == (2, 3, 3)


def test_of_two_officers_at_the_same_moment_one_is_first(world, inquiry):
    results, barrier = [], Barrier(2)

    def act():
        barrier.wait()
        try:
            with world.house.work(world.officer) as work:
                announce(world, work, inquiry)
            results.append("announced")
        except Superseded:
            results.append("superseded")

    threads = [Thread(target=act) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["announced", "superseded"]
    assert steps_of(world, inquiry) == ["filed", "announce_delay"]
    with world.house.reading() as work:
        assert auditing.verify(work).is_sound
