"""Withheld records: like any other, until it comes to an answer; then a second person's word is needed."""

import pytest

from inquiry.domain.errors import Forbidden, InvalidValue, NotDisclosable
from inquiry.domain.reply import Channel
from inquiry.workflow import answering, calling, confirming, filing, identifying, viewing, withholding
from inquiry.workflow.confirming import Agreement
from tests.world import ALL_READ_BACK, member

TOLD = {"SHIKAKU-02": "12", "SHIKAKU-03": "345", "SHIKAKU-06": "平成31年4月1日", "SHIKAKU-07": "加入中"}


def do(world, actor, use_case, inquiry_id, *args, **named):
    with world.house.work(actor) as work:
        return use_case(work, inquiry_id, work.inquiry(inquiry_id).version, *args, **named)


def identified(world, *, by="officer", is_withheld=True):
    world.take_over_roster(member(is_withheld=is_withheld))
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing()).id
    do(world, world.officer, confirming.confirm, inquiry_id, Agreement(Channel.CALL_BACK))
    do(world, getattr(world, by), identifying.identify, inquiry_id)
    return inquiry_id


def prepare(world, inquiry_id):
    do(world, world.officer, answering.prepare, inquiry_id, channel=Channel.CALL_BACK, items=TOLD)


def test_a_withheld_record_is_found_like_any_other_and_no_answer_can_be_prepared(world):
    inquiry_id = identified(world)
    with pytest.raises(NotDisclosable, match="gate:withheld"):
        prepare(world, inquiry_id)


def test_a_supervisor_who_did_not_identify_the_person_opens_it_and_the_answer_goes_out(world):
    inquiry_id = identified(world)
    do(world, world.supervisor, withholding.open_withheld, inquiry_id, reason="本人の同意書を確認")
    prepare(world, inquiry_id)
    with world.house.work(world.officer) as work:
        word = calling.start(work, inquiry_id).municipality_word
        calling.hear(work, inquiry_id, word=word, reached="健康推進課 山田様")
    assert do(world, world.officer, answering.give_by_call, inquiry_id, read_back=ALL_READ_BACK).state == "answered"


#  who opens        who identified     refused because
REFUSED = [
    ("officer",     "officer",         "supervisor_only"),
    ("officer",     "supervisor",      "supervisor_only"),
    ("supervisor",  "supervisor",      "second_person"),
]  # fmt: skip


@pytest.mark.parametrize(("opener", "identifier", "code"), REFUSED)
def test_the_second_person_is_a_supervisor_and_another(world, opener, identifier, code):
    inquiry_id = identified(world, by=identifier)
    with pytest.raises(Forbidden, match=code):
        do(world, getattr(world, opener), withholding.open_withheld, inquiry_id, reason="よい")
    with pytest.raises(NotDisclosable, match="gate:withheld"):
        prepare(world, inquiry_id)


def test_a_reason_is_needed(world):
    inquiry_id = identified(world)
    with pytest.raises(InvalidValue, match="withheld:reason_missing"):
        do(world, world.supervisor, withholding.open_withheld, inquiry_id, reason=" ")


def test_what_is_not_withheld_or_already_open_has_nothing_to_open(world):
    plain = identified(world, is_withheld=False)
    with pytest.raises(Forbidden, match="nothing_to_open"):
        do(world, world.supervisor, withholding.open_withheld, plain, reason="よい")
    withheld = identified(world)
    do(world, world.supervisor, withholding.open_withheld, withheld, reason="よい")
    with pytest.raises(Forbidden, match="nothing_to_open"):
        do(world, world.supervisor, withholding.open_withheld, withheld, reason="よい")


def test_another_look_at_the_roster_shuts_it_again(world):
    inquiry_id = identified(world)
    do(world, world.supervisor, withholding.open_withheld, inquiry_id, reason="よい")
    do(world, world.officer, identifying.again, inquiry_id, reason="確かめ直します")
    do(world, world.officer, identifying.identify, inquiry_id)
    with pytest.raises(NotDisclosable, match="gate:withheld"):
        prepare(world, inquiry_id)


def test_an_answer_prepared_while_open_does_not_leave_by_another_finding(world):
    inquiry_id = identified(world)
    do(world, world.supervisor, withholding.open_withheld, inquiry_id, reason="よい")
    prepare(world, inquiry_id)
    with world.house.work(world.officer) as work:
        word = calling.start(work, inquiry_id).municipality_word
        calling.hear(work, inquiry_id, word=word, reached="健康推進課 山田様")
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        assert answering.to_read_out(work, inquiry) == TOLD
        work.session.delete(
            work.session.get(withholding.WithheldOpening, answering.prepared(work, inquiry).identification_id)
        )
        work.session.flush()
        assert answering.to_read_out(work, inquiry) is None
        work.session.rollback()
        work.session.info.clear()


def test_that_it_was_opened_is_the_insurers_alone(world):
    inquiry_id = identified(world)
    do(world, world.supervisor, withholding.open_withheld, inquiry_id, reason="よい")
    with world.house.work(world.clerk) as work:
        assert "withheld_opened" not in [line.event for line in viewing.page(work, inquiry_id).timeline]
    with world.house.work(world.officer) as work:
        assert "withheld_opened" in [line.event for line in viewing.page(work, inquiry_id).timeline]
