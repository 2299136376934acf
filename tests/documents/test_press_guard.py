"""The guard over what is printed: a number that no text holds alone, and that meets on the page."""

from dataclasses import replace

import pytest

from inquiry.documents import drawn_text, press
from inquiry.documents.letter import Phrases
from inquiry.documents.press import LetterPress
from inquiry.documents.table_paper import TablePaper
from inquiry.domain.errors import MyNumberFound
from inquiry.security import guard
from inquiry.security.pdf_text import text_of_pdf
from tests.documents.letters import ALL, ANSWER, JOINT, TEMPLATES

pytestmark = pytest.mark.documents
BY_FORM = {letter.form: letter for letter in ALL}
EVERY_KIND = pytest.mark.parametrize("letter", BY_FORM.values(), ids=BY_FORM)


@pytest.fixture(scope="module")
def printing():
    return LetterPress(TEMPLATES)


def each_text_alone(letter):
    for text in letter.texts():
        guard.enforce_document(text)


@EVERY_KIND
def test_a_number_that_meets_on_the_page_stops_every_kind_of_letter(printing, letter):
    to = replace(letter.addressee, organisation="架空市 1234", section="5678", person="9018")
    broken = replace(letter, addressee=to)
    each_text_alone(broken)
    with pytest.raises(MyNumberFound) as refusal:
        printing.print_pdf(broken)
    assert (refusal.value.field, "1234" in str(refusal.value)) == ("document", False)


def test_a_number_between_the_address_and_the_desk_of_the_sender_is_seen(printing):
    sender = replace(ANSWER.sender, address="架空市本町 1234-5678", desk="9018")
    each_text_alone(replace(ANSWER, sender=sender))
    with pytest.raises(MyNumberFound):
        printing.print_pdf(replace(ANSWER, sender=sender))


def test_a_number_in_the_text_that_answers_to_several_inquiries_share_is_seen(printing):
    worded = Phrases("回答について", "次のとおり回答します。\n123456789018", "")
    with pytest.raises(MyNumberFound):
        printing.print_pdf(replace(JOINT, phrases=worded))


@EVERY_KIND
def test_the_guard_has_seen_every_word_that_is_printed(printing, letter, monkeypatch):
    seen = []
    monkeypatch.setattr(press, "drawn_text", lambda document: seen.append(drawn_text.drawn_text(document)) or seen[-1])
    printed = text_of_pdf(printing.print_pdf(letter)).split()
    words = "".join(seen[0].split())
    # What the file says of itself is not printed.
    assert [word for word in printed if word not in words and word not in ("WeasyPrint", "70.0")] == []


def test_a_list_is_not_taken_for_a_number_where_its_cells_meet(printing):
    paper = TablePaper(title="一覧", lines=(), columns=("一", "二", "三"), rows=[["1234", "5678", "9018"]])
    assert printing.print_table(paper).startswith(b"%PDF-")
