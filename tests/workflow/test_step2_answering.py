"""STEP2 ⑤: the answer, by each of the three channels, and everything the gate keeps back."""

from datetime import date, timedelta
from functools import partial

import pytest

from inquiry.domain.errors import Forbidden, ForbiddenTransition, InvalidValue, NotDisclosable, NotFound, Superseded
from inquiry.domain.findings import Finding
from inquiry.domain.reply import Channel
from inquiry.domain.subject import Sex
from inquiry.security.locked_file import is_locked
from inquiry.workflow import answering, calling, confirming, filing, following_up, identifying, lettering, locking
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.lettering import Posting
from tests.web import stages
from tests.workflow import runs
from tests.world import ALL_READ_BACK, member

TOLD = {"SHIKAKU-02": "12", "SHIKAKU-03": "345", "SHIKAKU-06": "平成31年4月1日", "SHIKAKU-07": "加入中"}


def identified(world, *members):
    world.take_over_roster(*(members or (member(),)))
    with world.house.work(world.clerk) as work:
        inquiry_id = filing.file(work, world.filing()).id
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry_id, 1, Agreement(Channel.CALL_BACK))
        identifying.identify(work, inquiry_id, 2)
    return inquiry_id


def prepared(world, channel, *members, told=TOLD):
    inquiry_id = identified(world, *members)
    with world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, 3, channel=channel, items=told)
    return inquiry_id


def version(work, inquiry_id):
    return work.inquiry(inquiry_id).version


def confirm_call(work, inquiry_id):
    word = calling.start(work, inquiry_id).municipality_word
    calling.hear(work, inquiry_id, word=word, reached="健康推進課 山田", checks=calling.Check)


# What is told


def test_the_items_asked_are_told_and_nothing_leaves_yet(world):
    inquiry_id = prepared(world, Channel.CALL_BACK)
    with world.house.work(world.officer) as work:
        inquiry = work.inquiry(inquiry_id)
        answer = answering.in_preparation(work, inquiry)
        assert answer is not None
        assert answering.items_of(work, answer) == TOLD
        assert (inquiry.state, answer.given_at) == ("identified", None)


@pytest.mark.parametrize(
    ("items", "code", "field"),
    [
        (TOLD | {"SHIKAKU-01": "06130017"}, "gate:item_not_asked", "SHIKAKU-01"),
        (TOLD | {"SHIKAKU-03": " "}, "answer:item_empty", "SHIKAKU-03"),
        ({}, "answer:item_empty", "SHIKAKU-02"),
    ],
)
def test_neither_more_nor_less_than_asked_is_told(world, items, code, field):
    inquiry_id = identified(world)
    with pytest.raises(InvalidValue, match=code) as refused, world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, 3, channel=Channel.CALL_BACK, items=items)
    assert refused.value.field == field


def test_of_nobody_nothing_is_told(world):
    inquiry_id = identified(world, member(sex=Sex.FEMALE))
    with pytest.raises(InvalidValue, match="nothing_may_be_told"), world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, 3, channel=Channel.CALL_BACK, items=TOLD)
    with world.house.work(world.officer) as work:
        _, answer = answering.prepare(work, inquiry_id, 3, channel=Channel.CALL_BACK, items={})
        assert answer.kind == "not_found"


def test_of_several_nothing_can_be_prepared(world):
    inquiry_id = identified(world, member("1"), member("2"))
    with pytest.raises(ForbiddenTransition), world.house.work(world.officer) as work:
        answering.prepare(work, inquiry_id, 3, channel=Channel.CALL_BACK, items=TOLD)


#  channel             given by                       the gate's word while its condition is not met
GATES = [
    (Channel.CALL_BACK, partial(answering.give_by_call, read_back=ALL_READ_BACK), "gate:call_not_confirmed"),
    (Channel.FILE, locking.give_by_download, "gate:file_not_locked"),
    (Channel.LETTER, lettering.give_by_download, "gate:letter_not_released"),
]


@pytest.mark.parametrize(("channel", "give", "code"), GATES)
def test_each_channel_waits_for_its_own_condition(world, channel, give, code):
    inquiry_id = prepared(world, channel)
    with pytest.raises(NotDisclosable, match=code), world.house.work(world.officer) as work:
        give(work, inquiry_id, version(work, inquiry_id))
    with world.house.reading(world.officer) as work:
        assert work.inquiry(inquiry_id).answered_at is None


@pytest.mark.parametrize(("channel", "give", "_code"), GATES)
def test_an_answer_goes_by_the_channel_it_was_prepared_for(world, channel, give, _code):
    other = Channel.LETTER if channel is not Channel.LETTER else Channel.FILE
    inquiry_id = prepared(world, other)
    with pytest.raises(Forbidden, match="answer:other_channel"), world.house.work(world.officer) as work:
        give(work, inquiry_id, version(work, inquiry_id))


def test_what_is_not_prepared_is_not_given(world):
    inquiry_id = identified(world)
    with pytest.raises(NotFound, match="answer:not_prepared"), world.house.work(world.officer) as work:
        answering.give_by_call(work, inquiry_id, 3, read_back=ALL_READ_BACK)


# ⅰ The telephone


@pytest.mark.parametrize(
    ("members", "told", "said"), [((member(),), TOLD, "answer"), ((member(sex=Sex.FEMALE),), {}, "not_found")]
)
def test_on_a_confirmed_call_the_answer_is_given(world, members, told, said):
    inquiry_id = prepared(world, Channel.CALL_BACK, *members, told=told)
    with world.house.work(world.officer) as work:
        confirm_call(work, inquiry_id)
        inquiry = answering.give_by_call(work, inquiry_id, version(work, inquiry_id), read_back=ALL_READ_BACK)
        assert (inquiry.state, inquiry.answered_at) == ("answered", world.clock.now)
        assert calling.end(work, inquiry_id, calling.Ending(calling.Outcome.REACHED)).carried == [said]


def test_an_answer_is_given_once(world):
    inquiry_id = prepared(world, Channel.CALL_BACK)
    with world.house.work(world.officer) as work:
        confirm_call(work, inquiry_id)
        before = version(work, inquiry_id)
        answering.give_by_call(work, inquiry_id, before, read_back=ALL_READ_BACK)
    with pytest.raises(Superseded), world.house.work(world.officer) as work:
        answering.give_by_call(work, inquiry_id, before, read_back=ALL_READ_BACK)
    with pytest.raises(NotFound), world.house.work(world.officer) as work:
        answering.give_by_call(work, inquiry_id, version(work, inquiry_id), read_back=ALL_READ_BACK)


# ⅱ The file


def test_a_locked_file_is_given_for_download(world):
    inquiry_id = prepared(world, Channel.FILE)
    with world.house.work(world.officer) as work:
        password = locking.make_file(work, inquiry_id, version(work, inquiry_id)).password
        answer = answering.prepared(work, work.inquiry(inquiry_id))
        content = answering.file_of(work, answer)
        assert is_locked(content)
        assert password.encode() not in content
        assert locking.give_by_download(work, inquiry_id, version(work, inquiry_id)).state == "answered"


def test_a_file_made_again_has_another_password(world):
    inquiry_id = prepared(world, Channel.FILE)
    with world.house.work(world.officer) as work:
        first = locking.make_file(work, inquiry_id, version(work, inquiry_id)).password
        assert locking.make_file(work, inquiry_id, version(work, inquiry_id)).password != first


def test_a_corrected_answer_has_no_file_until_it_is_made_again(world):
    inquiry_id = prepared(world, Channel.FILE)
    with world.house.work(world.officer) as work:
        locking.make_file(work, inquiry_id, version(work, inquiry_id))
        told = TOLD | {"SHIKAKU-03": "346"}
        answering.prepare(work, inquiry_id, version(work, inquiry_id), channel=Channel.FILE, items=told)
        with pytest.raises(NotDisclosable, match="file_not_locked"):
            locking.give_by_download(work, inquiry_id, version(work, inquiry_id))


def test_a_file_is_handed_out_for_an_address_heard_on_a_confirmed_call(world):
    inquiry_id = prepared(world, Channel.FILE)
    with world.house.work(world.officer) as work:
        locking.make_file(work, inquiry_id, version(work, inquiry_id))
    address = "kenko@example.lg.jp"
    with pytest.raises(Forbidden, match="address_not_heard"), world.house.work(world.officer) as work:
        locking.hand_out(work, inquiry_id, version(work, inquiry_id))
    with pytest.raises(NotDisclosable, match="call_not_confirmed"), world.house.work(world.officer) as work:
        locking.hear_address(work, inquiry_id, address=address, repeated=address)
    with world.house.work(world.officer) as work:
        confirm_call(work, inquiry_id)
        locking.hear_address(work, inquiry_id, address=address, repeated=address)
        locking.tell_password(work, inquiry_id)
        handed_out = locking.hand_out(work, inquiry_id, version(work, inquiry_id))
        assert is_locked(handed_out.content)
        assert work.inquiry(inquiry_id).state == "answered"


@pytest.mark.parametrize(
    ("address", "repeated", "code"),
    [
        ("kenko@example.lg.jp", "kenkou@example.lg.jp", "mail:addresses_differ"),
        ("kenko.example.lg.jp", "kenko.example.lg.jp", "mail:no_address"),
        ("a@b.jp, c@d.jp", "a@b.jp, c@d.jp", "mail:no_address"),
    ],
)
def test_an_address_is_written_down_twice_alike(world, address, repeated, code):
    inquiry_id = prepared(world, Channel.FILE)
    with world.house.work(world.officer) as work:
        confirm_call(work, inquiry_id)
    with pytest.raises(InvalidValue, match=code), world.house.work(world.officer) as work:
        locking.hear_address(work, inquiry_id, address=address, repeated=repeated)


# ⅲ The letter


@pytest.mark.documents
def test_a_letter_is_numbered_printed_and_posted(world):
    inquiry_id = prepared(world, Channel.LETTER)
    with world.house.work(world.officer) as work:
        lettering.release(work, inquiry_id, version(work, inquiry_id))
        assert lettering.preview(work, inquiry_id).content.startswith(b"%PDF")
        posting = Posting(world.clock.now.date(), "12345678903")
        assert lettering.is_tracking_number("12345678903")
        assert lettering.give_by_post(work, inquiry_id, version(work, inquiry_id), posting).state == "answered"


@pytest.mark.parametrize(
    ("posting", "code"),
    [
        (Posting(date(2026, 11, 26)), "letter:posted_ahead"),
        (Posting(date(2026, 11, 25), "12345678900"), "letter:no_tracking_number"),
    ],
)
def test_a_letter_is_not_posted_ahead_nor_under_a_number_that_is_none(world, posting, code):
    inquiry_id = prepared(world, Channel.LETTER)
    with pytest.raises(InvalidValue, match=code), world.house.work(world.officer) as work:
        lettering.give_by_post(work, inquiry_id, version(work, inquiry_id), posting)


def test_there_is_no_letter_to_look_at_before_one_is_printed(world):
    inquiry_id = prepared(world, Channel.LETTER)
    with pytest.raises(NotFound, match="no_file"), world.house.work(world.officer) as work:
        lettering.preview(work, inquiry_id)


# ※5


def test_an_answer_about_a_registered_member_opens_a_follow_up_until_ticked_off(world):
    inquiry_id = prepared(world, Channel.CALL_BACK)
    with world.house.work(world.officer) as work:
        confirm_call(work, inquiry_id)
        answering.give_by_call(work, inquiry_id, version(work, inquiry_id), read_back=ALL_READ_BACK)
        [refresh] = following_up.waiting(work)
    world.clock.forward(days=1)
    assert world.clock.now - refresh.created_at == timedelta(days=1)
    with pytest.raises(NotFound), world.house.work(world.other_officer) as work:
        following_up.tick_off(work, refresh.id)
    with world.house.work(world.officer) as work:
        following_up.tick_off(work, refresh.id)
        assert following_up.waiting(work) == []
    with pytest.raises(Forbidden, match="done_already"), world.house.work(world.officer) as work:
        following_up.tick_off(work, refresh.id)


def test_nothing_of_a_draft_is_left_once_the_insurer_went_over_into_another(world):
    inquiry_id = stages.found(world, Finding.ONE, channel=Channel.FILE)
    stages.prepare(world, inquiry_id, Channel.FILE)
    with world.house.work(world.officer) as work:
        locking.make_file(work, inquiry_id, version(work, inquiry_id))
    word, _ = stages.in_call(world, inquiry_id)
    stages.heard(world, inquiry_id, word)
    with world.house.work(world.officer) as work:
        locking.hear_address(work, inquiry_id, address="kenko@example.lg.jp", repeated="kenko@example.lg.jp")
        calling.end(work, inquiry_id, calling.Ending(calling.Outcome.REACHED))
        draft = answering.prepared(work, work.inquiry(inquiry_id))
        assert [draft.document_number, draft.mail_address_ct is None] == ["R8-00001", False]
    successor = runs.merged(world)
    runs.identified(successor, inquiry_id)
    stages.prepare(successor, inquiry_id, Channel.FILE)
    with world.house.work(successor.officer) as work:
        draft = answering.prepared(work, work.inquiry(inquiry_id))
    left = (draft.document_number, draft.file_sha256, draft.file_kind, draft.wording_version)
    assert left == ("", "", "", 0)
    assert (draft.file_ct, draft.mail_address_ct, draft.call_back_id) == (None, None, None)


def test_a_draft_prepared_anew_about_the_same_finding_keeps_its_number(world):
    inquiry_id = stages.with_letter(world)
    stages.prepare(world, inquiry_id, Channel.LETTER)
    with world.house.work(world.officer) as work:
        lettering.release(work, inquiry_id, version(work, inquiry_id))
        assert answering.prepared(work, work.inquiry(inquiry_id)).document_number == "R8-00001"
