"""``inquiry guard``: one line a file, never the digits, and exit code 1 if any file holds a My Number."""

import json
import re
import unicodedata

import pytest

from inquiry.domain.my_number import Level
from tests.world import ROOT

CASES = json.loads((ROOT / "tests" / "vectors" / "guard-cases.json").read_text())
MY_NUMBER = "123456789018"


@pytest.fixture
def case_files(tmp_path):
    for place, case in enumerate(CASES):
        (tmp_path / f"case-{place:02}.txt").write_text(case["text"], newline="")
    return sorted(tmp_path.glob("case-*.txt"))


def verdicts(outcome):
    return [line.split("\t") for line in outcome.out.splitlines()]


def test_every_known_case_is_judged_as_it_should_be(fresh, case_files):
    done = fresh("guard", *case_files)
    assert done.code == 1
    judged = verdicts(done)
    assert [len(line) for line in judged] == [3] * len(CASES)
    assert [(case["name"], level) for case, (level, _, _) in zip(CASES, judged, strict=True)] == [
        (case["name"], case["expect"]) for case in CASES
    ]
    assert [file for _, _, file in judged] == [str(file) for file in case_files]


def test_each_line_is_level_rule_and_file_and_never_the_digits(fresh, case_files):
    done = fresh("guard", *case_files)
    for level, rule, _ in verdicts(done):
        assert level in set(Level)
        assert re.fullmatch("[a-z_]+", rule)
    assert not re.search(
        r"\d{5}", unicodedata.normalize("NFKC", done.out + done.err).replace(str(case_files[0].parent), "")
    )


@pytest.mark.parametrize(("expected", "code"), [("allow", 0), ("warn", 0), ("block", 1)])
def test_only_a_blocked_file_fails_the_command(fresh, case_files, expected, code):
    chosen = [file for file, case in zip(case_files, CASES, strict=True) if case["expect"] == expected]
    assert fresh("guard", *chosen).code == code


def test_the_whole_file_is_one_text(fresh, tmp_path):
    (tmp_path / "split.txt").write_text("1234\n5678\n9018\n")
    assert fresh("guard", tmp_path / "split.txt").code == 1


def test_a_files_name_counts(fresh, tmp_path):
    (tmp_path / f"{MY_NUMBER}.txt").write_text("回答します")
    assert fresh("guard", tmp_path / f"{MY_NUMBER}.txt").code == 1


def test_what_cannot_be_looked_into_is_blocked(fresh, tmp_path):
    (tmp_path / "locked.docx").write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600))
    done = fresh("guard", tmp_path / "locked.docx")
    assert (done.code, done.out.split("\t")[:2]) == (1, ["block", "unscannable"])


def test_the_guard_needs_no_database(fresh, tmp_path):
    (tmp_path / "plain.txt").write_text("回答します")
    assert fresh("guard", tmp_path / "plain.txt").code == 0
    assert not (tmp_path / "var").exists()
