"""memo 3(2) なお書き: a step of an escalation, and a change of a number, told by mail; on both engines, a real server."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from inquiry.directory.insurers import InsurerKind
from inquiry.directory.supervisors import FOUNDING
from inquiry.domain.errors import InvalidValue
from inquiry.domain.escalation import AFTER
from inquiry.store.outbox import MailState
from inquiry.workflow import (
    adding,
    amending,
    confirming,
    contacts,
    daily,
    enacting,
    escalation_rules,
    lettering,
    municipalities,
    noticing,
    reminding,
)
from inquiry.workflow.amending import DeskEntry, Ground
from inquiry.workflow.dispatching import send_one
from inquiry.workflow.enacting import Asked
from inquiry.workflow.escalation_rules import Setting
from tests.web.stages import confirmed, filed, version_of, with_letter
from tests.world import CHIYODA

SUPERVISOR = "hokensha-sekinin@society.example.jp"
SECTION = "kenko@example.lg.jp"
PMO = "pmo@pmo.example.jp"
MINISTRY = "hoken@ministry.example.jp"
PUBLIC = "https://inquiry.example.jp"
JUST_BEFORE_CLOSING = datetime(2026, 11, 26, 8, 12, tzinfo=UTC)  # Thursday 17:12; the office closes at 17:15
EVIDENCE = Ground(evidence="令和8年11月24日付け届出", seen_on=date(2026, 11, 24))


@pytest.fixture
def receiver(world, receiver):
    """The mail server of a house whose pages have an address."""
    world.house = replace(world.house, public_address=PUBLIC)
    return receiver


@pytest.fixture
def addressed(world, receiver):
    """Everybody whom a step may be told to has an address; what the changes themselves announced has been sent."""
    register_desk(world, SUPERVISOR)
    register_section(world, SECTION)
    register_offices(world)
    empty_outbox(world)
    receiver.to.clear()
    receiver.arrived.clear()
    return receiver


def register_desk(world, address):
    with world.house.work(world.pmo) as work:
        edition = contacts.history(work, world.insurer_id)[0]
        version = edition.entry.version
        proposed = amending.amend_desk(work, DeskEntry(edition.row, address), EVIDENCE, version=version)
    with world.house.work(world.other_pmo) as work:
        return enacting.approve(work, proposed.id)


def register_section(world, address, **changes):
    with world.house.work(world.pmo) as work:
        row = municipalities.entry_of(work, CHIYODA)
        cells = municipalities.cells_of_place(row)
        entry = replace(municipalities.entry_from(cells), notice_address=address, **changes)
        proposed = amending.amend_place(work, CHIYODA, entry, version=row.version)
    with world.house.work(world.other_pmo) as work:
        return enacting.approve(work, proposed.id)


def register_offices(world):
    kind = InsurerKind.SOCIETY
    desk = replace(FOUNDING[kind], notice_address=MINISTRY, checked_on=date(2026, 11, 20))
    with world.house.work(world.pmo) as work:
        setting = Setting({**FOUNDING, kind: desk}, AFTER, PMO)
        escalation_rules.change(work, setting, number=0, reason="通知先を登録")


def empty_outbox(world):
    world.clock.forward(minutes=5)
    while send_one(world.house, world.operator) is not None:
        pass


def late(world):
    """File on Wednesday, and let Thursday morning come."""
    inquiry_id = filed(world)
    world.clock.forward(days=1)
    return inquiry_id


def step(world):
    return daily.press(world.house, world.operator).done


def notices(world, actor):
    with world.house.reading(actor) as work:
        return noticing.of_steps(work, reminding.tasks(work))


def test_each_step_is_mailed_to_whom_it_comes_to(world, addressed):
    late(world)
    for days in (0, 1, 4):
        world.clock.forward(days=days)
        assert step(world) == 1
        empty_outbox(world)
    assert addressed.to == [SUPERVISOR, PMO, SECTION, MINISTRY]


def test_a_notice_holds_the_number_and_where_to_log_in_and_nobody(world, addressed):
    inquiry_id = late(world)
    step(world)
    empty_outbox(world)
    (mail,) = addressed.arrived
    text = f"{mail['Subject']}\n{mail.get_content()}"
    with world.house.work(world.clerk) as work:
        number = work.inquiry(inquiry_id).number
        work.record("inquiry:read", None)
    assert number in text
    assert PUBLIC in text
    assert not mail.is_multipart()
    for personal in ("髙橋", "高橋", "太郎", "タカハシ", "昭和33", "1958", "山田"):
        assert personal not in text


def test_the_ministry_learns_who_asks_whom_and_is_not_sent_to_a_page_it_cannot_open(world, addressed):
    late(world)
    for days in (0, 1, 4):
        world.clock.forward(days=days)
        step(world)
    empty_outbox(world)
    text = addressed.arrived[addressed.to.index(MINISTRY)].get_content()
    assert "みほん健康保険組合" in text
    assert "千代田区" in text
    assert PUBLIC not in text


def test_run_twice_a_step_is_mailed_once(world, addressed):
    late(world)
    step(world)
    step(world)
    empty_outbox(world)
    step(world)
    empty_outbox(world)
    assert addressed.to == [SUPERVISOR]


def test_a_server_that_is_down_for_days_loses_no_notice(world, addressed):
    late(world)
    step(world)
    world.clock.forward(minutes=5)
    addressed.at_recipient = ["451 4.3.0 down"] * 3
    for _ in range(3):
        assert send_one(world.house, world.operator) is MailState.WAITING
        world.clock.forward(hours=24 * 7)  # the same hour of the week, long past the time in which others are given up
    empty_outbox(world)
    assert addressed.to == [SUPERVISOR]


def test_no_notice_leaves_while_those_it_is_for_are_not_at_work(world, addressed):
    filed(world)
    world.clock.now = JUST_BEFORE_CLOSING
    assert step(world) == 1
    world.clock.forward(minutes=5)
    assert send_one(world.house, world.operator) is None
    world.clock.forward(hours=15)  # Friday 8:17
    assert send_one(world.house, world.operator) is None
    world.clock.forward(minutes=15)
    assert send_one(world.house, world.operator) is MailState.SENT
    assert addressed.to == [SUPERVISOR]


def test_a_notice_that_waits_over_night_is_not_given_up_in_the_morning(world, addressed):
    filed(world)
    world.clock.now = JUST_BEFORE_CLOSING + timedelta(days=1)
    assert step(world) == 1
    world.clock.forward(minutes=5)
    assert send_one(world.house, world.operator) is None
    world.clock.forward(days=2, hours=20)  # Monday 13:17
    assert send_one(world.house, world.operator) is MailState.SENT


def test_what_was_settled_takes_back_its_unsent_notice(world, addressed):
    inquiry_id = late(world)
    step(world)
    with world.house.work(world.clerk) as work:
        reminding.withdraw(work, inquiry_id, version_of(world, inquiry_id), note="電話で解決した")
    empty_outbox(world)
    assert addressed.to == []
    assert [mail.state for mail in all_notices(world, inquiry_id)] == [MailState.RECALLED]


def test_what_was_answered_meanwhile_is_not_pressed_for_by_mail(world, addressed):
    inquiry_id = with_letter(world)
    world.clock.forward(days=1)
    assert step(world) == 1
    with world.house.work(world.officer) as work:
        lettering.give_by_download(work, inquiry_id, version_of(world, inquiry_id))
    empty_outbox(world)
    assert addressed.to == []
    assert [mail.state for mail in all_notices(world, inquiry_id)] == [MailState.STOPPED]


def test_an_announced_delay_stops_the_notice(world, addressed):
    inquiry_id = confirmed(world)
    world.clock.forward(days=1)
    assert step(world) == 1
    with world.house.work(world.officer) as work:
        expected = world.clock.now + timedelta(hours=4)
        confirming.announce_delay(
            work, inquiry_id, version_of(world, inquiry_id), expected_at=expected, reason="書庫で確かめる"
        )
    empty_outbox(world)
    assert addressed.to == []


def all_notices(world, inquiry_id):
    with world.house.work(world.clerk) as work:
        work.record("inquiry:read", None)
        return noticing.of_steps(work, reminding.of_this_time(work, work.inquiry(inquiry_id)))


def test_without_an_address_the_step_is_taken_all_the_same(world, receiver):
    late(world)
    assert step(world) == 1
    empty_outbox(world)
    assert receiver.to == []


def test_without_a_mail_server_the_step_is_taken_all_the_same(world):
    register_desk(world, SUPERVISOR)
    late(world)
    assert step(world) == 1
    assert notices(world, world.supervisor) == []


def test_a_notice_is_no_line_of_the_inquirys_timeline(world, addressed):
    inquiry_id = late(world)
    before = version_of(world, inquiry_id)
    step(world)
    empty_outbox(world)
    assert version_of(world, inquiry_id) == before


#  address                       why it is refused
REFUSED = [
    ("kenko@other.lg.jp", "notice_address:other_domain"),
    ("kenko@sub.example.lg.jp", "notice_address:other_domain"),
    ("no address", "notice_address:no_address"),
    ("a@example.lg.jp, b@example.lg.jp", "notice_address:no_address"),
    ("kenko@gmail.com", "notice_address:everybodys"),
]


@pytest.mark.parametrize(("address", "code"), REFUSED)
def test_a_municipalitys_address_lies_in_its_registered_domain(world, address, code):
    with pytest.raises(InvalidValue, match=code):
        register_section(world, address)


def test_a_domain_does_not_change_under_its_address(world):
    register_section(world, SECTION)
    with pytest.raises(InvalidValue, match="notice_address:other_domain"):
        register_section(world, SECTION, mail_domain="city.other.lg.jp")


def test_another_address_waits_like_another_number(world):
    register_desk(world, SUPERVISOR)
    changed = register_desk(world, "attacker@society.example.com")
    with world.house.work(world.other_pmo) as work:
        enacting.record_call(work, changed.id, Asked.CONFIRMED, note="適用課の係長")
    assert desk_address(world) == SUPERVISOR
    world.clock.forward(days=3, minutes=1)
    with world.house.work(world.operator) as work:
        assert enacting.enact_due(work, changed.id)
    assert desk_address(world) == "attacker@society.example.com"


def desk_address(world):
    with world.house.reading() as work:
        return contacts.history(work, world.insurer_id)[0].entry.notice_address


def test_a_file_of_the_list_leaves_the_address_as_it_is(world):
    register_desk(world, SUPERVISOR)
    with world.house.work(world.operator) as work:
        contacts.save(work, replace(contacts.history(work, world.insurer_id)[0].row, hours="平日 9:00～16:00"))
    assert desk_address(world) == SUPERVISOR


def new_number(world):
    with world.house.work(world.pmo) as work:
        edition = contacts.history(work, world.insurer_id)[0]
        row = replace(edition.row, telephone="0300007777")
        proposed = amending.amend_desk(work, DeskEntry(row), EVIDENCE, version=edition.entry.version)
    with world.house.work(world.other_pmo) as work:
        return enacting.approve(work, proposed.id)


def test_a_new_number_is_told_to_its_owner_and_to_who_would_dial_it(world, addressed):
    filed(world)
    new_number(world)
    empty_outbox(world)
    assert sorted(addressed.to) == [SUPERVISOR, SECTION]
    assert all(
        "0000-7777" not in mail.get_content() and "00007777" not in mail.get_content() for mail in addressed.arrived
    )


def test_who_has_no_open_inquiry_there_hears_nothing_of_a_new_number(world, addressed):
    new_number(world)
    empty_outbox(world)
    assert addressed.to == [SUPERVISOR]


def test_an_insurer_is_told_of_a_desk_that_is_to_stand_beside_its_main_one(world, addressed):
    with world.house.work(world.pmo) as work:
        row = replace(contacts.history(work, world.insurer_id)[0].row, desk_name="任意継続窓口", periods=())
        proposed = adding.propose_desk(work, replace(row, telephone="0300007676"), EVIDENCE)
    with world.house.work(world.other_pmo) as work:
        enacting.approve(work, proposed.id)
    empty_outbox(world)
    assert addressed.to == [SUPERVISOR]
    (mail,) = addressed.arrived
    assert "新しい照会窓口を加える提案" in mail.get_content()
    assert "7676" not in mail.get_content()


def test_a_new_address_is_told_under_the_one_in_force(world, addressed):
    register_desk(world, "attacker@society.example.com")
    empty_outbox(world)
    assert addressed.to == [SUPERVISOR]


def test_a_new_main_line_is_told_to_the_insurers_that_would_call_it(world, addressed):
    filed(world)
    register_section(world, SECTION, telephone="03-0000-7777")
    empty_outbox(world)
    assert sorted(addressed.to) == [SUPERVISOR, SECTION]


def test_a_change_that_is_stopped_before_its_notice_left_is_told_to_nobody(world, addressed):
    filed(world)
    changed = new_number(world)
    with world.house.work(world.officer) as work:
        enacting.stop(work, changed.id, reason="心当たりがない")
    empty_outbox(world)
    assert addressed.to == []


def test_an_office_with_a_wide_space_in_its_name_is_written_to_as_well(world, addressed):
    with world.house.work(world.operator) as work:
        row = contacts.history(work, world.insurer_id)[0].row
        contacts.save(work, replace(row, name="みほん　健康保険組合"))
    new_number(world)
    empty_outbox(world)
    assert "みほん 健康保険組合の電話番号" in addressed.arrived[0]["Subject"]
