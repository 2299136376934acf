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
    assert "1件は発送を記録できませんでした。" in again.errors[0]
    assert dict(again.form(f"{page.path}/post").form_values())[wrong] == "123"


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
