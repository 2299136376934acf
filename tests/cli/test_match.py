"""``inquiry match``: every inquiry of a list against a roster, as examples/README.md says."""

import csv
import re

from inquiry.cli import matching
from inquiry.domain.roster import INQUIRY_COLUMNS, ROSTER_COLUMNS
from inquiry.domain.table_text import read_table, write_table
from inquiry.workflow import roster_judging
from tests.cli.conftest import EXAMPLES, SOCIETY
from tests.workflow.roster_table import KANA, row

COLUMNS = ["照会ID", "判定", "加入者ID", "理由"]


def documented():
    """Read the table of examples/README.md: the finding of each inquiry, and its member where there is one."""
    found = {}
    for line in (EXAMPLES / "README.md").read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        inquiries, members = re.findall(r"Q-\d\d", cells[0]), re.findall(r"M\d{6}", cells[1] if len(cells) > 1 else "")
        if inquiries and cells[1].startswith("`"):
            finding = cells[1].split("`")[1]
            found.update({key: (finding, each) for key, each in zip(inquiries, members or [""] * 9, strict=False)})
            if finding == "one" and not members:
                found.update(dict.fromkeys(inquiries, (finding, None)))  # which member, the table leaves open
    return found


def match(command, source, target):
    return command("match", "--insurer", SOCIETY, source, target)


def rows(target):
    return list(csv.reader(target.read_text().splitlines()))


def test_the_thirty_inquiries_are_decided_as_documented(on_each_engine, tmp_path):
    target = tmp_path / "answers.csv"
    assert match(on_each_engine, EXAMPLES / "inquiries.csv", target).code == 0
    head, *answers = rows(target)
    assert head == COLUMNS
    decided = {key: (finding, member) for key, finding, member, _ in answers}
    expected = documented()
    assert len(expected) == 30
    # A member's number that the table leaves open is one of the roster's all the same.
    open_ones = {key: (finding, decided[key][1]) for key, (finding, member) in expected.items() if member is None}
    assert decided == {**expected, **open_ones}
    assert all(re.fullmatch(r"M\d{6}", member) for _, member in open_ones.values())


def test_a_member_is_named_for_one_alone_and_every_finding_has_its_reason(command, tmp_path):
    target = tmp_path / "answers.csv"
    match(command, EXAMPLES / "inquiries.csv", target)
    for _, finding, member, reason in rows(target)[1:]:
        assert bool(member) is (finding == "one")
        assert reason


def test_a_bad_line_fails_the_command_and_the_good_ones_are_written(command, tmp_path):
    lines = (EXAMPLES / "inquiries.csv").read_text("utf-8-sig").splitlines()
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("\n".join([lines[0], lines[1], "Q-X,架空　太一,カクウ　タイチ,1990-02-30,1,,,,,", lines[2], ""]))
    done = match(command, source, target)
    assert done.code == 1
    assert "3行目 生年月日: " in done.err
    assert "2 decided, 1 unreadable." in done.err
    assert [row[:2] for row in rows(target)[1:]] == [["Q-01", "several"], ["Q-X", ""], ["Q-02", "one"]]
    assert rows(target)[2][3].startswith("3行目 生年月日：")


def test_every_line_behind_a_stray_quote_is_named(command, tmp_path):
    lines = (EXAMPLES / "inquiries.csv").read_text("utf-8-sig").splitlines()
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text("\n".join([*lines[:3], lines[3].replace(",", ',"', 1), *lines[4:], ""]))
    done = match(command, source, target)
    assert done.code == 1
    assert "2 decided, 28 unreadable." in done.err
    assert len(rows(target)) == 31


def test_a_run_that_is_broken_off_leaves_nothing_of_what_it_found(command, tmp_path, monkeypatch):
    def power_cut(*_arguments):
        raise OSError

    monkeypatch.setattr(roster_judging, "PORTION", 5)
    monkeypatch.setattr(matching.Progress, "__call__", power_cut)
    assert match(command, EXAMPLES / "inquiries.csv", tmp_path / "out.csv").code == 1
    assert list(tmp_path.glob("out.csv*")) == []


FORMULAS = ["=1+1", "+1", "-1", "@A1", "'=1", '=HYPERLINK("https://example.com","ア")']


def written(people, columns):
    return write_table(
        ({**dict.fromkeys(columns, ""), **each} for each in people), columns, numbers=(), encoding="utf-8"
    )


def test_no_number_that_a_list_or_a_roster_brought_is_run_by_a_spreadsheet_program(command, tmp_path):
    roster, source, target = (tmp_path / name for name in ("roster.csv", "in.csv", "out.csv"))
    people = [row(each, 氏名="", 氏名カナ=f"{KANA[place]}カ ハナ") for place, each in enumerate(FORMULAS)]
    roster.write_bytes(written(people, ROSTER_COLUMNS))
    source.write_bytes(written([{**asked_as(each), "照会ID": each["加入者ID"]} for each in people], INQUIRY_COLUMNS))
    said = ("--allow-vanishing", "--allow-others", "--allow-opening")
    assert command("roster", "import", "--insurer", SOCIETY, roster, *said).code == 0
    assert match(command, source, target).code == 0
    assert [(line[0], line[2]) for line in rows(target)[1:]] == [(f"'{each}", f"'{each}") for each in FORMULAS]
    again = [line for _, line in read_table(target.read_bytes(), COLUMNS).rows]
    assert [(line["照会ID"], line["加入者ID"]) for line in again] == [(each, each) for each in FORMULAS]


def asked_as(person):
    return {column: person.get(column, "") for column in INQUIRY_COLUMNS}


def test_a_list_counts_eras_as_it_is_said_to(command, tmp_path):
    head = (EXAMPLES / "inquiries.csv").read_text("utf-8-sig").splitlines()[0]
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_text(f"{head}\nQ,渡邉　裕子,ワタナベ　ユウコ,5541123,2,,,,,\n")
    refused = match(command, source, target)
    assert (refused.code, rows(target)[1][:3]) == (1, ["Q", "", ""])
    assert "the other way: see --era-digits" in refused.err
    assert command("match", "--insurer", SOCIETY, "--era-digits", "pension", source, target).code == 0
    assert rows(target)[1][:3] == ["Q", "one", "M000007"]


def test_a_list_in_cp932_is_read_too(command, tmp_path):
    lines = (EXAMPLES / "inquiries.csv").read_text("utf-8-sig").splitlines()[:3]
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    source.write_bytes("\r\n".join([*lines, ""]).encode("cp932"))
    assert match(command, source, target).code == 0
    assert [row[1] for row in rows(target)[1:]] == ["several", "one"]


def test_an_insurer_without_a_roster_is_refused_in_a_sentence(command, tmp_path):
    refused = command("match", "--insurer", "01130012", EXAMPLES / "inquiries.csv", tmp_path / "out.csv")
    assert refused.code == 1
    assert refused.err.strip().endswith("。")
    assert not (tmp_path / "out.csv").exists()


def test_the_search_is_recorded_without_names(command, tmp_path):
    match(command, EXAMPLES / "inquiries.csv", tmp_path / "answers.csv")
    ledger = tmp_path / "ledger.jsonl"
    command("audit", "export", ledger)
    assert ledger.read_text().count("roster:list_judged") == 1
