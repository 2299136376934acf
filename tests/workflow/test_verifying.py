"""A letter is asked about by somebody who holds it: what they learn, and what they never do."""

import io
import re
from dataclasses import replace
from datetime import timedelta

import pikepdf
import pytest

from inquiry.domain.check_number import ALPHABET, new_check_number
from inquiry.domain.correction import Cause
from inquiry.domain.errors import InvalidValue, TooOften
from inquiry.domain.findings import Finding
from inquiry.domain.reply import Channel
from inquiry.security.pdf_text import text_of_pdf
from inquiry.store.issuing import certificates
from inquiry.workflow import correcting, lettering, verifying
from inquiry.workflow.lettering import Posting
from inquiry.workflow.verifying import Standing
from tests.documents.seals import seal
from tests.web.stages import answered_by_letter, found, prepare, version_of, with_letter
from tests.world import WEDNESDAY_MORNING

pytestmark = pytest.mark.documents
TODAY = WEDNESDAY_MORNING.date()
HERE = "192.0.2.1"


@pytest.fixture
def sealing(world):
    """The world's operator has a certificate and a public address."""
    world.house = replace(world.house, seal=seal(), public_address="https://inquiry.example.jp")
    return world


def letter_of(world, inquiry_id):
    with world.house.work(world.officer) as work:
        return lettering.preview(work, inquiry_id).content


def number_on(pdf):
    return re.search(r"(?:[A-Z]{4}-){3}[A-Z]{4}", text_of_pdf(pdf))[0]


def retract(world, inquiry_id):
    with world.house.work(world.officer) as work:
        correcting.retract(
            work, inquiry_id, version_of(world, inquiry_id), cause=Cause.WRONG_CONTENT, reason="番号の誤り"
        )


def answer_anew(world, inquiry_id):
    prepare(world, inquiry_id, Channel.LETTER)
    with world.house.work(world.officer) as work:
        lettering.release(work, inquiry_id, version_of(world, inquiry_id))
        lettering.give_by_download(work, inquiry_id, work.inquiry(inquiry_id).version)


def standings(world, pdf):
    by_number = verifying.by_number(world.house, HERE, number_on(pdf))
    by_file = verifying.by_file(world.house, HERE, pdf)
    assert (by_number.is_whole, by_file.is_whole) == (False, True)
    return by_number.standing, by_file.standing


def test_a_letter_that_was_given_is_genuine_and_only_issuer_and_date_are_told(sealing):
    pdf = letter_of(sealing, answered_by_letter(sealing))
    verdict = verifying.by_file(sealing.house, HERE, pdf)
    assert (verdict.standing, verdict.is_sealed) == (Standing.GENUINE, True)
    assert (verdict.issuer, verdict.issued_on) == ("みほん健康保険組合", WEDNESDAY_MORNING.date())
    assert standings(sealing, pdf) == (Standing.GENUINE, Standing.GENUINE)


def test_the_qr_code_leads_to_the_number_and_says_so_to_who_cannot_see_it(sealing):
    pdf = letter_of(sealing, answered_by_letter(sealing))
    text = text_of_pdf(pdf)
    assert "https://inquiry.example.jp/verify" in text
    with pikepdf.open(io.BytesIO(pdf)) as document:
        words = [str(each.Alt) for each in document.objects if isinstance(each, pikepdf.Dictionary) and "/Alt" in each]
    assert words == ["この文書を確かめるページのＱＲコード"]


def test_without_a_certificate_a_letter_is_told_by_its_bytes_alone(world):
    pdf = letter_of(world, answered_by_letter(world))
    verdict = verifying.by_file(world.house, HERE, pdf)
    assert (verdict.standing, verdict.is_sealed) == (Standing.GENUINE, False)
    assert verifying.by_file(world.house, HERE, pdf + b" ").standing is Standing.UNKNOWN


def test_a_letter_that_nobody_gave_yet_does_not_count(sealing):
    pdf = letter_of(sealing, with_letter(sealing))
    assert standings(sealing, pdf) == (Standing.NOT_YET, Standing.NOT_YET)


def test_a_letter_printed_anew_before_it_left_replaces_the_first_print(sealing):
    inquiry_id = with_letter(sealing)
    first = letter_of(sealing, inquiry_id)
    with sealing.house.work(sealing.officer) as work:
        lettering.release(work, inquiry_id, version_of(sealing, inquiry_id))
    assert standings(sealing, first) == (Standing.REPLACED, Standing.REPLACED)


def test_an_answer_taken_back_takes_its_letter_back_and_a_new_one_replaces_it(sealing):
    inquiry_id = answered_by_letter(sealing)
    first = letter_of(sealing, inquiry_id)
    retract(sealing, inquiry_id)
    assert standings(sealing, first) == (Standing.WITHDRAWN, Standing.WITHDRAWN)
    answer_anew(sealing, inquiry_id)
    assert standings(sealing, first) == (Standing.REPLACED, Standing.REPLACED)
    assert standings(sealing, letter_of(sealing, inquiry_id)) == (Standing.GENUINE, Standing.GENUINE)


def test_the_question_for_dates_on_paper_is_issued_when_it_is_printed(sealing):
    inquiry_id = found(sealing, Finding.SEVERAL)
    with sealing.house.work(sealing.officer) as work:
        _, pdf = lettering.print_question(work, inquiry_id, version_of(sealing, inquiry_id))
    assert standings(sealing, pdf) == (Standing.GENUINE, Standing.GENUINE)


def test_a_changed_byte_anywhere_shows_and_a_stranger_is_not_ours(sealing):
    pdf = letter_of(sealing, answered_by_letter(sealing))
    for place in (0, len(pdf) // 2, len(pdf) - 1, pdf.index(b">", pdf.index(b"/Contents <")) - 1):
        changed = bytearray(pdf)
        changed[place] ^= 1
        assert verifying.by_file(sealing.house, HERE, bytes(changed)).standing is Standing.ALTERED, place
    assert verifying.by_file(sealing.house, HERE, pdf + b"\n").standing is Standing.ALTERED
    assert verifying.by_file(sealing.house, HERE, b"%PDF-1.7 somebody else's").standing is Standing.UNKNOWN


def test_numbers_near_a_real_one_are_none(sealing):
    number = number_on(letter_of(sealing, answered_by_letter(sealing))).replace("-", "")
    for place in range(len(number)):
        other = ALPHABET[(ALPHABET.index(number[place]) + 1) % len(ALPHABET)]
        with pytest.raises(InvalidValue, match="check_number:slip"):
            verifying.by_number(sealing.house, HERE, number[:place] + other + number[place + 1 :])
    # With the right check letter, the nearest number is nobody's.
    signs = iter([*number[:14], ALPHABET[ALPHABET.index(number[14]) - 1]])
    near = new_check_number(lambda _alphabet: next(signs))
    assert verifying.by_number(sealing.house, HERE, near).standing is Standing.UNKNOWN


def test_whoever_tries_numbers_has_to_wait_and_nobody_else_does(sealing):
    pdf = letter_of(sealing, answered_by_letter(sealing))
    unknown = new_check_number(lambda alphabet: alphabet[5])
    for _ in range(verifying.FREE_MISSES):
        assert verifying.by_number(sealing.house, HERE, unknown).standing is Standing.UNKNOWN
    for ask in (lambda: verifying.by_number(sealing.house, HERE, unknown), lambda: standings(sealing, pdf)):
        with pytest.raises(TooOften) as refused:
            ask()
        assert 0 < refused.value.seconds <= verifying.WINDOW.total_seconds()
    assert verifying.by_number(sealing.house, "192.0.2.2", number_on(pdf)).standing is Standing.GENUINE
    sealing.clock.forward(seconds=verifying.WINDOW.total_seconds())
    assert verifying.by_number(sealing.house, HERE, number_on(pdf)).standing is Standing.GENUINE


def test_whoever_holds_letters_asks_as_often_as_they_like(sealing):
    pdf = letter_of(sealing, answered_by_letter(sealing))
    for _ in range(verifying.FREE_MISSES + 5):
        assert verifying.by_number(sealing.house, HERE, number_on(pdf)).standing is Standing.GENUINE


def test_one_certificate_is_kept_once_however_many_letters_it_seals(sealing):
    for _ in range(2):
        answered_by_letter(sealing)
    with sealing.house.reading() as work:
        assert [row.fingerprint for row in certificates(work.session)] == [seal().certificate.fingerprint]


def test_an_expired_certificate_seals_nothing_and_the_letter_leaves_without(sealing):
    sealing.clock.now = seal().certificate.valid_until + timedelta(seconds=1)
    verdict = verifying.by_file(sealing.house, HERE, letter_of(sealing, answered_by_letter(sealing)))
    assert (verdict.standing, verdict.is_sealed) == (Standing.GENUINE, False)


def test_a_letter_that_tells_two_answers_falls_with_either(sealing):
    first, second = (found(sealing, Finding.ONE, channel=Channel.LETTER, needed_by=TODAY) for _ in range(2))
    for each in (first, second):
        prepare(sealing, each, Channel.LETTER)
    with sealing.house.work(sealing.officer) as work:
        lettering.release_together(work, first, version_of(sealing, first), [second])
    with sealing.house.work(sealing.officer) as work:
        lettering.give_by_post(work, first, work.inquiry(first).version, Posting(TODAY))
    pdf = letter_of(sealing, first)
    assert standings(sealing, pdf) == (Standing.GENUINE, Standing.GENUINE)
    retract(sealing, second)
    assert standings(sealing, pdf) == (Standing.WITHDRAWN, Standing.WITHDRAWN)
