"""An answer keeps what the roster said when it was written: whatever says otherwise since is seen before it is told."""

import pytest

from inquiry.domain.errors import Forbidden, Superseded
from inquiry.store.answering import answer_in_preparation, identification_in_force
from inquiry.store.rosters import active_generation
from inquiry.workflow import answering, prefilling, reconsidering, roster_changes
from inquiry.workflow.answering import check_seen, in_preparation
from inquiry.workflow.roster_comparing import Consent
from tests.web.stages import version_of
from tests.workflow.roster_table import back, imported, meanwhile, row, taken
from tests.workflow.runs import LEFT
from tests.workflow.test_reconsidering import CROWD, identified, prepare
from tests.world import member

ENDED = row(氏名="高橋　太郎", 資格喪失年月日="2026-11-20")
PUT_BACK = Consent(allows_vanishing=True, allows_opening=True, allows_others=True)
on_postgres = pytest.mark.parametrize(
    "database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True
)


def saved(world, inquiry_id):
    """The officer saves what the roster in force fills in."""
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        person = reconsidering.person_now(work, inquiry, identification_in_force(work.session, inquiry_id))
        (told,) = prefilling.by_period(inquiry, person.now)
        answering.prepare(work, inquiry_id, inquiry.version, channel=inquiry.channel, items=told)
    world.clock.forward(minutes=1)


def check(world, inquiry_id):
    """Ask whether the answer may be told unseen."""
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        check_seen(work, inquiry, in_preparation(work, inquiry))


def active(world):
    with world.house.reading(world.officer) as work:
        return active_generation(work.session, world.insurer_id).id


def test_what_a_mistaken_roster_said_is_not_told_unseen_after_it_was_put_back(world):
    inquiry_id = identified(world, member())
    right = active(world)
    world.take_over_roster(LEFT)
    saved(world, inquiry_id)
    check(world, inquiry_id)
    back(world, right, PUT_BACK)
    with pytest.raises(Forbidden, match="answer:roster_changed"):
        check(world, inquiry_id)
    saved(world, inquiry_id)
    check(world, inquiry_id)


def test_what_a_mistaken_roster_said_is_not_told_unseen_after_the_next_says_what_the_first_did(world):
    inquiry_id = identified(world, member())
    world.take_over_roster(LEFT)
    saved(world, inquiry_id)
    world.take_over_roster(member())
    with pytest.raises(Forbidden, match="answer:roster_changed"):
        check(world, inquiry_id)


def test_a_roster_that_says_the_same_of_what_is_asked_leaves_an_answer_as_it_is(world):
    inquiry_id = identified(world, member())
    prepare(world, inquiry_id)  # in the officer's own words, which stand on no roster
    world.take_over_roster(member(address="灯台町"), CROWD[0])
    check(world, inquiry_id)


@on_postgres
def test_an_answer_saved_while_differences_are_written_is_not_told_past_them(world, monkeypatch):
    imported(world, row(氏名="高橋　太郎"))
    inquiry_id = identified(world, member())

    def saves():
        world.clock.forward(minutes=1)
        saved(world, inquiry_id)

    done = meanwhile(monkeypatch, roster_changes, "pointer_of", saves)
    taken(world, ("変更", ENDED), as_of=world.clock.now.date())
    assert done
    with pytest.raises(Forbidden, match="answer:roster_changed"):
        check(world, inquiry_id)


def of_before(world, inquiry_id):
    """Let the answer be one that was written before answers kept what the roster said."""
    with world.house.work(world.officer) as work:
        answer_in_preparation(work.session, inquiry_id).roster_said = ""
        work.record("answer:read", work.inquiry(inquiry_id))


def test_an_answer_that_does_not_say_what_it_was_written_from_leaves_if_it_tells_what_the_roster_says(world):
    inquiry_id = identified(world, member())
    saved(world, inquiry_id)
    of_before(world, inquiry_id)
    check(world, inquiry_id)
    world.take_over_roster(LEFT)
    with pytest.raises(Forbidden, match="answer:roster_changed"):
        check(world, inquiry_id)


def test_an_answer_that_does_not_say_what_it_was_written_from_is_looked_at_once_more_and_leaves(world):
    inquiry_id = identified(world, member())
    prepare(world, inquiry_id)  # in the officer's own words
    of_before(world, inquiry_id)
    with pytest.raises(Forbidden, match="answer:roster_changed"):
        check(world, inquiry_id)
    prepare(world, inquiry_id)
    check(world, inquiry_id)


def shown(world, inquiry_id):
    """Return the seal of what the officer's page shows now."""
    with world.house.work(world.officer) as work:
        return reconsidering.seal_now(work, work.inquiry(inquiry_id), identification_in_force(work.session, inquiry_id))


def check_as(world, inquiry_id, seal):
    with world.house.work(world.officer) as work:
        reconsidering.check_as_shown(work, inquiry_id, version_of(world, inquiry_id), seal)


def test_nobody_saves_beside_what_their_page_did_not_show(world):
    inquiry_id = identified(world, member())
    seal = shown(world, inquiry_id)
    check_as(world, inquiry_id, seal)
    world.take_over_roster(member(address="灯台町"))
    check_as(world, inquiry_id, seal)
    world.take_over_roster(LEFT)
    for other in (seal, ""):
        with pytest.raises(Superseded, match="answer:not_as_shown"):
            check_as(world, inquiry_id, other)
    check_as(world, inquiry_id, shown(world, inquiry_id))


def test_what_is_shown_of_two_inquiries_about_one_person_is_sealed_for_each(world):
    seals = {shown(world, identified(world, member())) for _ in range(2)}
    assert len(seals) == 2
