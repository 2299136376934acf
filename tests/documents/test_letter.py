"""What stands in a letter."""

from dataclasses import replace
from datetime import date

import pytest

from inquiry.documents.wording import Wording
from inquiry.domain.correction import Cause
from inquiry.domain.reply import ANSWER_CHANNELS
from inquiry.domain.subject import Sex
from tests.documents.letters import ANSWER, APOLOGY, DATES_REQUEST, INQUIRY_SHEET
from tests.world import ROOT


def test_every_text_of_the_letter_is_offered_to_the_guard():
    texts = set(ANSWER.texts())
    assert {"架空健発第42号", "受取 一郎", "00-0000-0000", "タカサキ ヨシカツ", "資格取得年月日", "06139999"} <= texts
    assert not [text for text in texts if isinstance(text, date)]


def test_no_trace_of_an_error_shows_the_person():
    for part in (ANSWER, ANSWER.inquiry, ANSWER.addressee, ANSWER.items, DATES_REQUEST):
        assert not [word for word in ("髙﨑", "タカサキ", "受取", "06139999", "1958") if word in repr(part)]


WORDS = Wording(ROOT / "templates")


def worded(letter):
    return WORDS.of(letter, "base")


@pytest.mark.parametrize("cause", Cause)
def test_an_apology_has_words_for_every_cause(cause):
    assert "取消しの理由" in worded(replace(APOLOGY, facts=replace(APOLOGY.facts, cause=cause)))


@pytest.mark.parametrize("channel", ANSWER_CHANNELS)
def test_an_inquiry_sheet_has_words_for_every_way_of_answering(channel):
    sheet = replace(INQUIRY_SHEET, facts=replace(INQUIRY_SHEET.facts, channel=channel))
    assert "希望する回答方法" in worded(sheet)


@pytest.mark.parametrize("sex", Sex)
@pytest.mark.parametrize("letter", [ANSWER, INQUIRY_SHEET], ids=["answer", "inquiry sheet"])
def test_a_letter_has_words_for_every_sex(letter, sex):
    assert worded(replace(letter, inquiry=replace(letter.inquiry, sex=sex)))
