"""文書の確認: open to anybody over HTTP, without a login and without a word about the inquiry."""

import io
import re
from dataclasses import replace

import pytest

from inquiry.domain.check_number import new_check_number
from inquiry.security.pdf_text import text_of_pdf
from inquiry.workflow import lettering, verifying
from tests.documents.seals import seal
from tests.web.stages import answered_by_letter
from tests.web.visitor import Page

pytestmark = pytest.mark.documents
UNKNOWN = new_check_number(lambda alphabet: alphabet[5])


@pytest.fixture
def letter(app, world):
    """A sealed letter that was given, and its number."""
    house = replace(app.extensions["house"], seal=seal(), public_address="https://inquiry.example.jp")
    app.extensions["house"] = world.house = house
    inquiry_id = answered_by_letter(world)
    with house.work(world.officer) as work:
        pdf = lettering.preview(work, inquiry_id).content
    return pdf, re.search(r"(?:[A-Z]{4}-){3}[A-Z]{4}", text_of_pdf(pdf))[0]


def uploaded(anybody, content, *, status=200):
    page = anybody.open("/verify")
    token = dict(page.form("/verify/file").form_values())["csrf_token"]
    fields = {"csrf_token": token, "file": (io.BytesIO(content), "letter.pdf")}
    response = anybody.client.post("/verify/file", data=fields, content_type="multipart/form-data")
    assert response.status_code == status
    return Page(response, "/verify/file")


def test_the_form_is_open_to_anybody(anybody):
    page = anybody.open("/verify")
    assert page.actions == ["/verify", "/verify/file"]
    assert "文書の確認" in page.title


def test_a_number_tells_issuer_and_date_and_not_one_word_more_of_the_letter(anybody, letter):
    _pdf, number = letter
    page = anybody.open(f"/verify?number={number.lower()}")
    assert "発行されている文書です。" in page.text
    assert "みほん健康保険組合" in page.text
    assert "令和8年11月25日" in page.text
    for word in (
        "髙橋",
        "タカハシ",
        "1958",
        "昭和33",
        "千代田",
        "山田",
        "健康推進課",
        "INQ-",
        "R8-",
        "適用課",
        "345",
        "予防",
    ):
        assert word not in page.response.get_data(as_text=True), word


def test_the_qr_code_shows_the_same(anybody, letter):
    _pdf, number = letter
    page = anybody.open(f"/V/{number.replace('-', '')}")
    assert "発行されている文書です。" in page.text


def test_a_file_as_it_came_is_unchanged_and_a_changed_one_is_not(anybody, letter):
    pdf, _number = letter
    assert "発行した時のまま変更されていません。電子シールも有効です" in uploaded(anybody, pdf).text
    assert "変更されています" in uploaded(anybody, pdf + b" ").text
    assert "本システムで発行された文書ではありません" in uploaded(anybody, b"%PDF-1.7").text


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "確認番号を入力してください。"),
        ("ABCD", "確認番号は16文字です。"),
        ("0BCD-EFGH-JKMN-PQRS", "確認番号はアルファベットだけです。"),
        (UNKNOWN[:-1] + "A", "確認番号に書き違いがあります。"),
    ],
)
def test_what_is_no_number_is_said_with_what_to_do(anybody, typed, sentence):
    page = anybody.open(f"/verify?number={typed}", status=422)
    assert page.errors[0].startswith(sentence)


def test_an_unknown_number_is_not_ours_and_whoever_goes_on_has_to_wait(anybody):
    for _ in range(verifying.FREE_MISSES):
        assert "本システムで発行された文書ではありません" in anybody.open(f"/verify?number={UNKNOWN}").text
    page = anybody.open(f"/verify?number={UNKNOWN}", status=429)
    assert "600秒ほど待ってから" in page.text


def test_without_a_file_one_is_asked_for(anybody):
    page = anybody.open("/verify")
    assert "文書のファイルを選んでください。" in anybody.send(page, "/verify/file", status=422).errors


def test_more_than_a_letter_is_not_even_read(anybody):
    page = anybody.open("/verify")
    token = dict(page.form("/verify/file").form_values())["csrf_token"]
    kind = f"multipart/form-data; boundary={token}"
    assert anybody.client.post("/verify/file", data=bytes(3 * 1024 * 1024), content_type=kind).status_code == 413


def test_the_officers_page_says_whether_the_letter_is_sealed(client_as, letter, world):
    officer = client_as("officer")
    for sealed_by, said in ((seal(), "電子シールが付いています。"), (None, "電子シールは付いていません")):
        world.house = replace(world.house, seal=sealed_by)
        assert said in officer.open(f"/inquiries/{answered_by_letter(world)}").text


@pytest.mark.parametrize("address", ["/login", "/difficult-insurers"])
def test_who_has_no_account_finds_the_page_where_they_look_for_it(anybody, address):
    assert anybody.open(anybody.open(address).links("文書の確認")[0]).title.startswith("文書の確認")
