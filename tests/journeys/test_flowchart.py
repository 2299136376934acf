"""Every path of the annex flowchart, from both entrances to 対応終了, over real HTTP (memo annex flowchart).

Each test ends in the state that the memo demands, and with the inquiry's ledger in the memo's order.
"""

import io
from datetime import datetime

import msoffcrypto
import pypdf
import pytest

from inquiry.cli.walkthrough.person import StepFailed
from inquiry.cli.walkthrough.play import NOBODY, ONE, RARE, SEVERAL
from inquiry.domain.inquiry import OPEN, State
from inquiry.workflow.work import JST

ASKED, AGREED = ["filed"], ["filed", "confirm_inquirer"]
CALLED = ["call_started", "call_confirmed"]
SAYING = [*CALLED, "call_carried"]
REFRESH = "copy_refresh_opened"  # ※5: the number of ONE and SEVERAL's members is registered
QUESTION = {"ask-channel": "page"}


def today():
    """The day on which a letter is made and posted; the clock of this stage goes on."""
    return datetime.now(JST).date().isoformat()


# 該当者あり YES, 該当者が複数名 NO: the three ways to answer


def test_one_member_is_told_on_a_call_back_to_the_main_line(begin):
    path = begin().files(ONE).confirmed().identified(State.IDENTIFIED).prepared("call_back")
    path.called().told_by_call().clerk_does("/settle", State.SETTLED)
    assert path.state is State.SETTLED
    assert path.deeds() == [
        *AGREED, "find_one", "answer_prepared", *SAYING, "answer", REFRESH, "call_ended", "settle",
    ]  # fmt: skip


def test_one_member_is_told_in_a_file_that_the_municipality_fetches(begin):
    path = begin().files(ONE, "file").confirmed("file").identified(State.IDENTIFIED).prepared("file")
    password = path.file_made()
    path.called().officer_does("/file/password-told", State.IDENTIFIED).rung_off()
    path.officer_does("/file/give", State.ANSWERED)
    assert opens(path.downloads(path.clerk, "/answer"), password)
    path.clerk_does("/settle", State.SETTLED)
    assert path.deeds() == [
        *AGREED, "find_one", "answer_prepared", "file_made", *SAYING, "password_told", "call_ended",
        "answer", REFRESH, "receive", "answer:fetched", "settle",
    ]  # fmt: skip


def test_one_member_is_told_in_a_file_mailed_to_the_address_heard_on_the_call(begin):
    path = begin().files(ONE, "file").confirmed("file").identified(State.IDENTIFIED).prepared("file")
    password = path.file_made()
    address = "kenko@city.example.jp"
    path.called().officer_does("/file/address", State.IDENTIFIED, address=address, repeated=address)
    path.officer_does("/file/password-told", State.IDENTIFIED).rung_off()
    assert opens(path.downloads(path.officer, "/file/hand-out"), password)
    path.expects(State.ANSWERED)
    with pytest.raises(StepFailed):  # what was mailed is not fetched here
        path.downloads(path.clerk, "/answer")
    path.clerk_does("/settle", State.SETTLED)
    assert path.deeds() == [
        *AGREED, "find_one", "answer_prepared", "file_made", *SAYING, "address_heard", "call_carried", "password_told",
        "call_ended", "answer", REFRESH, "settle",
    ]  # fmt: skip


def test_one_member_is_told_in_a_letter_that_the_municipality_fetches(begin):
    path = begin().files(RARE, "letter").confirmed("letter").identified(State.IDENTIFIED).prepared("letter")
    path.officer_does("/letter/release", State.IDENTIFIED).officer_does("/letter/give", State.ANSWERED)
    assert "髙﨑" in text_of(path.downloads(path.clerk, "/answer"))
    path.clerk_does("/settle", State.SETTLED)
    assert path.deeds() == [
        *AGREED, "find_one", "answer_prepared", "letter_released", "answer", REFRESH, "receive", "answer:fetched",
        "settle",
    ]  # fmt: skip


def test_one_member_is_told_in_a_letter_that_is_posted(begin):
    path = begin().files(RARE, "letter").confirmed("letter").identified(State.IDENTIFIED).prepared("letter")
    path.officer_does("/letter/release", State.IDENTIFIED)
    path.officer_does("/letter/post", State.ANSWERED, posted_on=today())
    with pytest.raises(StepFailed):  # what was posted is not fetched here
        path.downloads(path.clerk, "/answer")
    path.clerk_does("/settle", State.SETTLED)
    assert path.deeds() == [*AGREED, "find_one", "answer_prepared", "letter_released", "answer", REFRESH, "settle"]


# 該当者あり NO: 「該当者なし」と電話又は文書で回答


def test_nobody_is_told_on_a_call_back(begin):
    path = begin().files(NOBODY).confirmed().identified(State.NOT_FOUND).prepared("call_back")
    path.called().told_by_call().clerk_does("/settle", State.SETTLED)
    assert path.deeds() == [*AGREED, "find_none", "answer_prepared", *SAYING, "answer", "call_ended", "settle"]


def test_nobody_is_told_in_a_letter(begin):
    path = begin().files(NOBODY, "letter").confirmed("letter").identified(State.NOT_FOUND).prepared("letter")
    path.officer_does("/letter/release", State.NOT_FOUND).officer_does("/letter/give", State.ANSWERED)
    assert "該当者" in text_of(path.downloads(path.clerk, "/answer"))
    path.expects(State.ANSWERED)
    assert path.deeds() == [
        *AGREED, "find_none", "answer_prepared", "letter_released", "answer", "receive", "answer:fetched",
    ]  # fmt: skip


def test_nobody_is_told_in_a_locked_file(begin):
    path = begin().files(NOBODY, "file").confirmed("file").identified(State.NOT_FOUND).prepared("file")
    password = path.file_made()
    path.officer_does("/file/give", State.ANSWERED)
    assert opens(path.downloads(path.clerk, "/answer"), password)
    assert path.deeds() == [
        *AGREED, "find_none", "answer_prepared", "file_made", "answer", "receive", "answer:fetched",
    ]  # fmt: skip


# 該当者が複数名 YES: 電話又は文書で追加情報を求め、対象者の特定


def several(path):
    return path.files(SEVERAL).confirmed().identified(State.SEVERAL)


def test_two_members_match_so_the_page_asks_when_cover_began(begin):
    path = several(begin()).officer_does("/question", State.CLARIFYING, **QUESTION)
    path.clerk_does("/dates", State.CONFIRMED, **{"supply-acquired": "平成27年4月"}).identified(State.IDENTIFIED)
    path.prepared("call_back").called().told_by_call()
    path.expects(State.ANSWERED)
    assert path.deeds() == [
        *AGREED, "find_several", "ask_dates", "supply_dates", "find_one", "answer_prepared", *SAYING, "answer", REFRESH,
        "call_ended",
    ]  # fmt: skip


def test_two_members_match_so_the_call_back_asks_when_cover_began(begin):
    path = several(begin()).called().officer_does("/question", State.CLARIFYING, **{"ask-channel": "call_back"})
    path.clerk_does("/dates", State.CONFIRMED, **{"supply-acquired": "2021-10-01"}).identified(State.IDENTIFIED)
    path.expects(State.IDENTIFIED)
    assert path.deeds() == [*AGREED, "find_several", *SAYING, "ask_dates", "supply_dates", "find_one"]


def test_without_a_confirmed_call_nothing_is_asked_by_telephone(begin):
    path = several(begin())
    with pytest.raises(StepFailed, match="422"):
        path.officer_does("/question", State.CLARIFYING, **{"ask-channel": "call_back"})
    path.expects(State.SEVERAL)
    assert path.deeds() == [*AGREED, "find_several"]


def test_two_members_match_so_a_letter_asks_when_cover_began(begin):
    path = several(begin())
    assert "取得" in text_of(path.downloads(path.officer, "/question/letter"))
    path.officer_does("/question", State.CLARIFYING, **{"ask-channel": "letter"})
    path.clerk_does("/dates", State.CONFIRMED, **{"supply-acquired": "2015-04-01"}).identified(State.IDENTIFIED)
    path.expects(State.IDENTIFIED)
    assert path.deeds() == [*AGREED, "find_several", "question_printed", "ask_dates", "supply_dates", "find_one"]


def test_the_dates_fit_both_members_so_the_municipality_is_asked_again(begin):
    path = several(begin()).officer_does("/question", State.CLARIFYING, **QUESTION)
    path.clerk_does("/dates", State.CONFIRMED, **{"supply-note": "時期はわかりません"}).identified(State.SEVERAL)
    path.officer_does("/question", State.CLARIFYING, **QUESTION)
    path.clerk_does("/dates", State.CONFIRMED, **{"supply-acquired": "2021-10"}).identified(State.IDENTIFIED)
    path.expects(State.IDENTIFIED)
    asked = ["find_several", "ask_dates", "supply_dates"]
    assert path.deeds() == [*AGREED, *asked, *asked, "find_one"]


def test_the_dates_fit_nobody_so_the_answer_is_nobody(begin, people):
    """An officer without a roster here looks again in the insurer's own system."""
    path = begin().at_the_branch(people).files(SEVERAL).confirmed().attested("several", State.SEVERAL)
    path.officer_does("/question", State.CLARIFYING, **QUESTION)
    path.clerk_does("/dates", State.CONFIRMED, **{"supply-lost": "平成30年"}).attested("none", State.NOT_FOUND)
    path.prepared("call_back").called().told_by_call()
    path.expects(State.ANSWERED)
    assert path.deeds() == [
        *AGREED, "find_several", "ask_dates", "supply_dates", "find_none", "answer_prepared", *SAYING, "answer",
        "call_ended",
    ]  # fmt: skip


def test_one_member_attested_field_by_field_is_answered(begin, people):
    path = begin().at_the_branch(people).files(ONE).confirmed().attested("one", State.IDENTIFIED)
    told = dict.fromkeys(("SHIKAKU-02", "SHIKAKU-03", "SHIKAKU-06", "SHIKAKU-07"), "確認できない")
    path.prepared("call_back", told=told).called().told_by_call()
    path.expects(State.ANSWERED)
    assert path.deeds() == [*AGREED, "find_one", "answer_prepared", *SAYING, "answer", "call_ended"]


# 照会（電話）, 照会（文書）: nobody of the municipality has a page here


def test_an_inquiry_by_telephone_is_answered_by_calling_the_main_line(begin):
    path = begin().takes_in("telephone", ONE).confirmed().identified(State.IDENTIFIED).prepared("call_back")
    path.called_without_words().told_by_call().officer_does("/settle", State.SETTLED)
    assert path.deeds() == [
        *AGREED, "find_one", "answer_prepared", *SAYING, "answer", REFRESH, "call_ended", "settle",
    ]  # fmt: skip


def test_an_inquiry_by_telephone_about_several_is_asked_and_answered_by_telephone(begin):
    path = begin().takes_in("telephone", SEVERAL).confirmed().identified(State.SEVERAL)
    path.called_without_words().officer_does("/question", State.CLARIFYING, **{"ask-channel": "call_back"})
    path.officer_does("/dates", State.CONFIRMED, **{"supply-acquired": "2015-04"}).rung_off()
    path.identified(State.IDENTIFIED).expects(State.IDENTIFIED)
    assert path.deeds() == [*AGREED, "find_several", *SAYING, "ask_dates", "supply_dates", "call_ended", "find_one"]


def test_an_inquiry_by_telephone_about_nobody_is_answered_by_telephone(begin):
    path = begin().takes_in("telephone", NOBODY).confirmed().identified(State.NOT_FOUND).prepared("call_back")
    path.called_without_words().told_by_call().officer_does("/settle", State.SETTLED)
    assert path.deeds() == [*AGREED, "find_none", "answer_prepared", *SAYING, "answer", "call_ended", "settle"]


def test_an_inquiry_on_paper_is_answered_on_paper(begin):
    path = begin().takes_in("document", ONE, "letter").confirmed("letter").identified(State.IDENTIFIED)
    path.prepared("letter").officer_does("/letter/release", State.IDENTIFIED)
    path.officer_does("/letter/post", State.ANSWERED, posted_on=today()).officer_does("/settle", State.SETTLED)
    assert path.deeds() == [*AGREED, "find_one", "answer_prepared", "letter_released", "answer", REFRESH, "settle"]


def test_an_inquiry_on_paper_about_several_is_asked_on_paper(begin):
    path = begin().takes_in("document", SEVERAL, "letter").confirmed("letter").identified(State.SEVERAL)
    path.downloads(path.officer, "/question/letter")
    path.officer_does("/question", State.CLARIFYING, **{"ask-channel": "letter"})
    path.officer_does("/dates", State.CONFIRMED, **{"supply-acquired": "2015-04"}).identified(State.IDENTIFIED)
    assert path.deeds() == [*AGREED, "find_several", "question_printed", "ask_dates", "supply_dates", "find_one"]


# Beside the chart: delay (※4), refusal (memo 3(2) なお書き), withdrawal, a second look


def test_a_delay_is_announced_and_stops_nothing(begin):
    path = begin().files(ONE)
    delay = {"expected_at": "2038-12-01", "expected_time": "15:00", "reason": "被扶養者の記録を確かめます"}
    path.officer_does("/delay", State.FILED, **delay)
    assert "被扶養者の記録を確かめます" in path._opens(path.clerk).text
    path.confirmed().identified(State.IDENTIFIED).prepared("call_back").called().told_by_call()
    path.expects(State.ANSWERED)
    assert path.deeds() == [
        *ASKED, "announce_delay", "confirm_inquirer", "find_one", "answer_prepared", *SAYING, "answer", REFRESH,
        "call_ended",
    ]  # fmt: skip


def test_a_refusal_is_told_with_its_reason_and_reported_to_the_supervising_desk(begin):
    path = begin().files(ONE)
    path.officer_does("/refuse", State.REFUSED, reason="other", note="名簿が届いていません")
    assert "名簿が届いていません" in path._opens(path.clerk).text
    path.clerk_does("/escalate", State.REFUSED, **{"escalate-note": "電話で伝えた"})
    path.clerk_does("/settle", State.SETTLED)
    assert path.deeds() == [*ASKED, "refuse", "escalate", "settle"]


def bring_to(path, state):
    """Bring an inquiry to an open state, by the shortest way; return the deeds on the way."""
    person = {State.SEVERAL: SEVERAL, State.CLARIFYING: SEVERAL, State.NOT_FOUND: NOBODY}.get(state, ONE)
    path.files(person)
    if state is State.FILED:
        return ASKED
    path.confirmed()
    if state is State.CONFIRMED:
        return AGREED
    found = State.SEVERAL if state is State.CLARIFYING else state
    path.identified(found)
    deed = {State.SEVERAL: "find_several", State.IDENTIFIED: "find_one", State.NOT_FOUND: "find_none"}[found]
    if state is State.CLARIFYING:
        path.officer_does("/question", state, **QUESTION)
        return [*AGREED, deed, "ask_dates"]
    return [*AGREED, deed]


@pytest.mark.parametrize("state", OPEN)
def test_an_open_inquiry_may_be_withdrawn(begin, state):
    path = begin()
    deeds = bring_to(path, state)
    reason = {"withdraw-reason": "本人が資格確認書を持参したため", "withdraw-is_sure": "y"}
    path.clerk_does("/withdraw", State.WITHDRAWN, **reason)
    page = path.expects(State.WITHDRAWN)
    moves = ("/confirm", "/identify", "/prepare", "/question", "/call/start", "/refuse", "/delay")
    assert not [form.action for form in page.forms if form.action.endswith(moves)]
    assert path.deeds() == [*deeds, "withdraw"]


def test_what_was_answered_can_no_longer_be_withdrawn(begin):
    path = begin().files(NOBODY).confirmed().identified(State.NOT_FOUND).prepared("call_back").called().told_by_call()
    with pytest.raises(StepFailed, match="no form"):
        path.clerk_does("/withdraw", State.WITHDRAWN, **{"withdraw-reason": "重複", "withdraw-is_sure": "y"})
    path.expects(State.ANSWERED)


def test_an_officer_looks_again_before_anything_was_answered(begin):
    path = begin().files(ONE).confirmed().identified(State.IDENTIFIED)
    path.officer_does("/identify-again", State.CONFIRMED, reason="取り違えの疑い").identified(State.IDENTIFIED)
    path.expects(State.IDENTIFIED)
    assert path.deeds() == [*AGREED, "find_one", "identify_again", "find_one"]


def opens(content, password):
    """Say whether the file opens with its password, and with no other."""
    locked = msoffcrypto.OfficeFile(io.BytesIO(content))
    locked.load_key(password=password, verify_password=True)
    with pytest.raises(msoffcrypto.exceptions.InvalidKeyError):
        locked.load_key(password=f"{password}x", verify_password=True)
    return locked.is_encrypted()


def text_of(pdf):
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
