"""STEP2 ⑤ several, ※6: the officer asks for dates of cover, the municipality answers."""

import pytest

from inquiry.domain.findings import Finding
from inquiry.domain.member import CoverDates
from inquiry.domain.partial_date import PartialDate
from inquiry.workflow import viewing
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


def asked_again(client_as, world, **first):
    """Let the municipality answer once, and be asked once more; return the clerk with the page that asks."""
    inquiry_id = asked(client_as, world)
    clerk, officer = client_as("clerk"), client_as("officer")
    page = clerk.open(f"/inquiries/{inquiry_id}")
    assert "前に回答した時期" not in page.text
    clerk.send(page, f"{page.path}/dates", **{f"supply-{name}": text for name, text in first.items()})
    page = officer.open(f"/inquiries/{inquiry_id}")
    page = officer.send(page, f"{page.path}/attest", finding="several")
    officer.send(page, f"{page.path}/question", **{"ask-channel": "page"})
    return inquiry_id, clerk, clerk.open(f"/inquiries/{inquiry_id}")


def dates_of(world, inquiry_id):
    with world.house.work(world.clerk) as work:
        return viewing.page(work, inquiry_id).dates


#    the first round          what is filled in again                      what counts
ROUNDS = [
    ({"acquired": "2012-04-01"}, {"lost": "2020-03-31"}, ("2012-04-01", "2020-03-31")),
    ({"lost": "2020-03"}, {"acquired": "平成24年"}, ("2012-00-00", "2020-03-00")),
    ({"acquired": "2019年"}, {}, ("2019-00-00", None)),
    ({"acquired": "1989-01-00"}, {}, ("1989-01-00", None)),
    ({"acquired": "2012-04-01"}, {"acquired": "2015-04-01"}, ("2015-04-01", None)),
    ({"acquired": "2012-04-01"}, {"acquired": "", "lost": "2020-03-31"}, (None, "2020-03-31")),
    ({"acquired": "2012-04-01", "lost": "R2年"}, {"acquired": "", "lost": "", "note": "本人の記憶違い"}, (None, None)),
]


@pytest.mark.parametrize(("first", "again", "counts"), ROUNDS)
def test_what_was_answered_before_stands_in_the_form_and_counts_until_it_is_cleared(
    client_as, world, first, again, counts
):
    inquiry_id, clerk, page = asked_again(client_as, world, **first)
    assert "前に回答した時期が入力欄に入っています" in page.text
    clerk.send(page, f"{page.path}/dates", **{f"supply-{name}": text for name, text in again.items()})
    dates = dates_of(world, inquiry_id)
    assert tuple(day.isoformat() if day else None for day in (dates.acquired, dates.lost)) == counts


@pytest.mark.parametrize("shown", [[("supply-shown", "")], []], ids=["it showed none", "it could not say"])
def test_a_date_of_before_is_not_cleared_by_a_page_that_did_not_show_it(client_as, world, shown):
    inquiry_id, clerk, page = asked_again(client_as, world, acquired="2012-04-01")
    kept = [pair for pair in page.form(f"{page.path}/dates").form_values() if not pair[0].startswith("supply-")]
    clerk.post(f"{page.path}/dates", [*kept, *shown, ("supply-acquired", ""), ("supply-lost", "2020-03-31")])
    assert dates_of(world, inquiry_id) == CoverDates(PartialDate(2012, 4, 1), PartialDate(2020, 3, 31))


def test_a_loss_before_the_acquisition_of_an_earlier_round_is_refused(client_as, world):
    inquiry_id, clerk, page = asked_again(client_as, world, acquired="2012-04-01")
    page = clerk.send(page, f"{page.path}/dates", status=422, **{"supply-lost": "2010-03-31"})
    assert "喪失の時期が、取得の時期より前になっています" in page.text
    assert page.form(f"/inquiries/{inquiry_id}/dates").fields["supply-acquired"] == "平成24年4月1日"


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
