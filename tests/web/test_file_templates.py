"""An insurer's templates on screen: upload, sample, use, and what is wrong with a file."""

import io

import pytest
from docx import Document

from inquiry.documents.template_starter import starter
from inquiry.domain.reply import ReplyKind

PLACE = "/file-templates/answer"


@pytest.fixture
def officer(client_as):
    return client_as("officer")


def own(world, *sentences):
    document = Document(io.BytesIO(starter(ReplyKind.ANSWER, world.house.press.wording)))
    for sentence in sentences:
        document.add_paragraph(sentence)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def sent(officer, content, *, status=200, name="様式.docx"):
    form = officer.open(PLACE).form(PLACE, holding="file")
    values = [pair for pair in form.form_values() if pair[0] != "file"]
    response = officer.client.post(
        PLACE,
        data={**dict(values), "file": (io.BytesIO(content), name)},
        content_type="multipart/form-data",
        follow_redirects=True,
    )
    assert response.status_code == status
    return response.get_data(as_text=True)


def test_a_template_is_uploaded_looked_at_and_put_in_force(world, officer):
    assert "第1版として登録しました" in sent(officer, own(world, "組合からのお知らせ"))
    page = officer.open(PLACE)
    shown = officer.open(next(link for link in page.links("見本を受け取る") if "/1/" in link)).response
    assert "組合からのお知らせ" in [each.text for each in Document(io.BytesIO(shown.data)).paragraphs]
    page = officer.send(page, f"{PLACE}/1/use")
    assert "第1版の様式を使用します" in page.response.get_data(as_text=True)
    assert f"{PLACE}/0/use" in page.actions
    officer.send(page, f"{PLACE}/0/use")


def test_everything_that_is_wrong_is_said_at_once(world, officer):
    text = sent(officer, own(world, "《ご氏名》", "《氏名"), status=422)
    assert "次の2点を直してください" in text
    assert "《ご氏名》（《氏名》ではありませんか）" in text
    assert "組が合っていません" in text


@pytest.mark.parametrize("content", [b"plain text", b"PK\x03\x04 broken"])
def test_what_is_no_word_file_is_refused(officer, content):
    assert "Wordの文書（.docx）ではない" in sent(officer, content, status=422)


def test_without_a_file_nothing_is_sent(officer):
    page = officer.send(officer.open(PLACE), PLACE, note="x", status=422)
    assert page.errors == ["ファイルを選んでください。"]


def test_both_kinds_have_a_page_and_a_file_to_begin_with(officer):
    for kind in ("answer", "not_found"):
        page = officer.open(f"/file-templates/{kind}")
        assert Document(io.BytesIO(officer.open(page.links("様式を受け取る")[-1]).response.data)).paragraphs
    officer.open("/file-templates/dates_request", status=404)
