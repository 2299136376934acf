"""The insurer's own roster: looked at first, imported then."""

import io

import pytest

from inquiry.domain.roster import ROSTER_COLUMNS
from inquiry.workflow import roster
from tests.world import member

GOOD = "1001,12,345,01,高橋　太郎,ﾀｶﾊｼ ﾀﾛｳ,,,,,S33.4.1,1,本人,2019-04-01,,,東京都千代田区,1"
BORN_NEVER = "1002,12,346,01,佐藤　花子,サトウ ハナコ,,,,,1958-02-30,2,本人,2019-04-01,,,,0"


def table(*rows, encoding="utf-8-sig"):
    return ("\r\n".join([",".join(ROSTER_COLUMNS), *rows]) + "\r\n").encode(encoding)


def upload(officer, page, action, content, *, status=200, **fields):
    """Choose a file in a form of the page and post it."""
    form = page.form("/rosters/import" if action != "/rosters/check" else action)
    for name, value in fields.items():
        form.inputs[name].checked = value
    values = dict(form.form_values())
    response = officer.client.post(action, data={**values, "file": (io.BytesIO(content), "名簿.csv")})
    if response.status_code == 303 and status == 200:
        return officer.open(response.location)
    from tests.web.visitor import Page

    assert response.status_code == status
    return Page(response, action)


def persons(world):
    with world.house.reading(world.officer) as work:
        return [generation.persons for generation in roster.imports(work, world.insurer_id)[0]]


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def look(officer, content, **expected):
    return upload(officer, officer.open("/rosters"), "/rosters/check", content, **expected)


def test_a_roster_is_looked_at_before_it_is_imported(world, officer):
    page = look(officer, table(GOOD))
    assert "1行" in page.text
    assert "1人" in page.text
    assert persons(world) == []
    page = upload(officer, page, "/rosters/import", table(GOOD))
    assert "加入者名簿を取り込みました（1行、1人、" in page.text
    assert "照合に使用中" in page.text
    assert persons(world) == [1]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_either_encoding_is_read(world, officer, encoding):
    content = table(GOOD, encoding=encoding)
    upload(officer, look(officer, content), "/rosters/import", content)
    assert persons(world) == [1]


def test_bad_rows_are_named_by_line_column_and_reason_and_stop_the_import(world, officer):
    content = table(GOOD, BORN_NEVER)
    page = look(officer, content)
    assert [
        " ".join(cell.text_content().split()) for cell in page.tree.xpath("//table[@id='problems']/tbody/tr/td")
    ] == ["3", "生年月日", "暦にない日付です。年月日を確かめてください。"]
    page = upload(officer, page, "/rosters/import", content, status=422)
    assert "誤りのある行があるため、取り込みませんでした" in page.errors[0]
    assert persons(world) == []
    page = upload(officer, page, "/rosters/import", content, skips_bad=True)
    assert persons(world) == [1]


def test_the_list_of_bad_rows_says_nothing_of_what_stands_in_them(world, officer):
    content = table(GOOD, BORN_NEVER)
    found = upload(officer, look(officer, content), "/rosters/problems", content)
    text = found.response.get_data().decode("utf-8-sig")
    assert text.splitlines()[0] == "行,列,理由"
    assert text.splitlines()[1].startswith("3,生年月日,")
    assert "佐藤" not in text


def test_how_many_people_would_vanish_is_said_first(world, officer):
    world.take_over_roster(member("1001"), member("1003"), member("1004"))
    page = look(officer, table(GOOD))
    assert "今の名簿から2人がいなくなります" in page.text
    page = upload(officer, page, "/rosters/import", table(GOOD))
    assert persons(world) == [1, 3]
    assert "置き換え済" in page.text


def test_the_file_imported_is_the_one_that_was_looked_at(world, officer):
    page = upload(
        officer, look(officer, table(GOOD)), "/rosters/import", table(GOOD.replace("1001", "1009")), status=422
    )
    assert page.errors == ["確認したファイルと違います。もう一度、ファイルの確認からやり直してください。"]
    assert persons(world) == []


def test_a_roster_that_changed_since_the_look_is_not_replaced(world, officer):
    page = look(officer, table(GOOD))
    world.take_over_roster(member("7"))
    upload(officer, page, "/rosters/import", table(GOOD), status=409)
    assert persons(world) == [1]


def test_the_import_sent_twice_counts_once(world, officer):
    page = look(officer, table(GOOD))
    upload(officer, page, "/rosters/import", table(GOOD))
    upload(officer, page, "/rosters/import", table(GOOD), status=303)
    assert persons(world) == [1]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "ファイルが空です"),
        (b"PK\x03\x04\0\0", "CSVではありません"),
        ("加入者ID,氏名\n1,甲\n".encode(), "見出しに必要な列がありません"),
    ],
)
def test_what_is_no_roster_is_refused_with_what_to_do(world, officer, content, words):
    assert words in look(officer, content, status=422).errors[0]


def test_no_file_says_so(world, officer):
    page = officer.send(officer.open("/rosters"), "/rosters/check", status=422)
    assert page.errors == ["加入者名簿のファイルを選んでください。"]


def test_a_roster_imported_on_screen_is_looked_up_at_once(world, officer):
    upload(officer, look(officer, table(GOOD)), "/rosters/import", table(GOOD))
    from tests.web.test_identifying import confirmed

    assert "３情報がすべて一致する人が１人います" in officer.open(confirmed(world)).text
