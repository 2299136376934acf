"""A list of inquiries decided in one go: in order, by one roster, in one process or several, and in nobody's way."""

import io

import pytest

from inquiry.domain.errors import Forbidden, NotFound
from inquiry.domain.roster import INQUIRY_COLUMNS
from inquiry.store import ledger
from inquiry.workflow import filing, roster_judging
from inquiry.workflow.roster_judging import judge, list_in
from tests.workflow.roster_table import KANA, changed, imported, row, somebody

MANY = 60
HEAD = ",".join(INQUIRY_COLUMNS)


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch):
    monkeypatch.setattr(roster_judging, "PORTION", 7)


def asked(number):
    """Return the line that asks for `somebody(number)`."""
    name = "".join(KANA[number // len(KANA) ** place % len(KANA)] for place in range(4))
    return f"Q{number},,{name} カズ,S33.4.1,1,,12,{number},,"


def listed(*lines):
    return list_in(io.BytesIO("\r\n".join((HEAD, *lines, "")).encode()))


def said(judged):
    finding = judged.decision.finding if judged.decision else "unreadable"
    return judged.line, str(finding), judged.member_id


def decided(world, *lines, processes=1):
    told = judge(world.house, world.officer, world.insurer_id, listed(*lines), tell=said, processes=processes)
    return list(told)


@pytest.mark.parametrize("processes", [1, 3])
def test_every_line_has_its_own_finding_in_the_order_of_the_list(world, processes):
    imported(world, *map(somebody, range(MANY)))
    lines = [asked(number) for number in range(MANY)]
    lines[20] = "Q20,,カク カズ,1990-02-30,1,,,,,"
    lines[40] = asked(MANY + 1)
    expected = [(number + 2, "one", f"{number:06d}") for number in range(MANY)]
    expected[20], expected[40] = (22, "unreadable", ""), (42, "none", "")
    assert decided(world, *lines, processes=processes) == expected


@pytest.mark.parametrize("lost", ["9999-12-31", "99999999", "9998-12-31", "2024-03-31"])
def test_a_day_of_loss_at_the_end_of_the_calendar_stops_no_list(world, lost):
    imported(world, row())
    told = decided(world, f"Q1,,タカハシ タロウ,S33.4.1,1,,,,,{lost}", "Q2,,ナゾ ノヒト,S33.4.1,1,,,,,")
    assert [finding for _, finding, _ in told][1] == "none"


def test_a_line_with_too_few_cells_is_told_as_well(world):
    imported(world, row())
    assert decided(world, "Q1,x") == [(2, "unreadable", "")]


def test_a_list_is_two_entries_in_the_ledger_the_first_before_anybody_is_opened(world):
    imported(world, row())
    told = judge(world.house, world.officer, world.insurer_id, listed(asked(1)), tell=said)
    next(told)
    assert entries(world) == ["list_begun"]
    list(told)
    assert entries(world) == ["list_begun", "list_judged"]


def entries(world):
    with world.house.reading() as work:
        bodies = [bytes(entry.body).decode() for entry in ledger.entries(work.session)]
    return [word for body in bodies for word in ("list_begun", "list_judged") if f'"roster:{word}"' in body]


def test_others_file_and_answer_while_a_list_is_decided(world):
    imported(world, *map(somebody, range(MANY)))
    told = judge(world.house, world.officer, world.insurer_id, listed(*map(asked, range(MANY))), tell=said)
    next(told)
    with world.house.work(world.clerk) as work:  # would wait for half a minute, and be refused
        filing.file(work, world.filing())
    assert len(list(told)) == MANY - 1


@pytest.mark.parametrize("replace", [imported, lambda world, *rows: changed(world, ("追加", rows[-1]))])
def test_a_list_is_decided_by_one_roster_and_stops_where_another_comes_into_force(world, replace):
    imported(world, *map(somebody, range(MANY)))
    told = judge(world.house, world.officer, world.insurer_id, listed(*map(asked, range(MANY))), tell=said)
    next(told)
    replace(world, *map(somebody, range(MANY + 1)))
    with pytest.raises(Forbidden, match="replaced_meanwhile"):
        list(told)


def test_without_a_roster_nothing_is_decided(world):
    with pytest.raises(NotFound, match="no_roster"):
        decided(world, asked(1))
