"""What stands in a letter."""

from datetime import date

from tests.documents.letters import ANSWER, DATES_REQUEST


def test_every_text_of_the_letter_is_offered_to_the_guard():
    texts = set(ANSWER.texts())
    assert {"架空健発第42号", "受取 一郎", "00-0000-0000", "タカサキ ヨシカツ", "資格取得年月日", "06139999"} <= texts
    assert not [text for text in texts if isinstance(text, date)]


def test_no_trace_of_an_error_shows_the_person():
    for part in (ANSWER, ANSWER.inquiry, ANSWER.addressee, ANSWER.items, DATES_REQUEST):
        assert not [word for word in ("髙﨑", "タカサキ", "受取", "06139999", "1958") if word in repr(part)]
