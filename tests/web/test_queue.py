"""The insurer's list: what waits, the most urgent first."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import event

from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.reply import Channel
from inquiry.workflow import clarifying, confirming, filing, identifying
from inquiry.workflow.confirming import Agreement
from inquiry.workflow.timing import due_of
from tests.world import WEDNESDAY_MORNING, member


def filed(world, at=WEDNESDAY_MORNING, **changes):
    """File an inquiry at a time, and leave the clock as it was."""
    before, world.clock.now = world.clock.now, at
    with world.house.work(world.clerk) as work:
        inquiry = filing.file(work, world.filing(**changes))
    world.clock.now = before
    return inquiry


def rows(page):
    return [" ".join(row.text_content().split()) for row in page.tree.xpath("//table[@id='inquiries']/tbody/tr")]


def test_what_is_overdue_comes_first_then_today_then_the_next_business_day(world, client_as):
    late = filed(world, WEDNESDAY_MORNING - timedelta(days=1))
    tomorrow = filed(world, datetime(2026, 11, 25, 8, 30, tzinfo=UTC))
    today = filed(world)
    found = rows(client_as("officer").open("/queue"))
    assert [
        (number in row, word in row)
        for row, number, word in zip(
            found, (late.number, today.number, tomorrow.number), ("期限超過", "本日中", "翌業務日以降"), strict=True
        )
    ] == [(True, True)] * 3


def test_a_due_day_is_not_late_until_its_hour_has_passed(world, client_as):
    inquiry = filed(world)
    with world.house.reading(world.officer) as work:
        due = due_of(work, work.session.merge(inquiry))
    world.clock.now = due
    assert "本日中" in rows(client_as("officer").open("/queue"))[0]
    world.clock.now = due + timedelta(seconds=1)
    assert "期限超過" in rows(client_as("officer").open("/queue"))[0]


def test_the_list_says_nothing_about_the_person(world, client_as):
    filed(world)
    page = client_as("officer").open("/queue")
    assert not [text for text in ("髙橋", "タカハシ", "昭和33", "1958") if text in page.response.get_data(as_text=True)]


def test_another_insurers_inquiries_are_not_there(world, client_as):
    filed(world)
    assert "回答を待っている照会はありません" in client_as("other_officer").open("/queue").text


def test_what_waits_for_the_municipality_has_its_own_tab(world, client_as):
    world.take_over_roster(member("1"), member("2"))
    inquiry = filed(world)
    with world.house.work(world.officer) as work:
        confirming.confirm(work, inquiry.id, 1, Agreement(Channel.CALL_BACK))
        identifying.identify(work, inquiry.id, 2)
        clarifying.ask(work, inquiry.id, 3, channel=Channel.PAGE, question="時期は？")
    officer = client_as("officer")
    assert rows(officer.open("/queue")) == []
    assert inquiry.number in rows(officer.open("/queue?tab=asked"))[0]
    with world.house.work(world.clerk) as work:
        clarifying.supply(work, inquiry.id, 4, CoverDates(acquired=PartialDate(2019, 4)))
    assert inquiry.number in rows(officer.open("/queue"))[0]


def test_the_notice_counts_what_arrived_since_the_list_was_shown(world, client_as):
    filed(world)
    officer = client_as("officer")
    page = officer.open("/queue")
    mark = page.tree.xpath("string(//@data-queue-version)")
    first = officer.client.get(f"/queue/version?since={mark}")
    assert first.json == {"version": int(mark), "arrived": 0}
    unchanged = officer.client.get(f"/queue/version?since={mark}", headers={"If-None-Match": first.headers["ETag"]})
    assert (unchanged.status_code, unchanged.data) == (304, b"")
    filed(world, WEDNESDAY_MORNING + timedelta(minutes=5))
    changed = officer.client.get(f"/queue/version?since={mark}", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.json["arrived"] == 1


def test_a_long_list_is_shown_in_pages(world, client_as, monkeypatch):
    monkeypatch.setattr("inquiry.web.queue.LINES_A_PAGE", 2)
    numbers = [filed(world, WEDNESDAY_MORNING + timedelta(minutes=minute)).number for minute in range(3)]
    officer = client_as("officer")
    first = officer.open("/queue")
    assert len(rows(first)) == 2
    assert numbers[2] in rows(officer.open(first.links("次のページ")[0]))[0]


def test_the_number_of_statements_does_not_grow_with_the_list(world, client_as):
    officer = client_as("officer")
    engine = world.house.sessions.kw["bind"]

    def statements():
        seen = []

        def note(*arguments):
            seen.append(arguments[2])

        event.listen(engine, "before_cursor_execute", note)
        officer.open("/queue")
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    filed(world)
    one = statements()
    for minute in range(1, 6):
        filed(world, WEDNESDAY_MORNING + timedelta(minutes=minute))
    assert statements() == one
