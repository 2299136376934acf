"""A stray quote, blank rows, a table of another form: what they come to wherever a table of people is read."""

import io

import openpyxl
import pytest
from openpyxl.styles import Font

from inquiry.domain import table_text
from inquiry.domain.errors import InvalidValue
from inquiry.domain.roster import INQUIRY_COLUMNS, ROSTER_COLUMNS
from inquiry.workflow import roster_loading
from inquiry.workflow.roster_comparing import Consent
from inquiry.workflow.roster_judging import judge, list_in
from tests.workflow.roster_table import imported, loaded, report_of, row, somebody, stages, table, taken

MANY = 12
SKIPPING = Consent(skips_bad=True)


def whole(world, rows):
    generation_id = loaded(world, table(*rows))
    return stages(world)[0][1], [line for line, _, _ in report_of(world, generation_id)["problems"]]


def differences(world, rows):
    imported(world, row("999999"))
    outcome = taken(world, *(("追加" if cells else "", cells) for cells in rows), consent=SKIPPING)
    return outcome.generation.persons - 1, [problem.line for problem in outcome.tally.problems]


def inquiry_list(world, rows):
    imported(world, *map(somebody, range(MANY)))
    lines = [{"照会ID": "Q", **cells} if cells else {} for cells in rows]
    asked = list_in(io.BytesIO(table(*lines, columns=INQUIRY_COLUMNS)))
    told = list(judge(world.house, world.officer, world.insurer_id, asked, tell=lambda judged: judged))
    return sum(bool(each.member_id) for each in told), [each.line for each in told if each.problems]


PATHS = pytest.mark.parametrize("read", [whole, differences, inquiry_list])

#   which person, in which column, how; the lines that are taken in
STRAY = {
    "never closed": ({3: ("氏名カナ", '"{}')}, range(5, MANY + 2)),
    "closed in another column": ({3: ("氏名カナ", '"{}'), 6: ("生年月日", '{}"')}, range(5, 9)),
    "closed in the same column": ({3: ("氏名カナ", '"{}'), 6: ("氏名カナ", '{}"')}, range(5, 9)),
}


@PATHS
@pytest.mark.parametrize(("quotes", "taken_in"), STRAY.values(), ids=STRAY)
def test_everybody_is_taken_over_or_named_where_a_quote_goes_astray(world, read, quotes, taken_in):
    rows = [somebody(number) for number in range(MANY)]
    for number, (column, written) in quotes.items():
        rows[number][column] = written.format(rows[number][column])
    assert read(world, rows) == (MANY - len(taken_in), list(taken_in))


@PATHS
def test_blank_rows_are_nobodys_fault(world, read):
    rows = [{}, {}, *map(somebody, range(MANY)), {}]
    assert read(world, rows) == (MANY, [])


def test_formatted_rows_of_a_workbook_that_say_nothing_are_nobodys_fault(world):
    book = openpyxl.Workbook()
    book.active.append(list(ROSTER_COLUMNS))
    book.active.cell(3, 30).font = Font(bold=True)
    book.active.append([])
    book.active.append([somebody(1).get(column, "") for column in ROSTER_COLUMNS])
    for number in range(5, 9):
        book.active.cell(number, 2).font = Font(bold=True)
    content = io.BytesIO()
    book.save(content)
    generation_id = loaded(world, content.getvalue())
    assert (report_of(world, generation_id)["wrong_rows"], stages(world)) == (0, [("loaded", 1)])


@PATHS
def test_a_table_of_another_form_is_given_up_and_leaves_no_trace(world, read, monkeypatch):
    monkeypatch.setattr(table_text, "MOST_PROBLEMS", 3)
    with pytest.raises(InvalidValue, match="too_many_problems"):
        read(world, [somebody(number, 住所="甲,乙") for number in range(MANY)])
    assert {stage for stage, _ in stages(world)} <= {"active", "discarded"}


def test_of_many_rows_that_contradict_the_first_thousand_are_kept_and_all_are_counted(world, monkeypatch):
    monkeypatch.setattr(roster_loading, "WINDOW", 1)
    monkeypatch.setattr(roster_loading, "PROBLEMS_KEPT", 3)
    rows = [*map(somebody, range(MANY)), *(somebody(number, 住所="灯台町") for number in range(MANY))]
    report = report_of(world, loaded(world, table(*rows)))
    (reason,) = report["by_reason"].items()
    assert reason == ("加入者ID:roster:person_contradicts_earlier_row", MANY)
    assert (report["wrong_rows"], len(report["problems"]), stages(world)[0][1]) == (MANY, 3, MANY)
