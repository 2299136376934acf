"""STEP2 ⑤ ⅱ on screen: the kind of file, the password shown once, the file made again."""

import pytest

from inquiry.domain.findings import Finding
from inquiry.domain.locked_file import FileKind, PasswordStyle
from inquiry.domain.reply import Channel
from inquiry.security.locked_file import is_locked
from tests.web.stages import found, prepare
from tests.world import PASSWORD


@pytest.fixture
def officer(client_as):
    return client_as("officer")


@pytest.fixture
def address(world):
    inquiry_id = found(world, Finding.ONE, channel=Channel.FILE)
    prepare(world, inquiry_id, Channel.FILE)
    return f"/inquiries/{inquiry_id}"


def made(officer, address, **fields):
    return officer.send(officer.open(address), f"{address}/file/make", **fields)


@pytest.mark.parametrize("kind", FileKind)
def test_the_officer_chooses_the_kind_and_the_municipality_fetches_it(officer, client_as, address, kind):
    assert "パスワード付きファイルを作成しました" in made(officer, address, kind=kind.value).text
    page = officer.send(officer.open(address), f"{address}/file/give")
    assert "回答済" in page.text
    clerk = client_as("clerk")
    file = clerk.send(clerk.open(address), f"{address}/answer", password=PASSWORD).response
    assert is_locked(file.data)
    assert file.headers["Content-Disposition"] == f'attachment; filename="INQ-2026-000001.{kind}"'


def test_a_kind_that_is_none_is_refused_and_nothing_is_made(officer, address):
    page = officer.open(address)
    values = [
        (name, "odt" if name == "kind" else value) for name, value in page.form(f"{address}/file/make").form_values()
    ]
    page = officer.post(f"{address}/file/make", values, status=422)
    assert page.errors
    assert "ファイルを作成しました" not in officer.open(address).text


def test_the_insurer_s_settings_choose_the_kind_and_the_password(officer, address):
    page = officer.open("/file-settings")
    page = officer.send(page, "/file-settings", kind="pdf", passwords=PasswordStyle.WORDS.value)
    assert "変更しました" in page.response.get_data(as_text=True)
    assert officer.open(address).form(f"{address}/file/make").fields["kind"] == "pdf"
    page = made(officer, address)
    assert "読み上げ方：" in page.text
    password = page.tree.xpath("string(//section[@class='c-secret']//span[@class='u-hidden'])")
    assert password.isascii()
    assert password.count("-") == 4
    assert password not in officer.open(address).text


def test_settings_want_a_choice(officer):
    page = officer.open("/file-settings")
    values = [pair for pair in page.form("/file-settings").form_values() if pair[0] != "kind"]
    assert officer.post("/file-settings", values, status=422).errors == ["ファイルの種類を選んでください。"]


def test_a_file_made_again_is_marked_for_the_municipality(officer, client_as, address):
    made(officer, address)
    officer.send(officer.open(address), f"{address}/file/give")
    clerk = client_as("clerk")
    clerk.send(clerk.open(address), f"{address}/answer", password=PASSWORD)
    page = officer.send(officer.open(address), f"{address}/file/make-again", kind="pdf")
    assert "パスワード付きファイルを作成しました" in page.text
    assert "パスワードは未伝達" in officer.open(address).text
    page = clerk.open(address)
    assert "ファイルが作り直されています" in page.text
    file = clerk.send(page, f"{address}/answer", password=PASSWORD).response
    assert file.headers["Content-Disposition"] == 'attachment; filename="INQ-2026-000001-r1.pdf"'


def test_benefits_are_typed_one_a_line(world, officer):
    inquiry_id = found(world, Finding.ONE, channel=Channel.FILE, items=("KYUFU-01",))
    address = f"/inquiries/{inquiry_id}"
    lines = "令和7年4月　57,600円　令和7年7月25日\r\n令和7年5月　57,600円　令和7年8月25日"
    page = officer.open(address)
    assert "診療年月、支給額、支給決定年月日の順に" in page.text
    page = officer.send(page, f"{address}/prepare", **{"KYUFU-01": lines})
    assert "令和7年8月25日" in page.text


def test_a_password_that_nobody_has_told_stands_on_the_list(officer, address):
    made(officer, address)
    officer.send(officer.open(address), f"{address}/file/give")
    assert "ファイルのパスワードをまだ伝えていない照会が1件あります。" in officer.open("/queue").text
