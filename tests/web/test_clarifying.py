"""STEP2 ⑤ several, ※6: the officer asks for dates of cover, the municipality answers."""

import pytest

from inquiry.domain.findings import Finding
from tests.web.stages import BY_TELEPHONE, events_of, found, heard, in_call, state_of


def asked(client_as, world):
    inquiry_id = found(world, Finding.SEVERAL)
    officer = client_as("officer")
    page = officer.open(f"/inquiries/{inquiry_id}")
    page = officer.send(page, f"{page.path}/question", **{"ask-channel": "page"})
    assert "追加情報を依頼しました" in page.text
    return inquiry_id


def test_two_matches_so_we_ask_when_cover_began_and_the_question_may_be_worded(client_as, world):
    inquiry_id = found(world, Finding.SEVERAL)
    officer = client_as("officer")
    page = officer.open(f"/inquiries/{inquiry_id}")
    officer.send(page, f"{page.path}/question", **{"ask-channel": "page", "ask-question": "取得の月を教えてください。"})
    assert state_of(world, inquiry_id) == "clarifying"
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert "あなたの番です" in page.text
    assert "取得の月を教えてください。" in page.text


#    acquired        lost            remark                what happens                          memo annex ※6
ANSWERS = [
    ("2019-04-01", "", "", "追加情報を回答しました"),
    ("平成31年4月", "", "", "追加情報を回答しました"),
    ("", "R2年", "", "追加情報を回答しました"),
    ("", "", "本人に聞いてもわからない", "追加情報を回答しました"),
    ("", "", "", "どちらかを入力するか、わからない事情を備考に書いてください"),
    ("R2.4.1", "H31.4.30", "", "喪失の時期が、取得の時期より前になっています"),
    ("いつか", "", "", "日付を読み取れません"),
]


@pytest.mark.parametrize(("acquired", "lost", "note", "said"), ANSWERS)
def test_the_municipality_answers_with_what_it_knows(client_as, world, acquired, lost, note, said):
    inquiry_id = asked(client_as, world)
    clerk = client_as("clerk")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    fields = {"supply-acquired": acquired, "supply-lost": lost, "supply-note": note}
    is_taken = said == "追加情報を回答しました"
    page = clerk.send(page, f"{page.path}/dates", status=200 if is_taken else 422, **fields)
    assert said in page.text
    assert state_of(world, inquiry_id) == ("confirmed" if is_taken else "clarifying")
    if not is_taken:
        assert page.form(f"/inquiries/{inquiry_id}/dates").fields["supply-acquired"] == acquired


def test_asking_by_call_waits_for_a_confirmed_call(client_as, world):
    inquiry_id = found(world, Finding.SEVERAL)
    officer = client_as("officer")
    page = officer.open(f"/inquiries/{inquiry_id}")
    page = officer.send(page, f"{page.path}/question", status=422, **{"ask-channel": "call_back"})
    assert "代表電話への折り返しと合言葉の確認が済んでいません" in page.text
    word, _ = in_call(world, inquiry_id)
    heard(world, inquiry_id, word)
    page = officer.open(f"/inquiries/{inquiry_id}")
    officer.send(page, f"{page.path}/question", **{"ask-channel": "call_back"})
    assert state_of(world, inquiry_id) == "clarifying"


@pytest.mark.documents
def test_asking_by_letter_prints_it_and_the_page_it_was_printed_from_stays_usable(client_as, world):
    inquiry_id = found(world, Finding.SEVERAL)
    officer = client_as("officer")
    page = officer.open(f"/inquiries/{inquiry_id}")
    letter = officer.send(page, f"{page.path}/question/letter").response
    assert letter.mimetype == "application/pdf"
    assert letter.data.startswith(b"%PDF")
    officer.send(page, f"{page.path}/question", **{"ask-channel": "letter"})
    assert state_of(world, inquiry_id) == "clarifying"
    assert "question_printed" in events_of(world, inquiry_id)


def test_a_letter_that_was_not_printed_was_not_sent(client_as, world):
    inquiry_id = found(world, Finding.SEVERAL)
    officer = client_as("officer")
    page = officer.open(f"/inquiries/{inquiry_id}")
    officer.send(page, f"{page.path}/question", status=422, **{"ask-channel": "letter"})
    assert state_of(world, inquiry_id) == "several"


def test_nobody_reads_the_page_of_an_inquiry_by_telephone_so_the_officer_writes_down_what_was_said(client_as, world):
    inquiry_id = found(world, Finding.SEVERAL, **BY_TELEPHONE)
    officer = client_as("officer")
    page = officer.open(f"/inquiries/{inquiry_id}")
    assert page.tree.xpath("//input[@name='ask-channel']/@value") == ["call_back", "letter"]
    in_call(world, inquiry_id)
    heard(world, inquiry_id, "")
    page = officer.open(f"/inquiries/{inquiry_id}")
    page = officer.send(page, f"{page.path}/question", **{"ask-channel": "call_back"})
    page = officer.send(page, f"{page.path}/dates", **{"supply-acquired": "2019年4月"})
    assert state_of(world, inquiry_id) == "confirmed"


def test_what_the_municipality_answers_itself_the_officer_cannot(client_as, world):
    inquiry_id = asked(client_as, world)
    page = client_as("officer").open(f"/inquiries/{inquiry_id}")
    assert f"/inquiries/{inquiry_id}/dates" not in page.actions
