"""文書の一括作成・発送 over HTTP: picked, made behind the page, printed, posted by one list."""

import io
import time
import zipfile

import pikepdf
import pytest
from openpyxl import load_workbook

from inquiry.domain.findings import Finding
from inquiry.domain.four_eyes import Requirement, Rule
from inquiry.domain.reply import Channel
from inquiry.security.workbook import rows_of
from inquiry.workflow import four_eyes, letter_runs, posting_list
from tests.web.stages import found, prepare, state_of
from tests.web.visitor import Page
from tests.workflow.runs import made_anew, retract, together

pytestmark = pytest.mark.documents
PATIENCE_SECONDS = 120


def prepared(world):
    inquiry_id = found(world, Finding.ONE, channel=Channel.LETTER, needed_by=world.clock.now.date())
    prepare(world, inquiry_id, Channel.LETTER)
    return inquiry_id


def made(officer):
    """Press the button and wait, as the page's script does, until every letter is made."""
    page = officer.send(officer.open("/letter-runs"), "/letter-runs/begin")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while officer.client.get(f"{page.path}/progress").get_json()["is_loading"]:
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return officer.open(page.path)


def received(officer, page, action):
    values = page.form(f"{page.path}/{action}").form_values()
    response = officer.client.post(f"{page.path}/{action}", data=dict(values))
    assert response.status_code == 200
    return response.data


def with_number(workbook, number):
    """Type the number of the first letter into its cell, as somebody at a spreadsheet does."""
    book, filled = load_workbook(io.BytesIO(workbook)), io.BytesIO()
    book.active.cell(2, 7).value = number
    book.save(filled)
    return filled.getvalue()


def test_without_letters_the_page_says_how_they_come_here(client_as):
    page = client_as("officer").open("/letter-runs")
    assert "作成を待っている文書はありません" in page.text
    assert "まだ一括作成していません" in page.text


def test_a_days_letters_are_made_printed_and_posted(client_as, world):
    inquiries = [prepared(world) for _ in range(2)]
    officer = client_as("officer")
    page = made(officer)
    assert "2件（作成済み2件、作成できない0件）" in page.text
    with pikepdf.open(io.BytesIO(received(officer, page, "print"))) as together:
        assert len(together.pages) == 2
    with zipfile.ZipFile(io.BytesIO(received(officer, page, "files"))) as archive:
        assert [name[:4] for name in archive.namelist()] == ["INQ-", "INQ-"]
        assert archive.read(archive.namelist()[0]).startswith(b"%PDF-")
    assert officer.client.get(f"{page.path}/posting-list.pdf").data.startswith(b"%PDF-")
    listed = officer.client.get(f"{page.path}/posting-list.csv").data.decode("utf-8-sig")
    assert listed.splitlines()[0] == "番号,文書番号,郵便番号,住所,宛先,種別,引受番号"

    workbook = officer.client.get(f"{page.path}/posting-list.xlsx").data
    columns, *letters = rows_of(workbook)
    assert columns == list(posting_list.COLUMNS)
    assert [cells[0] for cells in letters] == ["1", "2"]
    token = dict(page.form(f"{page.path}/numbers").form_values())
    token["file"] = (io.BytesIO(with_number(workbook, "12345678903")), "posting-list.xlsx")
    read = officer.client.post(f"{page.path}/numbers", data=token, content_type="multipart/form-data")
    assert 'value="12345678903"' in read.get_data(as_text=True)

    filled = [f"{line}12345678903" if number == 1 else line for number, line in enumerate(listed.splitlines())]
    token = dict(page.form(f"{page.path}/numbers").form_values())
    token["file"] = (io.BytesIO("\r\n".join(filled).encode()), "posting-list.csv")
    read = officer.client.post(f"{page.path}/numbers", data=token, content_type="multipart/form-data")
    shown = Page(read, page.path)
    fields = dict(shown.form(f"{page.path}/post").form_values())
    assert sorted(text for name, text in fields.items() if name.startswith("number-")) == ["", "12345678903"]

    done = officer.send(shown, f"{page.path}/post", posted_on="R8.11.25")
    assert "2件の発送を記録しました。回答済みです。" in done.text
    assert "引受番号 12345678903" in done.text
    assert {state_of(world, inquiry_id) for inquiry_id in inquiries} == {"answered"}


def test_what_may_not_leave_stands_on_the_list_with_what_to_do(client_as, world):
    with world.house.work(world.supervisor) as work:
        four_eyes.change(work, Rule(Requirement.ALWAYS), substitute_id="", number=0)
    prepared(world)
    page = made(client_as("officer"))
    assert "作成できない1件" in page.text
    assert "もう一人" in page.text or "責任者" in page.text
    assert f"{page.path}/print" not in page.actions
    assert f"{page.path}/again" in page.actions


def test_an_interrupted_run_says_so_and_goes_on(client_as, world):
    inquiry_id = prepared(world)
    with world.house.work(world.officer) as work:
        run_id = letter_runs.begin(work, [inquiry_id]).id
    officer = client_as("officer")
    assert "止まっています。開いて続けてください。" in officer.open("/letter-runs").text
    page = officer.open(f"/letter-runs/{run_id}")
    assert "作成が途中で止まっています。" in page.text
    officer.send(page, f"/letter-runs/{run_id}/again")
    deadline = time.monotonic() + PATIENCE_SECONDS
    while "作成済み1件" not in officer.open(f"/letter-runs/{run_id}").text:
        assert time.monotonic() < deadline
        time.sleep(0.2)


def test_posting_without_a_day_or_with_a_wrong_number_says_what_is_wrong(client_as, world):
    prepared(world)
    officer = client_as("officer")
    page = made(officer)
    assert "発送した日を入力してください。" in officer.send(page, f"{page.path}/post", status=422).errors
    wrong = next(name for name in page.form(f"{page.path}/post").fields if name.startswith("number-"))
    fields = [pair for pair in page.form(f"{page.path}/post").form_values() if pair[0] not in (wrong, "posted_on")]
    again = officer.post(f"{page.path}/post", [*fields, (wrong, "123"), ("posted_on", "R8.11.25")], status=422)
    assert again.errors == ["0件の発送を記録し、1件は記録できませんでした。一覧の理由を確かめてください。"]
    assert dict(again.form(f"{page.path}/post").form_values())[wrong] == "123"


def test_a_letter_that_stays_behind_stays_unmarked_when_another_is_refused(client_as, world):
    for _ in range(2):
        prepared(world)
    officer = client_as("officer")
    page = made(officer)
    values = page.form(f"{page.path}/post").form_values()
    behind = next(value for name, value in values if name == "posted")
    fields = [pair for pair in values if pair != ("posted", behind) and pair[0] != "posted_on"]
    filled = [(name, "123" if name.startswith("number-") else text) for name, text in fields]
    refused = officer.post(f"{page.path}/post", [*filled, ("posted_on", "R8.11.25")], status=422)
    marked = [value for name, value in refused.form(f"{page.path}/post").form_values() if name == "posted"]
    assert len(marked) == 1
    assert behind not in marked


def test_no_letter_marked_as_posted_is_said(client_as, world):
    inquiry_id = prepared(world)
    officer = client_as("officer")
    page = made(officer)
    fields = [pair for pair in page.form(f"{page.path}/post").form_values() if pair[0] not in ("posted", "posted_on")]
    refused = officer.post(f"{page.path}/post", [*fields, ("posted_on", "R8.11.25")], status=422)
    assert refused.errors == ["発送した文書に印を付けてください。"]
    assert state_of(world, inquiry_id) == "identified"


def test_more_letters_than_one_go_takes_are_marked_up_to_its_limit(client_as, world, monkeypatch):
    inquiries = [prepared(world) for _ in range(2)]
    monkeypatch.setattr(letter_runs, "AT_MOST", 1)
    page = client_as("officer").open("/letter-runs")
    marked = [text for name, text in page.form("/letter-runs/begin").form_values() if name == "picked"]
    assert marked == inquiries[:1]
    assert "先に照会された1件に印が付いています" in page.text


def test_nothing_picked_is_said(client_as, world):
    prepared(world)
    officer = client_as("officer")
    fields = [
        pair for pair in officer.open("/letter-runs").form("/letter-runs/begin").form_values() if pair[0] != "picked"
    ]
    assert officer.post("/letter-runs/begin", fields, status=422).errors == ["作成する文書を選んでください。"]


def test_another_insurer_finds_neither_letters_nor_run(client_as, world):
    prepared(world)
    page = made(client_as("officer"))
    other = client_as("other_officer")
    assert "作成を待っている文書はありません" in other.open("/letter-runs").text
    other.open(page.path, status=404)


def posted(officer, page, *numbers):
    """Type the numbers beside the letters, in their order, and record all as posted."""
    fields = [(name, text) for name, text in page.form(f"{page.path}/post").form_values() if name != "posted_on"]
    typed = iter(numbers)
    filled = [(name, next(typed, text) if name.startswith("number-") else text) for name, text in fields]
    status = 303 if len(set(numbers)) == len(numbers) else 422
    return officer.post(f"{page.path}/post", [*filled, ("posted_on", "R8.11.25")], status=status)


def test_what_was_taken_back_stands_on_the_list_with_what_to_do_and_on_no_paper(client_as, world):
    wrong, *others = (prepared(world) for _ in range(3))
    officer = client_as("officer")
    page = made(officer)
    posted(officer, page, "12345678903", "12345678914", "")
    page = officer.open(page.path)
    assert len(posting_rows(officer, page)) == 3
    retract(world, wrong)
    page = officer.open(page.path)
    (row,) = [each for each in rows_shown(page) if "取消し" in each]
    assert "取り消されたため" in row
    assert "引受番号 12345678903" in row
    assert len(posting_rows(officer, page)) == 2
    with zipfile.ZipFile(io.BytesIO(received(officer, page, "files"))) as archive:
        assert len(archive.namelist()) == 2
    with pikepdf.open(io.BytesIO(received(officer, page, "print"))) as together_:
        assert len(together_.pages) == 2
    assert {state_of(world, each) for each in others} == {"answered"}


def rows_shown(page):
    table = page.tree.xpath("//table[.//th[contains(., '理由・発送')]]")[0]
    return [" ".join(row.text_content().split()) for row in table.xpath("./tbody/tr")]


def posting_rows(officer, page):
    listed = officer.client.get(f"{page.path}/posting-list.csv").data.decode("utf-8-sig")
    return listed.splitlines()[1:]


def test_paper_of_another_print_is_not_posted_and_the_list_says_where_to_go_on(client_as, world):
    inquiry_id = prepared(world)
    officer = client_as("officer")
    page = made(officer)
    made_anew(world, inquiry_id)
    refused = posted(officer, page, "12345678903", "12345678903")
    assert refused.errors == ["0件の発送を記録し、1件は記録できませんでした。一覧の理由を確かめてください。"]
    assert "印刷した紙は破棄し" in refused.text
    assert "1件（作成済み1件、作成できない0件、作り直し1件）" in refused.text
    assert f"{page.path}/print" not in refused.actions
    assert f"{page.path}/post" not in refused.actions
    assert state_of(world, inquiry_id) == "identified"
    # It waits for another run, in which it is not printed a third time.
    assert "2件" not in made(officer).text


def test_one_number_for_two_letters_is_refused_at_both_rows_and_in_a_filled_list(client_as, world):
    inquiries = [prepared(world) for _ in range(2)]
    officer = client_as("officer")
    page = made(officer)
    refused = posted(officer, page, "12345678903", "12345678903")
    assert refused.text.count("同じ引受番号が、別の文書にも入力されています。") == 2
    assert {state_of(world, each) for each in inquiries} == {"identified"}

    listed = officer.client.get(f"{page.path}/posting-list.csv").data.decode("utf-8-sig")
    filled = "\r\n".join(f"{line}12345678903" if place else line for place, line in enumerate(listed.splitlines()))
    token = dict(page.form(f"{page.path}/numbers").form_values())
    token["file"] = (io.BytesIO(filled.encode()), "posting-list.csv")
    response = officer.client.post(f"{page.path}/numbers", data=token, content_type="multipart/form-data")
    read = Page(response, page.path)
    assert response.status_code == 422
    assert read.errors == ["引受番号に誤りが2件あります。一覧の理由を確かめて、直してください。"]
    assert read.text.count("同じ引受番号が、別の文書にも入力されています。") == 2
    # What was read stays in the form, to be put right.
    numbers = [text for name, text in read.form(f"{page.path}/post").form_values() if name.startswith("number-")]
    assert numbers == ["12345678903"] * 2


def test_a_number_of_another_letter_is_said_at_the_field_of_the_single_letter(client_as, world):
    first, second = (prepared(world) for _ in range(2))
    officer = client_as("officer")
    for each in (first, second):
        page = officer.open(f"/inquiries/{each}")
        page = officer.send(page, f"/inquiries/{each}/letter/release")
        status = 200 if each == first else 422
        page = officer.send(
            page,
            f"/inquiries/{each}/letter/post",
            status=status,
            posted_on="R8.11.25",
            tracking_number="1234-567-8903",
        )
    assert any("この引受番号は、別の文書の発送に記録されています。" in said for said in page.errors)
    assert (state_of(world, first), state_of(world, second)) == ("answered", "identified")


def test_a_letter_shared_with_an_answer_taken_back_is_not_offered_any_more(client_as, world):
    wrong, right = prepared(world), prepared(world)
    together(world, wrong, right)
    officer = client_as("officer")
    page = made(officer)
    posted(officer, page, "12345678903")
    retract(world, wrong)
    page = officer.open(f"/inquiries/{right}")
    assert "この文書は取り消されています。" in page.text
    assert page.links("文書を確かめる") == []
    officer.open(f"/inquiries/{right}/letter/preview", status=422)
