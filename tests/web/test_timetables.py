"""Hours of business and closed days on screen, and what they do to the inquiry's page."""

import pytest

from inquiry.domain.reply import Channel
from inquiry.workflow import timing
from tests.web.stages import filed


def due_words(page):
    return page.tree.xpath("string(//p[@class='c-inquiry-head__due']/strong)").split()


def test_the_page_explains_the_due_time_step_by_step(client_as, world):
    world.clock.forward(days=-5, hours=6, minutes=40)  # Friday 20 November, 16:40
    page = client_as("clerk").open(f"/inquiries/{filed(world)}")
    steps = [" ".join(step.split()) for step in page.tree.xpath("//ol[@class='c-due']/li/text()")]
    assert steps == [
        "11月20日（金）16:40に受け付けました。締切時刻（16:00）の後なので、翌業務日の受付として数えます。",
        "11月21日（土）は土曜日・日曜日のため、業務日に数えません。",
        "11月22日（日）は土曜日・日曜日のため、業務日に数えません。",
        "11月23日（月）は祝日（勤労感謝の日）のため、業務日に数えません。",
        "11月24日（火）の受付として数えます。",
        "回答期限は11月24日（火）17:15です。",
    ]
    assert "締切時刻は16:00です。" in page.text


def test_a_letter_is_due_on_its_agreed_day(client_as, world):
    inquiry_id = filed(world, channel=Channel.LETTER, needed_by=world.clock.now.date().replace(day=30))
    page = client_as("clerk").open(f"/inquiries/{inquiry_id}")
    assert due_words(page) == ["令和8年11月30日（月）", "17:15"]
    assert "文書は約束の日まで" in page.text
    assert "文書での回答は、11月30日（月）までと約束されています。" in page.text


def test_a_supervisor_sets_the_hours_and_open_inquiries_move_at_once(client_as, world):
    inquiry_id = filed(world)
    world.clock.forward(minutes=30)
    supervisor = client_as("supervisor")
    page = supervisor.open("/timetables")
    page = supervisor.send(page, f"{page.path}/hours", opens="09:00", closes="15:00", cut_off="14:00")
    assert "期限が動いた照会は1件です。" in page.text
    assert "受付時間 09:00から15:00まで、締切時刻 14:00" in page.text
    page = client_as("clerk").open(f"/inquiries/{inquiry_id}")
    assert due_words(page)[1] == "15:00"
    assert "受付時間・休業日が変わったため" in page.text


def test_a_holiday_announced_today_moves_every_insurers_open_inquiries_today(client_as, world):
    ours, theirs = filed(world), filed(world, insurer_id=world.branch_id)
    world.clock.forward(minutes=30)
    pmo = client_as("pmo")
    page = pmo.open("/timetables")
    page = pmo.send(page, "/timetables/everybody/closures", from_on="2026-11-25", name="臨時の休日")
    assert "期限が動いた照会は2件です。" in page.text
    for inquiry_id in (ours, theirs):
        page = client_as("clerk").open(f"/inquiries/{inquiry_id}")
        assert due_words(page)[0] == "令和8年11月26日（木）"
        assert "休業日（臨時の休日）のため" in page.text


def test_what_is_late_stays_late_whatever_is_entered(client_as, world):
    inquiry_id = filed(world)
    world.clock.forward(hours=8)  # 18:00
    supervisor = client_as("supervisor")
    page = supervisor.open("/timetables")
    page = supervisor.send(page, f"{page.path}/closures", from_on="2026-11-25", name="臨時休業")
    assert "期限が動いた照会は0件です。" in page.text
    page = supervisor.open(f"/inquiries/{inquiry_id}")
    assert "期限超過" in page.text
    assert "期限はその前に過ぎていたため、動きません。" in page.text


def test_a_closure_is_taken_out_before_it_begins(client_as, world):
    supervisor = client_as("supervisor")
    page = supervisor.open("/timetables")
    path = page.path
    page = supervisor.send(page, f"{path}/closures", from_on="2026-12-02", until_on="2026-12-03", name="棚卸")
    page = supervisor.send(page, f"{path}/closures/2026-12-03/drop")
    assert "第2版" in page.text
    assert page.tree.xpath("count(//table//tbody/tr)") == 1


#   first day        last day        the sentence
REFUSED = [
    ("2026-11-24", "", "過ぎた日は休業日にできません。"),
    ("2026-12-05", "", "その日は、すでに休業日です。"),
    ("2026-12-02", "2026-12-01", "最後の日は、最初の日から31日目までの日にしてください。"),
    ("2026-12-02", "2027-01-05", "最後の日は、最初の日から31日目までの日にしてください。"),
    ("2026-12-01", "2026-12-18", "休業が２週間を超えて続きます。"),
]


@pytest.mark.parametrize(("first", "last", "sentence"), REFUSED)
def test_an_insurer_cannot_close_afterwards_or_for_weeks(client_as, first, last, sentence):
    supervisor = client_as("supervisor")
    page = supervisor.open("/timetables")
    action = f"{page.path}/closures"
    page = supervisor.send(page, action, from_on=first, until_on=last, name="休業", status=422)
    assert page.errors[0].startswith(sentence)


def test_an_insurer_cannot_end_its_day_in_the_morning(client_as):
    supervisor = client_as("supervisor")
    page = supervisor.open("/timetables")
    action = f"{page.path}/hours"
    page = supervisor.send(page, action, opens="08:30", closes="17:15", cut_off="09:00", status=422)
    assert page.errors == ["締切時刻を正午より前にはできません。12:00以降の時刻にしてください。"]
    page = supervisor.send(page, action, opens="08:30", closes="15:00", cut_off="16:00", status=422)
    assert page.errors == ["当日受付の締切が受付時間の外です。開始から終了までの間の時刻にしてください。"]


def test_who_read_an_older_version_is_told(client_as):
    first, second = client_as("pmo"), client_as("pmo")
    pages = [visitor.open("/timetables") for visitor in (first, second)]
    first.send(pages[0], "/timetables/everybody/hours", opens="08:00")
    second.send(pages[1], "/timetables/everybody/hours", opens="09:00", status=409)


def test_an_officer_reads_and_a_stranger_sees_nothing(client_as, world):
    page = client_as("officer").open("/timetables")
    assert page.actions == []
    assert "変更は、責任者に依頼してください。" in page.text
    client_as("other_officer").open(f"/timetables/{world.insurer_id}", status=404)
    client_as("clerk").open("/timetables", status=403)


def test_an_officer_and_a_stranger_change_nothing(client_as, world):
    visitor = client_as("officer")
    page = visitor.open("/queue")
    token = page.tree.xpath("string(//input[@name='csrf_token']/@value)")
    sent = [("csrf_token", token), ("idempotency_key", "k"), ("version", "0"), ("opens", "08:00"), ("closes", "17:00")]
    sent.append(("cut_off", "16:00"))
    visitor.post(f"/timetables/{world.insurer_id}/hours", sent, status=422)
    visitor.post("/timetables/everybody/hours", sent, status=422)
    visitor.post(f"/timetables/{world.branch_id}/hours", sent, status=404)


def test_pmo_staff_see_who_has_hours_of_their_own(client_as, world):
    pmo = client_as("pmo")
    page = pmo.open(f"/timetables/{world.branch_id}")
    page = pmo.send(page, f"{page.path}/hours", cut_off="15:00")
    assert f"/timetables/{world.branch_id}" in pmo.open("/timetables").links("東京支部")
    with world.house.reading(world.clerk) as work:
        assert timing.calendar_now(work, world.branch_id).hours.cut_off.hour == 15
        assert timing.calendar_now(work, world.insurer_id).hours.cut_off.hour == 16
