"""Offices word their letters: preview, versions, the way back; what is fixed stays, and the seal is checked."""

import io

import pypdf
import pytest
from PIL import Image

from inquiry.domain.reply import Channel
from inquiry.workflow import lettering
from tests.web import stages


def seal(width=400, height=400):
    target = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(target, "PNG")
    return target.getvalue()


def text_of(pdf):
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


def letter_text(world, inquiry_id):
    with world.house.work(world.officer) as work:
        return text_of(lettering.preview(work, inquiry_id).content)


def test_a_letter_is_worded_as_the_insurer_wants_and_an_earlier_letter_keeps_its_wording(world, client_as):
    earlier = stages.with_letter(world)
    supervisor = client_as("supervisor")
    page = supervisor.open("/letters/answer")
    assert "生年月日・性別" in page.text
    page = supervisor.send(page, "/letters/answer", body="{照会日}付けの照会に、次のとおりお答えします。")
    assert "文面を変更しました（第1版）" in page.text
    later = stages.with_letter(world)
    assert "次のとおりお答えします" in letter_text(world, later)
    assert "氏名、生年月日及び性別の全てが一致しました" in letter_text(world, earlier)


def test_a_version_is_put_back_and_so_is_the_product_s_own_wording(client_as):
    supervisor = client_as("supervisor")
    page = supervisor.open("/letters/delay")
    for body in ("一つ目の本文", "二つ目の本文"):
        page = supervisor.send(page, "/letters/delay", body=body)
    page = supervisor.send(page, "/letters/delay/versions/1")
    assert page.form("/letters/delay", holding="body").fields["body"].strip() == "一つ目の本文"
    page = supervisor.send(page, "/letters/delay/standard")
    assert "第4版（既定の文面）" in page.text
    assert "確認に時間を要しており" in page.form("/letters/delay", holding="body").fields["body"]
    assert "/letters/delay/standard" not in page.actions


def test_a_preview_shows_what_was_typed_about_nobody_and_keeps_nothing(client_as):
    officer = client_as("officer")
    form = officer.open("/letters/answer").form("/letters/answer", holding="body")
    form.fields["body"] = "試しの本文"
    response = officer.client.post("/letters/answer/preview", data=dict(form.form_values()))
    assert response.mimetype == "application/pdf"
    assert "試しの本文" in text_of(response.data)
    assert "まだ変更していません" in officer.open("/letters/answer").text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"body": "{氏名}様の件"}, "使えない差し込み項目"),
        ({"body": " "}, "本文を入力してください"),
        ({"subject": "\ue000"}, "U+E000"),
    ],
)
def test_a_wording_that_could_not_be_printed_comes_back_as_it_was_typed(client_as, typed, said):
    supervisor = client_as("supervisor")
    page = supervisor.send(supervisor.open("/letters/answer"), "/letters/answer", status=422, **typed)
    assert said in " ".join(page.errors)
    preview = supervisor.send(supervisor.open("/letters/answer"), "/letters/answer", status=422, **typed)
    assert said in " ".join(preview.errors)


def test_the_second_of_two_who_reword_at_once_is_told(client_as):
    supervisor = client_as("supervisor")
    one, other = supervisor.open("/letters/answer"), supervisor.open("/letters/answer")
    supervisor.send(one, "/letters/answer", body="先の本文")
    supervisor.send(other, "/letters/answer", body="後の本文", status=409)


def test_an_officer_who_is_no_supervisor_reads_and_does_not_change(client_as):
    officer = client_as("officer")
    page = officer.open("/letters/answer")
    assert "この文面にする" not in page.text
    form = page.form("/letters/answer", holding="body")
    officer.post("/letters/answer", form.form_values(), status=422)


def test_each_side_words_its_own_letters(client_as):
    clerk = client_as("clerk")
    assert "照会書" in clerk.open("/letters/").text
    clerk.open("/letters/answer", status=404)
    clerk.open("/letters/postcard", status=404)
    client_as("officer").open("/letters/inquiry_sheet", status=404)
    page = clerk.send(clerk.open("/letters/inquiry_sheet"), "/letters/inquiry_sheet", remark="")
    assert "第1版" in page.text
    assert "第1版" not in client_as("other_clerk").open("/letters/inquiry_sheet").text


def test_an_office_signs_with_its_mark_and_its_seal(world, client_as):
    supervisor = client_as("supervisor")
    page = supervisor.open("/letters/")
    form = page.form("/letters/", holding="mark")
    data = {**dict(form.form_values()), "mark": "み健発", "seal": (io.BytesIO(seal()), "seal.png")}
    supervisor.client.post("/letters/", data=data)
    page = supervisor.open("/letters/")
    assert supervisor.client.get("/letters/seal.png").data.startswith(b"\x89PNG")
    text = letter_text(world, stages.with_letter(world))
    assert "み健発第R8-00001号" in text
    assert "公印省略" not in text
    supervisor.send(page, "/letters/", is_omitted=True)
    assert "公印省略" in letter_text(world, stages.with_letter(world))
    supervisor.open("/letters/seal.png", status=404)


def test_a_picture_that_is_no_seal_is_refused(client_as):
    supervisor = client_as("supervisor")
    form = supervisor.open("/letters/").form("/letters/", holding="mark")
    data = {**dict(form.form_values()), "seal": (io.BytesIO(seal(400, 200)), "seal.png")}
    response = supervisor.client.post("/letters/", data=data)
    assert response.status_code == 422
    assert "縦と横の長さが違いすぎます" in response.get_data(as_text=True)


def test_a_question_for_dates_is_worded_by_the_insurer(world, client_as):
    supervisor = client_as("supervisor")
    supervisor.send(supervisor.open("/letters/dates_request"), "/letters/dates_request", remark="お早めに願います。")
    inquiry_id = stages.found(world, stages.Finding.SEVERAL, channel=Channel.LETTER, needed_by=world.clock.now.date())
    with world.house.work(world.officer) as work:
        _, content = lettering.print_question(work, inquiry_id, stages.version_of(world, inquiry_id))
    assert "お早めに願います。" in text_of(content)
