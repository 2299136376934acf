"""STEP2 ③: who is asking, and how do they want the answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from inquiry.directory.insurers import InsurerKind
from inquiry.directory.look_alikes import Likeness
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.domain.parties import Entrance
from inquiry.domain.reply import Channel
from inquiry.workflow import confirming, contacts, filing
from inquiry.workflow.confirming import Agreement, RefusalReason
from tests.world import SOCIETY, desk


def filed(world, **changes):
    actor = world.officer if "entrance" in changes else world.clerk
    with world.house.work(actor) as work:
        return filing.file(work, world.filing(**changes))


def test_the_inquirer_is_confirmed_and_the_channel_agreed(world):
    inquiry = filed(world)
    with world.house.work(world.officer) as work:
        confirmed = confirming.confirm(work, inquiry.id, 1, Agreement(Channel.FILE))
        assert (confirmed.state, confirmed.channel, confirmed.confirmed_at) == ("confirmed", "file", world.clock.now)


def test_a_letter_asks_by_when_it_is_needed(world):
    inquiry = filed(world)
    with pytest.raises(InvalidValue, match="needed_by_missing"), world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry.id, 1, Agreement(Channel.LETTER))
    with world.house.work(world.officer) as work:
        assert confirming.confirm(work, inquiry.id, 1, Agreement(Channel.LETTER, date(2026, 12, 1))).needed_by


def test_a_channel_the_desk_does_not_offer_cannot_be_agreed(world):
    inquiry = filed(world)
    with world.house.work(world.operator) as work:
        row = desk(SOCIETY, InsurerKind.SOCIETY, "みほん健康保険組合", "ミホンケンコウホケンクミアイ")
        contacts.save(work, replace(row, channels=frozenset({Channel.LETTER})))
    with world.house.work(world.officer) as work:
        assert confirming.channels_offered(work, work.inquiry(inquiry.id)) == (Channel.LETTER,)
        with pytest.raises(InvalidValue, match="channel_not_offered"):
            confirming.confirm(work, inquiry.id, 1, Agreement(Channel.FILE))
        work.record("test:nothing_confirmed")


def test_the_page_is_no_channel_for_an_answer(world):
    inquiry = filed(world)
    with pytest.raises(InvalidValue, match="channel_not_offered"), world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry.id, 1, Agreement(Channel.PAGE))


#  heard              beside the main line 03-0000-0001
HEARD = [
    ("03-0000-0001", Likeness.SAME),
    ("０３（００００）０００２", Likeness.ONE_DIGIT),
    ("03-0000-0010", Likeness.SWAPPED),
    ("090-9999-0001", Likeness.SAME_TAIL),
    ("06-1234-5678", Likeness.OTHER),
]


@pytest.mark.parametrize(("heard", "likeness"), HEARD)
def test_a_number_heard_is_laid_beside_the_directorys(world, heard, likeness):
    inquirer = replace(world.filing().inquirer, telephone=heard)
    inquiry = filed(world, inquirer=inquirer, entrance=Entrance.TELEPHONE)
    with world.house.reading(world.officer) as work:
        found = confirming.telephone_heard(work.session.merge(inquiry))
        assert found is not None
        assert found.likeness is likeness


def test_a_refusal_says_why(world):
    inquiry = filed(world)
    with pytest.raises(InvalidValue, match="reason_missing"), world.house.work(world.officer) as work:
        confirming.refuse(work, inquiry.id, 1, reason=RefusalReason.OTHER, note=" ")
    with world.house.work(world.officer) as work:
        refused = confirming.refuse(work, inquiry.id, 1, reason=RefusalReason.WITHHELD, note="")
        assert (refused.state, refused.refused_reason) == ("refused", "withheld")


def test_a_delay_is_announced_ahead_with_its_reason_and_moves_nothing(world):
    inquiry, ahead = filed(world), world.clock.now + timedelta(hours=26)
    with pytest.raises(InvalidValue, match="not_ahead"), world.house.work(world.officer) as work:
        confirming.announce_delay(work, inquiry.id, 1, expected_at=world.clock.now, reason="書庫で確認")
    with pytest.raises(InvalidValue, match="reason_missing"), world.house.work(world.officer) as work:
        confirming.announce_delay(work, inquiry.id, 1, expected_at=ahead, reason="")
    with world.house.work(world.officer) as work:
        told = confirming.announce_delay(work, inquiry.id, 1, expected_at=ahead, reason="書庫で確認")
        assert (told.state, told.expected_at) == ("filed", ahead)


def test_the_second_of_two_officers_learns_who_was_first(world):
    inquiry = filed(world)
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry.id, 1, Agreement(Channel.FILE))
    with pytest.raises(Superseded) as refused, world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry.id, 1, Agreement(Channel.CALL_BACK))
    assert (refused.value.by, refused.value.event) == ("officer の担当", "confirm_inquirer")


def test_the_municipality_and_other_insurers_confirm_nothing(world):
    inquiry = filed(world)
    with pytest.raises(Forbidden, match="inquiry:insurer_decides"), world.house.work(world.clerk) as work:
        confirming.confirm(work, inquiry.id, 1, Agreement(Channel.FILE))
    with pytest.raises(NotFound), world.house.work(world.other_officer) as work:
        confirming.confirm(work, inquiry.id, 1, Agreement(Channel.FILE))


def test_nobody_is_confirmed_twice(world):
    inquiry = filed(world)
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry.id, 1, Agreement(Channel.FILE))
    with pytest.raises(Forbidden), world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry.id, 2, Agreement(Channel.FILE))
