"""Letters that are no answer: each is made where it belongs, and only a 照会書 names the person asked about."""

import io

import pypdf
import pytest

from inquiry.documents.letter import LetterKind
from inquiry.domain.correction import Cause
from inquiry.domain.errors import Forbidden, NotFound
from inquiry.store.insurers import contact_in_force
from inquiry.workflow import confirming, correcting, writing
from inquiry.workflow.confirming import RefusalReason
from tests.web import stages

PERSON = ("髙橋", "タカハシ", "1958")


def read(work, inquiry_id, row):
    """Return the text of a letter that was issued, without its spaces."""
    _, content = writing.opened(work, inquiry_id, row.id)
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


def made(world, who, make, inquiry_id):
    with world.house.work(who) as work:
        row = make(work, inquiry_id)
        work.session.flush()
        return read(work, inquiry_id, row)


def names(text):
    return [word for word in PERSON if word in text]


def late(world):
    inquiry_id = stages.filed(world)
    world.clock.forward(days=1)
    return inquiry_id


def test_a_delay_that_was_announced_is_printed_without_the_person(world):
    inquiry_id = stages.confirmed(world)
    with world.house.work(world.officer) as work, pytest.raises(Forbidden, match="letter:delay_not_now"):
        writing.announce_delay(work, inquiry_id)
    with world.house.work(world.officer) as work:
        version = work.inquiry(inquiry_id).version
        expected = world.clock.now.replace(hour=7, minute=30)
        confirming.announce_delay(work, inquiry_id, version, expected_at=expected, reason="事業所に確認中")
    text = made(world, world.officer, writing.announce_delay, inquiry_id)
    assert "令和8年11月25日16時30分" in text
    assert "事業所に確認中" in text
    assert names(text) == []


def test_an_answer_taken_back_is_apologised_for_and_nothing_of_it_is_said_again(world):
    inquiry_id = stages.answered_by_letter(world)
    with world.house.work(world.officer) as work, pytest.raises(Forbidden, match="letter:apology_not_now"):
        writing.apologise(work, inquiry_id)
    with world.house.work(world.officer) as work:
        version = work.inquiry(inquiry_id).version
        correcting.retract(work, inquiry_id, version, cause=Cause.WRONG_PERSON, reason="別の高橋様")
    text = made(world, world.officer, writing.apologise, inquiry_id)
    assert "R8-00001" in text
    assert "別の方の情報を回答した" in text
    assert [word for word in (*PERSON, "別の高橋様", "記号12") if word in text] == []


def test_a_sheet_says_what_is_asked_about_whom_and_where_to_call_back(world):
    inquiry_id = stages.filed(world)
    text = made(world, world.clerk, writing.print_sheet, inquiry_id)
    assert names(text) == list(PERSON)
    assert [
        word for word in ("資格取得年月日", "03-0000-0001", "みほん健康保険組合", "該当者なし") if word not in text
    ] == []
    assert "03-0000-9999" not in text  # what the clerk typed is never a number to call


def test_a_fax_begins_with_a_cover_that_names_nobody_and_counts_its_pages(world):
    inquiry_id = stages.filed(world)
    with world.house.work(world.clerk) as work, pytest.raises(Forbidden, match="letter:no_fax"):
        writing.print_sheet_for_fax(work, inquiry_id)
    with world.house.work(world.operator) as work:
        contact_in_force(work.session, world.insurer_id).fax = "0300004321"
        work.record("contact:saved")
    with world.house.work(world.clerk) as work:
        row = writing.print_sheet_for_fax(work, inquiry_id)
        work.session.flush()
        _, content = writing.opened(work, inquiry_id, row.id)
    cover, *rest = ["".join(page.extract_text().split()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]
    assert "ファクシミリ送付状" in cover
    assert "03-0000-4321" in cover
    assert f"本送付状を含め{1 + len(rest)}枚" in cover
    assert names(cover) == []
    assert names(rest[0]) == list(PERSON)


def test_a_late_insurer_is_reminded_and_reported_without_the_person(world):
    inquiry_id = late(world)
    makers = (writing.remind_insurer, writing.report_to_ministry, writing.report_to_pmo)
    texts = [made(world, world.clerk, make, inquiry_id) for make in makers]
    assert ["責任者様" in text for text in texts] == [True, False, False]
    assert "厚生労働省保険局保険課" in texts[1]
    assert "デジタルＰＭＯ御中" in texts[2]
    assert [text for text in texts if names(text) or "期限を過ぎても回答がない" not in text] == []


def test_an_insurer_that_is_not_late_is_not_reminded(world):
    inquiry_id = stages.filed(world)
    for make in (writing.remind_insurer, writing.report_to_ministry, writing.report_to_pmo):
        with world.house.work(world.clerk) as work, pytest.raises(Forbidden, match="_not_now"):
            make(work, inquiry_id)


def test_an_insurer_that_refused_is_reported_and_not_reminded(world):
    inquiry_id = stages.confirmed(world)
    with world.house.work(world.officer) as work:
        version = work.inquiry(inquiry_id).version
        confirming.refuse(work, inquiry_id, version, reason=RefusalReason.WITHHELD, note="")
    with world.house.work(world.clerk) as work:
        assert writing.kinds_open(work, work.inquiry(inquiry_id)) == (LetterKind.REPORT,)
        work.record("inquiry:read")
    assert "回答できない旨の連絡" in made(world, world.clerk, writing.report_to_ministry, inquiry_id)


def test_each_office_counts_its_own_letters(world):
    sheet = late(world)
    other = stages.with_letter(world)
    with world.house.work(world.clerk) as work:
        numbers = [make(work, sheet).document_number for make in (writing.print_sheet, writing.remind_insurer)]
    assert numbers == ["R8-00001", "R8-00002"]
    with world.house.reading(world.officer) as work:
        assert writing.issued(work, work.inquiry(other)) == []


def test_a_letter_is_its_own_office_s_alone(world):
    inquiry_id = stages.filed(world)
    with world.house.work(world.clerk) as work:
        row = writing.print_sheet(work, inquiry_id)
    with world.house.work(world.officer) as work, pytest.raises(NotFound, match="letter:not_found"):
        writing.opened(work, inquiry_id, row.id)


def test_making_a_letter_leaves_everybody_s_page_as_it_is(world):
    inquiry_id = stages.filed(world)
    before = stages.version_of(world, inquiry_id)
    with world.house.work(world.clerk) as work:
        writing.print_sheet(work, inquiry_id)
    assert stages.version_of(world, inquiry_id) == before
