"""The clock over HTTP: the cut-off, closed days, what it stops for and what it does not; nothing erases lateness."""

from inquiry.domain.inquiry import State
from tests.journeys.everybody import SATO
from tests.journeys.forms import finished, items_of
from tests.world import CHIYODA

SAID = "健康推進課の山田さん。2件の受付番号を読み上げてもらった"
WEDNESDAY, THURSDAY = "令和8年11月25日（水） 17:15", "令和8年11月26日（木） 17:15"


def due(page):
    """Return the due time as it stands at the head of the inquiry's page."""
    return items_of(page, "//p[@class='c-inquiry-head__due']/strong")[0]


def why(page):
    """Return the steps by which the page explains the due time."""
    return items_of(page, "//ol[@class='c-due']/li")


def test_what_is_filed_after_the_cut_off_counts_from_the_next_day_of_business(everybody, asks, world):
    world.clock.forward(days=33, hours=5, minutes=59)  # Monday 28 December, 15:59
    page = asks().files(SATO).seen_by(everybody.clerk)
    assert due(page) == "令和8年12月28日（月） 17:15"
    world.clock.forward(minutes=2)
    page = asks().files(SATO).seen_by(everybody.clerk)
    assert due(page) == "令和9年1月4日（月） 17:15"
    assert why(page) == [
        "12月28日（月）16:01に受け付けました。締切時刻（16:00）の後なので、翌業務日の受付として数えます。",
        "12月29日（火）は年末年始（12月29日から1月3日まで）のため、業務日に数えません。",
        "12月30日（水）は年末年始（12月29日から1月3日まで）のため、業務日に数えません。",
        "12月31日（木）は年末年始（12月29日から1月3日まで）のため、業務日に数えません。",
        "1月1日（金）は年末年始（12月29日から1月3日まで）（元日）のため、業務日に数えません。",
        "1月2日（土）は土曜日・日曜日のため、業務日に数えません。",
        "1月3日（日）は土曜日・日曜日のため、業務日に数えません。",
        "1月4日（月）の受付として数えます。",
        "回答期限は1月4日（月）17:15です。",
    ]


def test_a_holiday_announced_today_moves_what_is_open_today_and_nothing_that_is_late(everybody, asks, world):
    late = asks().files(SATO)
    world.clock.forward(days=1)
    path = asks().files(SATO)
    assert due(path.seen_by(everybody.clerk)) == THURSDAY
    everybody.pmo.goes_to("/timetables")
    page = everybody.pmo.sends("/timetables/everybody/closures", from_on="2026-11-26", name="臨時の休日")
    assert "期限が動いた照会は1件です。" in page.text
    page = path.seen_by(everybody.clerk)
    assert due(page) == "令和8年11月27日（金） 17:15"
    assert "11月26日（木）は休業日（臨時の休日）のため、業務日に数えません。" in why(page)
    page = late.seen_by(everybody.clerk)
    assert "期限超過" in page.text
    assert due(page) == WEDNESDAY


def test_the_clock_stops_exactly_while_the_municipality_is_asked(everybody, asks, world):
    path = asks().files(SATO).confirmed().attested("several", State.SEVERAL)
    world.clock.forward(minutes=15)
    path.officer_does("/question", State.CLARIFYING, **{"ask-channel": "page"})
    world.clock.forward(days=1)
    path.of(everybody).clerk_does("/dates", State.CONFIRMED, **{"supply-acquired": "2021-10"})
    page = path.seen_by(everybody.officer)
    assert due(page) == THURSDAY
    assert why(page)[1:] == [
        "11月25日（水）から追加情報を待っていた業務時間（8時間45分）だけ、期限を延ばします。",
        "回答期限は11月26日（木）17:15です。",
    ]
    world.clock.forward(hours=7)  # 17:15
    assert "期限超過" not in path.seen_by(everybody.officer).text
    world.clock.forward(minutes=1)
    assert "期限超過" in path.seen_by(everybody.officer).text


def test_an_announced_delay_is_shown_and_stops_nothing(everybody, asks, world):
    path = asks().files(SATO)
    delay = {"expected_at": "R8.11.27", "expected_time": "15:00", "reason": "被扶養者の記録を確かめます"}
    path.officer_does("/delay", State.FILED, **delay)
    page = path.seen_by(everybody.clerk)
    assert "被扶養者の記録を確かめます" in page.text
    assert due(page) == WEDNESDAY
    world.clock.forward(hours=8)
    page = path.seen_by(everybody.clerk)
    assert due(page) == WEDNESDAY
    assert "期限超過" in page.text


def test_a_written_answer_carries_its_own_agreed_day(everybody, asks):
    path = asks().files(SATO, "letter", needed_by="R8.12.4")
    assert due(path.seen_by(everybody.clerk)) == "令和8年12月4日（金） 17:15"
    path.officer_does("/confirm", State.CONFIRMED, channel="letter", needed_by="R8.12.2")
    page = path.seen_by(everybody.clerk)
    assert due(page) == "令和8年12月2日（水） 17:15"
    assert "文書での回答は、12月2日（水）までと約束されています。" in why(page)


def test_no_bulk_action_erases_lateness(everybody, asks, world):
    late = asks().files(SATO)
    world.clock.forward(days=1)
    in_time, confirm = asks().files(SATO), f"/bulk/confirm/{CHIYODA}"
    everybody.officer.goes_to(confirm)
    run = everybody.officer.sends(confirm, said=SAID, channel="letter", needed_by="R8.12.4")
    finished(everybody.officer, run)
    assert due(in_time.seen_by(everybody.clerk)) == "令和8年12月4日（金） 17:15"
    page = late.seen_by(everybody.clerk)
    assert due(page) == WEDNESDAY
    assert "期限超過" in page.text
    assert "文書での回答を12月4日（金）までと決めたのは、期限を過ぎてからです。期限は動きません。" in why(page)


def test_nor_does_a_single_agreement_and_a_letter_given_up_is_not_late_by_that(everybody, asks, world):
    late = asks().files(SATO)
    given_up = asks().files(SATO, "letter", needed_by="R8.12.4")
    world.clock.forward(hours=8)
    late.of(everybody).officer_does("/confirm", State.CONFIRMED, channel="letter", needed_by="R8.12.4")
    given_up.of(everybody).officer_does("/confirm", State.CONFIRMED, channel="call_back")
    assert due(late.seen_by(everybody.clerk)) == WEDNESDAY
    assert due(given_up.seen_by(everybody.clerk)) == THURSDAY
