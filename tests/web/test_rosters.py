"""The insurer's own roster: a file is loaded, looked at, and switched to; nothing comes into force unseen."""

import io
import threading
import time
from contextlib import ExitStack
from datetime import timedelta

import openpyxl
import pytest

from inquiry.domain.roster import CHANGE, ROSTER_COLUMNS
from inquiry.store.rosters import RosterGeneration, Stage
from inquiry.web import roster_desk
from inquiry.workflow import roster, roster_clearing, roster_comparing, roster_loading
from inquiry.workflow.roster_rebuilding import rebuild
from inquiry.workflow.roster_switching import alone_at
from inquiry.workflow.work import DatabaseTrouble
from tests.web.test_identifying import confirmed
from tests.web.visitor import Page
from tests.workflow.roster_table import imported, meanwhile, roll_tables, somebody
from tests.world import member

GOOD = "1001,12,345,01,高橋　太郎,ﾀｶﾊｼ ﾀﾛｳ,,,,,S33.4.1,1,本人,2019-04-01,,,東京都千代田区,1"
BORN_NEVER = "1002,12,346,01,佐藤　花子,サトウ ハナコ,,,,,1958-02-30,2,本人,2019-04-01,,,,0"


def table(*rows, columns=ROSTER_COLUMNS, encoding="utf-8-sig"):
    return ("\r\n".join([",".join(columns), *rows]) + "\r\n").encode(encoding)


def differences(*rows):
    return table(*rows, columns=(CHANGE, *ROSTER_COLUMNS))


def workbook(*rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def upload(officer, content, *, status=303, name="名簿.csv", **fields):
    """Choose a file on the roster's page and post it, as a browser would."""
    form = officer.open("/rosters").form("/rosters/load")
    for field, value in fields.items():
        if isinstance(value, bool):
            form.inputs[field].checked = value
        else:
            form.fields[field] = value
    response = officer.client.post(
        "/rosters/load", data={**dict(form.form_values()), "file": (io.BytesIO(content), name)}
    )
    assert response.status_code == status
    return response.location if status == 303 else Page(response, "/rosters/load")


def settled(officer, address):
    """Open the page of an import again, as it does by itself, until nothing is being loaded any more."""
    give_up = time.monotonic() + 20
    while (page := officer.open(address)).tree.xpath("//progress"):
        assert officer.client.get(f"{address}/progress").json.keys() == {"is_loading", "share", "said"}
        assert page.links("最新の状態を見る") == [address], "without a script, whoever waits looks again by hand"
        assert time.monotonic() < give_up
        time.sleep(0.02)
    assert officer.client.get(f"{address}/progress").json["is_loading"] is False
    return page


def load(officer, content, **fields):
    return settled(officer, upload(officer, content, **fields))


def switch(officer, page, **fields):
    return officer.send(page, f"{page.path}/switch", **fields)


def imports(world):
    """Return the imports from the newest to the oldest, as stage and persons."""
    with world.house.reading(world.officer) as work:
        return [(each.stage, each.persons) for each in roster.imports(work, world.insurer_id)[0]]


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def test_a_loaded_roster_waits_until_an_officer_switches_to_it(world, officer):
    page = load(officer, table(GOOD))
    assert "読み取った行 1行" in page.text
    assert "取り込む人 1人" in page.text
    assert "今は名簿がありません" in page.text
    assert imports(world) == [("loaded", 1)]
    page = switch(officer, page)
    assert "加入者名簿を切り替えました（1行、1人）。" in page.tree.text_content()
    assert "照合に使用中" in page.text
    assert imports(world) == [("active", 1)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_either_encoding_is_read(world, officer, encoding):
    switch(officer, load(officer, table(GOOD, encoding=encoding)))
    assert imports(world) == [("active", 1)]


def test_a_workbook_is_read(world, officer):
    cells = GOOD.split(",")
    switch(officer, load(officer, workbook(list(ROSTER_COLUMNS), cells), name="名簿.xlsx"))
    assert imports(world) == [("active", 1)]


def test_bad_rows_are_named_by_line_column_and_reason_and_need_consent(world, officer):
    page = load(officer, table(GOOD, BORN_NEVER))
    cells = [" ".join(cell.text_content().split()) for cell in page.tree.xpath("//table[@id='problems']/tbody/tr/td")]
    assert cells == ["3", "生年月日", "暦にない日付です。年月日を確かめてください。"]
    refused = switch(officer, page, status=422)
    assert "誤りのある行があるため、取り込みませんでした" in refused.errors[0]
    assert imports(world) == [("loaded", 1)]
    switch(officer, page, skips_bad=True)
    assert imports(world) == [("active", 1)]


def test_the_list_of_bad_rows_says_nothing_of_what_stands_in_them(officer):
    page = load(officer, table(GOOD, BORN_NEVER))
    text = officer.open(page.links("CSVで受け取る")[0]).response.get_data().decode("utf-8-sig")
    assert text.splitlines()[0] == "行,列,理由"
    assert text.splitlines()[1].startswith("3,生年月日,")
    assert "佐藤" not in text + page.text


def test_many_people_who_would_vanish_need_a_word(world, officer):
    world.take_over_roster(member("1001"), member("1003"), member("1004"))
    page = load(officer, table(GOOD))
    assert "3人のうち2人がいなくなります" in page.text
    refused = switch(officer, page, status=422)
    assert "いなくなる人が多すぎる" in refused.errors[0]
    assert imports(world) == [("loaded", 1), ("active", 3)]
    switch(officer, page, allows_vanishing=True)
    assert imports(world) == [("active", 1), ("previous", 3)]


def test_a_file_that_does_not_say_who_is_withheld_needs_a_word_where_somebody_may_be(world, officer):
    switch(officer, load(officer, table(f"{GOOD},1", columns=(*ROSTER_COLUMNS, "不開示"))))
    page = load(officer, table(GOOD))
    assert "ファイルに「不開示」の列がありません" in page.text
    refused = switch(officer, page, status=422)
    assert "不開示でなくなるおそれ" in refused.errors[0]
    switch(officer, page, allows_opening=True)
    assert "「不開示」の列がありません" not in load(officer, table(GOOD)).text


def test_a_file_of_other_people_under_the_same_numbers_needs_a_word(world, officer):
    world.take_over_roster(member("1001"))
    page = load(officer, table(GOOD.replace("S33.4.1", "S33.4.2")))
    assert "1人の氏名・生年月日・性別が、同じ加入者IDで変わります" in page.text
    assert "別の団体の名簿ではないか" in switch(officer, page, status=422).errors[0]
    switch(officer, page, allows_others=True)
    assert imports(world) == [("active", 1), ("previous", 1)]


def test_a_file_whose_column_marks_nobody_needs_the_same_word(world, officer):
    switch(officer, load(officer, table(f"{GOOD},1", columns=(*ROSTER_COLUMNS, "不開示"))))
    page = load(officer, table(f"{GOOD},", columns=(*ROSTER_COLUMNS, "不開示")))
    assert "「不開示」の列に、印のある人がいません" in page.text
    assert "不開示でなくなるおそれ" in switch(officer, page, status=422).errors[0]
    switch(officer, page, allows_opening=True)
    assert imports(world) == [("active", 1), ("previous", 1)]


def test_the_roster_before_can_be_put_back(world, officer):
    world.take_over_roster(member("1001"), member("1003"))
    page = switch(officer, load(officer, table(GOOD)), allows_vanishing=True)
    page = officer.open(page.links("この名簿に戻す")[0])
    assert "1人のうち、0人がいなくなります" in page.text
    page = officer.send(page, f"{page.path}/put-back")
    assert "一つ前の名簿に戻しました（2人）。" in page.tree.text_content()
    assert imports(world) == [("previous", 1), ("active", 2)]


def test_going_back_needs_a_word_for_whom_it_takes_away_or_opens(world, officer):
    world.take_over_roster(member("1003"))
    switch(officer, load(officer, table(f"{GOOD},1", columns=(*ROSTER_COLUMNS, "不開示"))), allows_vanishing=True)
    upload(officer, differences(f"追加,{GOOD.replace('1001', '1009')}"), kind="changes")
    page = officer.open(officer.open("/rosters").links("この名簿に戻す")[0])
    for said in ("2人のうち2人がいなくなります", "不開示でなくなることがあります", "差分は、この名簿にはありません"):
        assert said in page.text
    for given, lacks in (({}, "いなくなる人が多すぎる"), ({"allows_vanishing": True}, "不開示でなくなるおそれ")):
        refused = officer.send(page, f"{page.path}/put-back", status=422, **given)
        assert (lacks in refused.errors[0], "切り替え" in refused.text) == (True, False), "it is no switch"
        assert imports(world)[0] == ("active", 2)
    officer.send(page, f"{page.path}/put-back", allows_vanishing=True, allows_opening=True)
    assert sorted(imports(world)) == [("active", 1), ("ended", 1), ("previous", 2)]


def files(world):
    """Take the place of whoever files: a unit of work that writes."""
    with world.house.work(world.operator) as work:
        work.record("roster:searched")


def test_while_people_are_compared_to_go_back_others_file(world, officer, monkeypatch):
    world.take_over_roster(member("1001"))
    switch(officer, load(officer, table(GOOD)))
    upload(officer, differences(), kind="changes")
    page = officer.open(officer.open("/rosters").links("この名簿に戻す")[0])
    filed = meanwhile(monkeypatch, roster_comparing, "compared", lambda: files(world))
    officer.send(page, f"{page.path}/put-back")
    assert filed == ["compared"], "everybody is gone through once"
    assert imports(world)[-1] == ("active", 1)


def test_while_a_roster_that_waited_is_compared_with_one_put_back_others_file(world, officer, monkeypatch):
    world.take_over_roster(member("1001"))
    switch(officer, load(officer, table(GOOD)))
    waiting = load(officer, table(GOOD))
    back = officer.open(officer.open("/rosters").links("この名簿に戻す")[0])
    officer.send(back, f"{back.path}/put-back")
    waiting = officer.open(waiting.path)
    filed = meanwhile(monkeypatch, roster_comparing, "compared", lambda: files(world))
    switch(officer, waiting)
    assert filed == ["compared"]
    assert imports(world)[0] == ("active", 1)


def test_going_back_sent_twice_counts_once(world, officer):
    world.take_over_roster(member("1001"))
    switch(officer, load(officer, table(GOOD)))
    page = officer.open(officer.open("/rosters").links("この名簿に戻す")[0])
    for _ in range(2):
        officer.send(page, f"{page.path}/put-back", status=303)
    assert imports(world) == [("previous", 1), ("active", 1)]


def test_nobody_goes_back_from_a_roster_they_did_not_see(world, officer):
    world.take_over_roster(member("1001"))
    switch(officer, load(officer, table(GOOD)))
    page = officer.open(officer.open("/rosters").links("この名簿に戻す")[0])
    upload(officer, differences(f"追加,{GOOD.replace('1001', '1009')}"), kind="changes")
    officer.send(page, f"{page.path}/put-back", status=409)
    assert imports(world)[0] == ("active", 2)


def test_a_loaded_roster_can_be_given_up(world, officer):
    page = load(officer, table(GOOD))
    page = officer.send(page, f"{page.path}/discard")
    assert "取りやめました" in page.tree.text_content()
    assert imports(world) == [("discarded", 1)]
    wait_until(lambda: roll_tables(world) == [])


def test_a_roster_that_a_rebuild_gave_up_says_so_on_its_page(world, officer):
    imported(world, somebody(1))
    page = load(officer, table(GOOD))
    rebuild(world.house, world.operator, world.insurer_id, progress=lambda _done: None)
    said = officer.open(page.path).tree.text_content()
    assert "切り替える前に取りやめになりました" in said
    assert "検索鍵を作り直した" in said


def wait_until(is_so):
    """Give what goes on behind a page its time."""
    give_up = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(0.02)


@pytest.fixture
def slow_deletion(monkeypatch):
    """Who deletes the people of a roster takes long over it: until this is set."""
    may_end, plain = threading.Event(), roster_clearing.empty

    def empty(*arguments):
        assert may_end.wait(20)
        plain(*arguments)

    monkeypatch.setattr(roster_clearing, "empty", empty)
    yield may_end
    may_end.set()


def test_whoever_gives_a_roster_up_does_not_wait_until_its_people_are_deleted(world, officer, slow_deletion):
    page = load(officer, table(GOOD))
    there = roll_tables(world)
    page = officer.send(page, f"{page.path}/discard")
    assert "取りやめました" in page.tree.text_content()
    assert (roll_tables(world), imports(world)) == (there, [("discarded", 1)])
    slow_deletion.set()
    wait_until(lambda: roll_tables(world) == [])


def test_an_import_begins_before_the_people_of_one_that_waited_are_deleted(world, officer, slow_deletion):
    load(officer, table(GOOD))
    address = upload(officer, table(GOOD, GOOD.replace("1001", "1002")))
    assert imports(world) == [("loading", 0), ("discarded", 1)]
    slow_deletion.set()
    assert "取り込む人 2人" in settled(officer, address).text
    assert len(roll_tables(world)) == 2


@pytest.mark.parametrize("broken", [False, True])
def test_an_import_that_does_not_begin_is_said_not_to_have_begun(world, officer, monkeypatch, broken):
    may_begin, plain = threading.Event(), roster_loading._begun

    def begun(*arguments, **more):
        assert broken or may_begin.wait(20)
        if broken:
            raise DatabaseTrouble
        return plain(*arguments, **more)

    monkeypatch.setattr(roster_loading, "_begun", begun)
    monkeypatch.setattr(roster_desk, "BEGIN_SECONDS", 5 if broken else 0.1)
    page = upload(officer, table(GOOD), status=422)
    assert ("途中で止まりました" if broken else "まだ始まりません") in page.errors[0]
    may_begin.set()
    if not broken:
        wait_until(lambda: imports(world) == [("loaded", 1)])


def test_only_so_many_rosters_are_loaded_at_once_and_the_next_may_try_again(world, officer):
    with ExitStack() as others:
        for _ in range(roster_desk.AT_ONCE):
            others.enter_context(roster_desk._admitted)
        page = upload(officer, table(GOOD), status=422)
        assert "数分たってから" in page.errors[0]
    for _ in range(2 * roster_desk.AT_ONCE):
        load(officer, table(GOOD))
    assert imports(world)[0] == ("loaded", 1)
    assert upload(officer, b"no roster", status=422).errors
    wait_until(lambda: roster_desk._admitted._value == roster_desk.AT_ONCE)


def test_a_roster_that_changed_since_the_look_is_not_replaced(world, officer):
    world.take_over_roster(member("1001"))
    page = load(officer, table(GOOD))
    upload(officer, differences(f"追加,{GOOD.replace('1001', '1009')}"), kind="changes")
    switch(officer, page, status=409)
    assert sorted(imports(world)) == [("active", 2), ("ended", 1), ("loaded", 1)]


def test_a_roster_loaded_before_differences_says_so_and_offers_no_switch(world, officer):
    world.take_over_roster(member("1001"))
    page = load(officer, table(GOOD))
    upload(officer, differences(f"追加,{GOOD.replace('1001', '1009')}"), kind="changes")
    page = officer.open(page.path)
    assert "差分が失われます" in page.text
    assert not [action for action in page.actions if action.endswith("/switch")]
    officer.send(page, f"{page.path}/discard")
    assert sorted(imports(world)) == [("active", 2), ("discarded", 1), ("ended", 1)]


def test_a_switch_sent_twice_counts_once(world, officer):
    page = load(officer, table(GOOD))
    switch(officer, page)
    assert officer.send(page, f"{page.path}/switch", status=303)
    assert imports(world) == [("active", 1)]


def test_of_two_who_switch_from_two_pages_the_second_is_told_it_is_done(world, officer):
    page = load(officer, table(GOOD))
    other = officer.open(page.path)
    switch(officer, page)
    refused = switch(officer, other, status=404)
    assert "切り替えられる名簿ではありません" in refused.text
    assert imports(world) == [("active", 1)]


# What is no roster


NO_ROSTER = [
    (b"", "ファイルが空です"),
    (b"PK\x03\x04\0\0", "Excelファイルとして読み取れません"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "パスワード"),
    ("加入者ID,氏名\n1,甲\n".encode(), "見出しに必要な列がありません"),
    (b"\x00\x01\x02", "CSVではありません"),
    (b"\xe9 ", "文字コードを読み取れません"),
]


@pytest.mark.parametrize(("content", "words"), NO_ROSTER)
@pytest.mark.parametrize("kind", ["whole", "changes"])
def test_what_is_no_roster_is_refused_at_the_field_with_what_to_do(world, officer, content, words, kind):
    world.take_over_roster(member("1001"))
    page = upload(officer, content, status=422, kind=kind)
    assert words in page.errors[0]
    assert imports(world) == [("active", 1)]


def test_a_workbook_with_another_header_is_refused_at_the_field(world, officer):
    page = upload(officer, workbook(["番号", "名前"], ["1", "甲"]), status=422, name="名簿.xlsx")
    assert "見出しに必要な列がありません" in page.errors[0]
    assert imports(world) == []


def test_a_file_that_is_no_roster_leaves_the_one_that_waits(world, officer):
    load(officer, table(GOOD))
    upload(officer, b"", status=422)
    assert imports(world) == [("loaded", 1)]


def test_no_file_says_so(officer):
    page = officer.send(officer.open("/rosters"), "/rosters/load", status=422)
    assert page.errors == ["加入者名簿のファイルを選んでください。"]


@pytest.mark.parametrize("rows", [(), (BORN_NEVER,)])
def test_a_file_of_nobody_says_so_and_offers_no_switch(world, officer, rows):
    page = load(officer, table(*rows))
    assert "取り込める加入者が一人もいない" in page.text
    assert not [action for action in page.actions if action.endswith("/switch")]
    officer.send(page, f"{page.path}/discard")
    assert imports(world) == [("discarded", 0)]


def test_a_workbook_that_breaks_off_in_the_middle_says_why_on_its_page(world, officer):
    cells = GOOD.split(",")
    page = load(officer, workbook(list(ROSTER_COLUMNS), cells, ["#N/A", *cells[1:]]), name="名簿.xlsx")
    assert "読み込みは終わりませんでした" in page.text
    assert "エラーの値" in page.text
    assert imports(world) == [("discarded", 0)]


# While another one is being loaded, and after the server was stopped


def test_a_second_upload_while_one_is_loading_is_refused_at_the_field(world, officer):
    with alone_at(world.house, world.insurer_id):
        assert "今、読み込み中です" in upload(officer, table(GOOD), status=422).errors[0]
        assert (
            "今、読み込み中です" in upload(officer, differences(f"追加,{GOOD}"), status=422, kind="changes").errors[0]
        )
    assert imports(world) == []


def test_the_pages_of_an_import_say_when_the_server_was_stopped_meanwhile(world, officer):
    with world.house.work(world.operator) as work:
        left = RosterGeneration(
            insurer_id=world.insurer_id,
            imported_at=work.now - timedelta(minutes=5),
            imported_by="",
            stage=Stage.LOADING,
            rows=1234,
            persons=1000,
            share=250,
        )
        work.session.add(left)
        work.record("roster:loading", insurer=world.insurer_id)
    with alone_at(world.house, world.insurer_id):
        page = officer.open(f"/rosters/imports/{left.id}")
        assert page.tree.xpath("//progress/@value") == ["250"]
        assert "1,234行、1,000人 残り およそ15分" in page.text
        assert officer.client.get(f"{page.path}/progress").json == {
            "is_loading": True,
            "share": 250,
            "said": "1,234行、1,000人　残り およそ15分",
        }
        assert "読み込み中" in officer.open("/rosters").text
    assert "中断" in officer.open("/rosters").text
    assert "途中で止まりました" in settled(officer, f"/rosters/imports/{left.id}").text
    load(officer, table(GOOD))
    assert imports(world)[0] == ("loaded", 1)
    # It is discarded by now, and its page still says why.
    assert "途中で止まりました" in officer.open(f"/rosters/imports/{left.id}").text


def test_what_nobody_foresaw_leaves_no_page_waiting_for_ever(world, officer, monkeypatch, caplog):
    def broken(*_arguments, **_more):
        raise RuntimeError("髙橋")

    monkeypatch.setattr(roster_loading, "sealed_batch", broken)
    assert "途中で止まりました" in load(officer, table(GOOD)).text
    assert "髙橋" not in caplog.text
    assert imports(world) == [("discarded", 0)]


@pytest.mark.parametrize("kind", ["whole", "changes"])
def test_a_roster_in_two_sheets_is_refused_at_its_field(world, officer, kind):
    world.take_over_roster(member("1001"))
    columns = list(ROSTER_COLUMNS) if kind == "whole" else [CHANGE, *ROSTER_COLUMNS]
    book = openpyxl.load_workbook(io.BytesIO(workbook(columns)))
    book.create_sheet("名簿2").append(columns)
    content = io.BytesIO()
    book.save(content)
    page = upload(officer, content.getvalue(), status=422, name="名簿.xlsx", kind=kind)
    assert ["ほかのシートにもあります" in error for error in page.errors] == [True]
    assert imports(world) == [("active", 1)]


# Differences of a day


def test_differences_are_taken_over_at_once(world, officer):
    world.take_over_roster(member("1001"), member("1003"))
    page = officer.open(upload(officer, differences(f"追加,{GOOD.replace('1001', '1009')}"), kind="changes"))
    assert "差分を取り込みました（1行）。名簿は3人になりました。" in page.tree.text_content()
    assert imports(world)[0] == ("active", 3)


def test_a_day_without_differences_is_a_day_all_the_same(world, officer):
    world.take_over_roster(member("1001"), member("1003"))
    page = officer.open(upload(officer, differences(), kind="changes"))
    assert "差分はありませんでした。名簿は2人のまま、基準日を改めました。" in page.tree.text_content()
    assert imports(world)[0] == ("active", 2)


def test_differences_with_a_wrong_row_change_nothing_unless_it_is_left_out(world, officer):
    world.take_over_roster(member("1001"))
    content = differences(f"追加,{GOOD}", f"追加,{GOOD.replace('1001', '1009')}")
    page = upload(officer, content, status=422, kind="changes")
    assert "差分は取り込みませんでした" in page.text
    assert "追加する人が、すでに名簿にいます" in page.text
    assert imports(world) == [("active", 1)]
    page = officer.open(upload(officer, content, kind="changes", skips_bad=True))
    assert "誤りのある1行は除きました" in page.tree.text_content()
    assert imports(world)[0] == ("active", 2)


def test_differences_by_which_many_go_are_asked_about_with_their_number(world, officer):
    world.take_over_roster(*(member(str(number)) for number in range(1001, 1005)))
    content = differences("削除,1001" + "," * (len(ROSTER_COLUMNS) - 1))
    page = upload(officer, content, status=422, kind="changes")
    assert "今の名簿の4人のうち1人が削除されます。" in page.text
    assert "元に戻せません" in page.text
    assert imports(world) == [("active", 4)]
    form = page.form("/rosters/load")
    assert not form.inputs["allows_vanishing"].checked
    form.inputs["allows_vanishing"].checked = True
    other = content.replace(b"1001", b"1002")
    page = Page(sent_again(officer, form, other), "/rosters/load")
    assert page.response.status_code == 422, "the word was about another file"
    form = page.form("/rosters/load")
    form.inputs["allows_vanishing"].checked = True
    assert sent_again(officer, form, other).status_code == 303
    assert imports(world)[0] == ("active", 3)


def sent_again(officer, form, content):
    sent = {**dict(form.form_values()), "kind": "changes", "file": (io.BytesIO(content), "差分.csv")}
    return officer.client.post("/rosters/load", data=sent)


def test_a_word_that_nobody_was_asked_for_counts_for_nothing(world, officer):
    world.take_over_roster(*(member(str(number)) for number in range(1001, 1005)))
    form = officer.open("/rosters").form("/rosters/load")
    content = differences("削除,1001" + "," * (len(ROSTER_COLUMNS) - 1))
    words = dict.fromkeys(("allows_vanishing", "allows_others"), "y")
    sent = {**dict(form.form_values()), **words, "kind": "changes", "file": (io.BytesIO(content), "a.csv")}
    assert officer.client.post("/rosters/load", data=sent).status_code == 422
    assert imports(world) == [("active", 4)]


def test_differences_of_other_people_under_the_same_numbers_need_a_word(world, officer):
    world.take_over_roster(*(member(str(number)) for number in range(1001, 1006)))
    strangers = [
        f"変更,{GOOD.replace('1001', str(number)).replace('S33.4.1', 'S40.1.2')}" for number in range(1001, 1006)
    ]
    content = differences(*strangers)
    page = upload(officer, content, status=422, kind="changes")
    assert "変更する5人のうち5人の氏名・生年月日・性別が、同じ加入者IDで変わります。" in page.text
    assert "別の団体のファイルではないか" in page.errors[0]
    form = page.form("/rosters/load")
    form.inputs["allows_others"].checked = True
    assert sent_again(officer, form, content).status_code == 303
    assert imports(world)[0] == ("active", 5)


@pytest.mark.parametrize("read_as", [{"coding": "pension"}, {"as_of": "2026-11-25"}])
def test_a_word_does_not_hold_for_the_same_file_read_in_another_way(world, officer, read_as):
    world.take_over_roster(*(member(str(number)) for number in range(1001, 1042)))
    removed = [f"削除,{number}" + "," * (len(ROSTER_COLUMNS) - 1) for number in range(1001, 1004)]
    content = differences(*removed)
    form = upload(officer, content, status=422, kind="changes").form("/rosters/load")
    form.inputs["allows_vanishing"].checked = True
    form.fields.update(read_as)
    page = Page(sent_again(officer, form, content), "/rosters/load")
    assert "確かめ" in page.errors[0]
    form = page.form("/rosters/load")
    form.inputs["allows_vanishing"].checked = True
    assert sent_again(officer, form, content).status_code == 303


def test_a_day_that_is_not_yet_is_refused_at_its_field(world, officer):
    for kind, content in (("whole", table(GOOD)), ("changes", differences(f"追加,{GOOD}"))):
        page = upload(officer, content, status=422, kind=kind, as_of="2026-11-26")
        assert page.errors == ["名簿の基準日が、今日より後です。ファイルを書き出した日を入力してください。"]
    assert imports(world) == []


def test_differences_older_than_the_roster_are_refused_at_the_day(world, officer):
    world.take_over_roster(member("1001"))
    content = differences(f"追加,{GOOD.replace('1001', '1009')}")
    page = upload(officer, content, status=422, kind="changes", as_of="2026-11-24")
    assert "今の名簿の基準日より前の差分です" in page.errors[0]
    assert page.tree.xpath("//*[@id='as_of' and @aria-invalid='true']")
    upload(officer, content, kind="changes", as_of="2026-11-25")
    assert imports(world)[0] == ("active", 2)


def test_a_file_older_than_the_roster_in_force_needs_a_word(world, officer):
    world.take_over_roster(member("1001"))
    page = load(officer, table(GOOD), as_of="2026-11-24")
    assert "今の名簿より前に書き出されています" in page.text
    assert "基準日より前のため" in switch(officer, page, status=422).errors[0]
    switch(officer, page, allows_older=True)
    assert imports(world) == [("active", 1), ("previous", 1)]


def test_differences_without_a_roster_are_refused_at_the_field(world, officer):
    page = upload(officer, differences(f"追加,{GOOD}"), status=422, kind="changes")
    assert len(page.errors) == 1
    assert imports(world) == []


def test_a_roster_switched_to_on_screen_is_looked_up_at_once(world, officer):
    switch(officer, load(officer, table(GOOD)))
    assert "３情報がすべて一致する人が１人います" in officer.open(confirmed(world)).text


def test_another_insurers_officer_sees_and_touches_no_import_of_this_one(world, officer, client_as):
    page = load(officer, table(GOOD))
    other = client_as("other_officer")
    other.open(page.path, status=404)
    other.open(f"{page.path}/problems.csv", status=404)
    assert "まだ取り込んでいません" in other.open("/rosters").text


# However large


LARGE = bytes(2 << 20)
AS_FORM = "multipart/form-data; boundary=x"


def test_a_roster_may_be_larger_than_what_else_is_sent(world, officer, app, monkeypatch):
    content = table(*(GOOD.replace("1001", str(number)) for number in range(3_000)))
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", len(content) // 2)
    assert "3,000人" in load(officer, content).text
    assert officer.client.post("/matching/file", data=content, content_type=AS_FORM).status_code == 413


def test_a_roster_beyond_what_the_page_takes_is_refused_with_the_limit(officer, app, monkeypatch):
    monkeypatch.setitem(app.config, "ROSTER_UPLOAD_BYTES", 1 << 20)
    assert "1MBまで" in officer.open("/rosters").text
    refused = officer.client.post("/rosters/load", data=LARGE, content_type=AS_FORM)
    assert (refused.status_code, "（1MB）" in refused.get_data(as_text=True)) == (413, True)


def test_a_stranger_sends_no_more_than_anywhere_else(anybody, app, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 1 << 20)
    assert anybody.client.post("/rosters/load", data=LARGE, content_type=AS_FORM).status_code == 413


def test_a_file_of_the_other_coding_is_said_to_be_one(world, officer):
    page = load(officer, table(GOOD.replace("S33.4.1", "5330401")))
    assert "元号の番号の選び方が違うようです。" in page.text
    assert "元号の番号の選び方が違うようです。" not in load(officer, table(GOOD, BORN_NEVER)).text
    world.take_over_roster(member("1001"))
    content = differences(f"変更,{GOOD.replace('S33.4.1', '5330401')}")
    assert "元号の番号の選び方が違うようです。" in upload(officer, content, status=422, kind="changes").text
