"""``inquiry roster import``: whole or not at all, in the encodings that insurers' systems write."""

import os
import re

import pytest
from sqlalchemy import inspect, text

from inquiry.store import rolls
from inquiry.store.engine import connect
from inquiry.workflow import accounts, roster
from tests.cli.conftest import EXAMPLES, SOCIETY, opened
from tests.workflow.roster_table import killed_import

VANISHING = "--allow-vanishing"  # a small roster in place of the examples' thirty thousand

ROSTER = (EXAMPLES / "roster.csv").read_text("utf-8-sig").splitlines()
GOOD = "K1,1,2,00,髙橋　太郎,ﾀｶﾊｼ ﾀﾛｳ,,,,,1958-04-01,1,1,2019-04-01,,,東京都見本区,1"
BAD = "K2,1,3,00,佐藤　花子,ｻﾄｳ ﾊﾅｺ,,,,,1985-13-45,2,1,2019-04-01,,,東京都見本区,1"


def table(tmp_path, *lines, encoding="utf-8"):
    file = tmp_path / "roster.csv"
    file.write_bytes("\r\n".join([ROSTER[0], *lines, ""]).encode(encoding))
    return file


def take(command, file, *more):
    return command("roster", "import", "--insurer", SOCIETY, *more, file)


def judged(command, tmp_path, line):
    source, target = tmp_path / "in.csv", tmp_path / "out.csv"
    head = "照会ID,氏名,氏名カナ,生年月日,性別,住所,記号,番号,資格取得年月日,資格喪失年月日"
    source.write_text(f"{head}\n{line}\n")
    assert command("match", "--insurer", SOCIETY, source, target).code == 0
    return target.read_text().splitlines()[1].split(",")[:3]


def test_a_roster_replaces_the_one_before_on_each_engine(on_each_engine, tmp_path):
    done = take(on_each_engine, table(tmp_path, *ROSTER[1:9]), VANISHING)
    assert done.code == 0
    assert done.out.startswith("8 persons from 8 rows")
    assert judged(on_each_engine, tmp_path, "Q,渡邉　裕子,ワタナベ　ユウコ,S54.11.23,2,,,,,") == ["Q", "one", "M000007"]
    assert judged(on_each_engine, tmp_path, "Q,髙﨑　𠮷彦,タカサキ　ヨシヒコ,1966-02-28,1,,,,,") == ["Q", "none", ""]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_rare_kanji_and_half_width_kana_are_read_in_each_encoding(command, tmp_path, encoding):
    assert take(command, table(tmp_path, GOOD, encoding=encoding), VANISHING).out.startswith("1 persons from 1 rows")
    found = judged(command, tmp_path, "Q,高橋　太郎,タカハシ　タロウ,S33.4.1,1,,,,,")
    assert found == ["Q", "one", "K1"]


def test_a_bad_row_is_named_and_nothing_is_imported(command, tmp_path):
    refused = take(command, table(tmp_path, GOOD, BAD))
    assert refused.code == 1
    assert "3行目 生年月日: " in refused.err
    assert "the roster in force stays" in refused.err
    # The roster in force is still the one of before.
    assert judged(command, tmp_path, "Q,髙﨑　𠮷彦,タカサキ　ヨシヒコ,1966-02-28,1,,,,,") == ["Q", "one", "M000009"]


def test_bad_rows_are_skipped_when_told_to(command, tmp_path):
    done = take(command, table(tmp_path, GOOD, BAD), "--skip-bad", VANISHING)
    assert done.code == 0
    assert "3行目" in done.err
    assert done.out.startswith("1 persons")


def test_what_stands_in_a_bad_row_is_not_said(command, tmp_path):
    refused = take(command, table(tmp_path, BAD))
    assert not [cell for cell in ("佐藤", "ｻﾄｳ", "1985-13-45") if cell in refused.err + refused.out]


def test_an_insurer_on_no_contact_list_is_refused_in_a_sentence(command, tmp_path):
    refused = command("roster", "import", "--insurer", "06139999", table(tmp_path, GOOD))
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.strip().endswith("。")


def test_another_file_is_refused_in_a_sentence(command):
    refused = take(command, EXAMPLES / "contacts.csv")
    assert refused.code == 1
    assert refused.err.strip().endswith("。")


def test_an_import_is_recorded_without_names(command, tmp_path):
    take(command, table(tmp_path, GOOD), VANISHING)
    target = tmp_path / "ledger.jsonl"
    assert command("audit", "export", target).code == 0
    assert target.read_text().count("roster:imported") == 2


def test_a_file_without_most_people_is_refused_until_that_is_allowed(command, tmp_path):
    refused = take(command, table(tmp_path, GOOD))
    assert refused.code == 1
    assert "persons are not on the other roster" in refused.err
    assert "--allow-vanishing" in refused.err
    assert judged(command, tmp_path, "Q,髙﨑　𠮷彦,タカサキ　ヨシヒコ,1966-02-28,1,,,,,") == ["Q", "one", "M000009"]


def test_what_was_loaded_waits_for_every_word_it_needs_and_is_not_read_again(command, tmp_path):
    file = table(tmp_path, GOOD, BAD)
    refused = take(command, file)
    file.unlink()
    assert (refused.code, f"roster switch --insurer {SOCIETY} --skip-bad {VANISHING} " in refused.err) == (1, True)
    too_few = command("roster", "switch", "--insurer", SOCIETY, VANISHING)
    assert (too_few.code, f"--skip-bad {VANISHING} " in too_few.err) == (1, True)
    done = command("roster", "switch", "--insurer", SOCIETY, "--skip-bad", VANISHING)
    assert (done.code, done.out) == (0, "1 persons from 2 rows.\n")
    assert judged(command, tmp_path, "Q,高橋　太郎,タカハシ　タロウ,S33.4.1,1,,,,,") == ["Q", "one", "K1"]


def test_what_was_loaded_and_waits_can_be_given_up(command, tmp_path):
    take(command, table(tmp_path, GOOD))
    assert command("roster", "discard", "--insurer", SOCIETY).code == 0
    for nothing_waits in ("switch", "discard"):
        refused = command("roster", nothing_waits, "--insurer", SOCIETY)
        assert (refused.code, refused.out, refused.err.strip()[-1]) == (1, "", "。")
    assert judged(command, tmp_path, "Q,髙﨑　𠮷彦,タカサキ　ヨシヒコ,1966-02-28,1,,,,,") == ["Q", "one", "M000009"]


def test_what_waits_does_not_undo_differences_that_came_after_it(command, tmp_path):
    take(command, table(tmp_path, GOOD))
    changes = tmp_path / "changes.csv"
    changes.write_text(f"異動区分,{ROSTER[0]}\n追加,{GOOD}\n")
    assert take(command, changes, "--changes").code == 0
    refused = command("roster", "switch", "--insurer", SOCIETY, VANISHING)
    assert (refused.code, refused.out, "差分が失われます" in refused.err) == (1, "", True)
    assert judged(command, tmp_path, "Q,髙﨑　𠮷彦,タカサキ　ヨシヒコ,1966-02-28,1,,,,,") == ["Q", "one", "M000009"]


def test_an_insurer_that_keeps_its_roster_outside_again_leaves_nobody_here(command, tmp_path):
    take(command, table(tmp_path, GOOD), VANISHING)
    take(command, table(tmp_path, GOOD.replace("1958", "1959")))
    done = command("roster", "remove", "--insurer", SOCIETY, "--yes")
    assert (done.code, done.out.splitlines()[1:]) == (0, ["It is deleted."])
    assert rolls_left() == []
    for nothing_left in ("put-back", "switch"):
        assert command("roster", nothing_left, "--insurer", SOCIETY).code == 1
    assert command("roster", "remove", "--insurer", SOCIETY, "--yes").code == 1
    assert take(command, table(tmp_path, GOOD)).code == 0


def rolls_left():
    """Name the tables of sealed people in the database of the command that ran last."""
    engine = opened().engine
    names = [name for name in inspect(engine).get_table_names() if name.startswith("roll_")]
    engine.dispose()
    return names


def test_whoever_removes_rosters_is_asked_by_name_persons_and_day_whose_they_are(command, tmp_path):
    take(command, table(tmp_path, GOOD), VANISHING, "--as-of", "2026-11-20", "--allow-older")
    there = rolls_left()
    asked = command("roster", "remove", "--insurer", SOCIETY)
    said = asked.out + asked.err
    for word in ("みほん電機健康保険組合", SOCIETY, "1 persons as of 2026-11-20", "cannot be undone"):
        assert word in said
    assert (asked.code, rolls_left()) == (1, there), "nobody said yes"


def test_who_has_no_roster_here_is_asked_nothing(command, tmp_path):
    command("roster", "remove", "--insurer", SOCIETY, "--yes")
    refused = command("roster", "remove", "--insurer", SOCIETY)
    assert (refused.code, "cannot be undone" in refused.out + refused.err) == (1, False)


def test_removing_rosters_deletes_what_a_killed_import_left_too(on_each_engine, tmp_path):
    take(on_each_engine, table(tmp_path, GOOD), VANISHING)
    house = opened()
    with house.reading() as work:
        insurer_id = roster.insurer_of(work, SOCIETY).id
    killed_id = killed_import(house, accounts.operator(house), insurer_id)
    done = on_each_engine("roster", "remove", "--insurer", SOCIETY, "--yes")
    assert (done.code, rolls_left()) == (0, [])
    house = opened()
    with house.reading() as work:
        given_up = roster.import_of(work, insurer_id, killed_id)
    house.engine.dispose()
    assert (given_up.stage, given_up.report) == ("discarded", {"stopped_by": "roster:interrupted"})


@pytest.mark.parametrize("on_each_engine", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
def test_rosters_that_a_backup_still_reads_are_not_said_to_be_deleted(on_each_engine, monkeypatch):
    monkeypatch.setattr(rolls, "DROP_MILLISECONDS", 100)
    engine = connect(os.environ["DATABASE_URL"])
    with engine.connect() as backup:
        for name in (name for name in inspect(engine).get_table_names() if name.startswith("roll_")):
            backup.execute(text(f"LOCK TABLE {name} IN ACCESS SHARE MODE"))
        done = on_each_engine("roster", "remove", "--insurer", SOCIETY, "--yes")
    engine.dispose()
    assert (done.code, "is deleted by `inquiry daily`" in done.out, "It is deleted" in done.out) == (0, True, False)
    assert rolls_left()
    assert "1 rosters that are over deleted." in on_each_engine("daily").out
    assert rolls_left() == []


def test_a_file_without_anybody_waits_for_no_word(command, tmp_path):
    refused = take(command, table(tmp_path, BAD))
    assert (refused.code, "roster switch" in refused.err) == (1, False)
    assert command("roster", "switch", "--insurer", SOCIETY, "--skip-bad", VANISHING).code == 1


def test_the_roster_before_can_be_put_back_once_and_back_again(command, tmp_path):
    first, second = (
        "Q,髙﨑　𠮷彦,タカサキ　ヨシヒコ,1966-02-28,1,,,,,",
        "Q,高橋　太郎,タカハシ　タロウ,S33.4.1,1,,,,,",
    )
    take(command, table(tmp_path, GOOD), VANISHING)
    for inquiry, member in ((first, "M000009"), (second, "K1")):
        refused = command("roster", "put-back", "--insurer", SOCIETY)
        assert (refused.code, f"roster put-back --insurer {SOCIETY} --allow" in refused.err) == (1, True)
        done = command("roster", "put-back", "--insurer", SOCIETY, VANISHING, "--allow-opening")
        assert (done.code, "in force again" in done.out) == (0, True)
        assert judged(command, tmp_path, inquiry) == ["Q", "one", member]


def test_without_a_roster_before_nothing_is_put_back(command):
    refused = command("roster", "put-back", "--insurer", SOCIETY)
    assert refused.code == 1
    assert refused.err.strip().endswith("。")


def test_the_differences_of_a_day_are_taken_over(command, tmp_path):
    file = tmp_path / "changes.csv"
    file.write_text(f"異動区分,{ROSTER[0]}\n追加,{GOOD}\n")
    done = take(command, file, "--changes")
    assert (done.code, done.out.split(" rows")[0]) == (0, "1")
    assert judged(command, tmp_path, "Q,高橋　太郎,タカハシ　タロウ,S33.4.1,1,,,,,") == ["Q", "one", "K1"]
    refused = take(command, file, "--changes")
    assert refused.code == 1
    assert "2行目 加入者ID: " in refused.err


def test_a_day_without_differences_is_a_day_all_the_same(command, tmp_path):
    take(command, table(tmp_path, GOOD), VANISHING)
    file = tmp_path / "changes.csv"
    file.write_text(f"異動区分,{ROSTER[0]}\n")
    done = take(command, file, "--changes")
    assert (done.code, done.err) == (0, "")
    assert re.match("No differences as of [0-9-]{10}: 1 persons as before, in ", done.out)


def test_differences_name_every_word_that_they_need(command, tmp_path):
    take(command, table(tmp_path, GOOD), VANISHING)
    file = tmp_path / "changes.csv"
    file.write_text("\n".join([f"異動区分,{ROSTER[0]}", f"変更,{GOOD.replace('1958-04-01', '1958-04-02')}", ""]))
    refused = take(command, file, "--changes")
    assert (refused.code, "1 of 1 changed persons would bear another name" in refused.err) == (1, True)
    assert "Give --allow-others if that is right." in refused.err
    assert take(command, file, "--changes", "--allow-others").code == 0


def test_a_file_of_other_people_under_the_same_numbers_is_refused_until_that_is_allowed(command, tmp_path):
    assert take(command, table(tmp_path, GOOD), VANISHING).code == 0
    refused = take(command, table(tmp_path, GOOD.replace("1958-04-01", "1958-04-02")))
    assert (refused.code, "1 of 1 persons bear another name" in refused.err, "--allow-others" in refused.err) == (
        1,
        True,
        True,
    )
    assert command("roster", "switch", "--insurer", SOCIETY, "--allow-others").code == 0


def test_older_files_and_days_that_are_not_yet_are_refused(command, tmp_path):
    changes = tmp_path / "changes.csv"
    changes.write_text(f"異動区分,{ROSTER[0]}\n追加,{GOOD}\n")
    whole = table(tmp_path, GOOD)
    for file, more, said in (
        (changes, ("--changes", "--as-of", "2020-01-01"), "今の名簿の基準日より前の差分です"),
        (changes, ("--changes", "--as-of", "2999-01-01"), "今日より後です"),
        (whole, ("--as-of", "2999-01-01"), "今日より後です"),
        (whole, ("--as-of", "2020-01-01", VANISHING), "--allow-older"),
    ):
        refused = take(command, file, *more)
        assert (refused.code, refused.out, said in refused.err) == (1, "", True)
    assert command("roster", "switch", "--insurer", SOCIETY, VANISHING, "--allow-older").code == 0


def test_a_rotated_key_seals_the_rebuilt_roster_and_everybody_is_found(command, tmp_path):
    inquiry = "Q,髙﨑　𠮷彦,タカサキ　ヨシヒコ,1966-02-28,1,,,,,"
    done = command("keys", "rotate")
    assert done.code == 0
    assert done.out.startswith("Key generation 2 ")
    assert "Restart" in done.out
    assert "roster rebuild" in done.out
    # Under its older key the roster is looked up as before.
    assert judged(command, tmp_path, inquiry) == ["Q", "one", "M000009"]
    rebuilt = command("roster", "rebuild")
    assert rebuilt.code == 0
    assert "persons rebuilt" in rebuilt.out
    assert judged(command, tmp_path, inquiry) == ["Q", "one", "M000009"]
    assert command("roster", "rebuild").out.strip() == "Every roster is up to date."
    target = tmp_path / "ledger.jsonl"
    assert command("audit", "export", target).code == 0
    assert "keys:rotated" in target.read_text()


def test_differences_by_which_many_go_need_a_word_and_say_how_many(command, tmp_path):
    take(command, table(tmp_path, *ROSTER[1:9]), VANISHING)
    cells = "," * (ROSTER[0].count(","))
    file = tmp_path / "changes.csv"
    file.write_text(f"異動区分,{ROSTER[0]}\n削除,M000007{cells}\n")
    refused = take(command, file, "--changes")
    assert refused.code == 1
    assert "1 of 8 persons would be removed, which cannot be undone" in refused.err
    done = take(command, file, "--changes", VANISHING)
    assert (done.code, "7 persons now" in done.out) == (0, True)


def test_a_file_that_does_not_say_who_is_withheld_is_refused_until_that_is_allowed(command, tmp_path):
    columns, withheld = ROSTER[0] + ",不開示", GOOD + ",1"
    file = tmp_path / "withheld.csv"
    file.write_text(f"{columns}\n{withheld}\n")
    assert take(command, file, VANISHING).code == 0
    emptied = tmp_path / "emptied.csv"
    emptied.write_text(f"{columns}\n{GOOD},\n")
    for says_it_of_nobody in (table(tmp_path, GOOD), emptied):
        refused = take(command, says_it_of_nobody)
        assert refused.code == 1
        assert "--allow-opening" in refused.err
    assert take(command, table(tmp_path, GOOD), "--allow-opening").code == 0
