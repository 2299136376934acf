"""STEP2 ⑤ ⅱ: the locked file in each of its kinds, its password, and what becomes of a lost one."""

import io

import msoffcrypto
import pikepdf
import pytest
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import select

from inquiry.domain.errors import Forbidden, InvalidValue, MyNumberFound, NotDisclosable, NotFound, Superseded
from inquiry.domain.findings import Finding
from inquiry.domain.locked_file import FileKind, PasswordStyle
from inquiry.domain.reply import Channel
from inquiry.security.extraction import text_of
from inquiry.security.passphrases import said
from inquiry.store.answering import answer_given
from inquiry.store.ledger import LedgerEntry
from inquiry.store.municipalities import Municipality
from inquiry.workflow import (
    answer_files,
    answering,
    calling,
    composing,
    correcting,
    file_settings,
    locking,
    settling,
    viewing,
)
from inquiry.workflow.file_settings import Settings
from tests.web.stages import TOLD, events_of, found, heard, in_call, prepare, version_of
from tests.world import CHIYODA

OPENED_BY = {FileKind.WORD: Document, FileKind.PDF: pikepdf.open, FileKind.WORKBOOK: load_workbook}


def prepared(world, channel=Channel.FILE):
    inquiry_id = found(world, Finding.ONE, channel=Channel.FILE)
    prepare(world, inquiry_id, channel)
    return inquiry_id


def do(world, actor, use_case, inquiry_id, **named):
    with world.house.work(actor) as work:
        return use_case(work, inquiry_id, work.inquiry(inquiry_id).version, **named)


def fetched(world, inquiry_id):
    with world.house.work(world.clerk) as work:
        return settling.fetch(work, inquiry_id)


def unlocked(content, password):
    if content.startswith(b"%PDF"):
        target = io.BytesIO()
        with pikepdf.open(io.BytesIO(content), password=password) as pdf:
            pdf.save(target, encryption=False)
        return target.getvalue()
    file, target = msoffcrypto.OfficeFile(io.BytesIO(content)), io.BytesIO()
    file.load_key(password=password, verify_password=True)
    file.decrypt(target, verify_integrity=True)
    return target.getvalue()


@pytest.mark.documents
@pytest.mark.parametrize("kind", FileKind)
def test_each_kind_says_the_answer_to_whoever_has_its_password(world, kind):
    inquiry_id = prepared(world)
    made = do(world, world.officer, locking.make_file, inquiry_id, kind=kind)
    do(world, world.officer, locking.give_by_download, inquiry_id)
    file = fetched(world, inquiry_id)
    assert file.name == f"INQ-2026-000001.{kind}"
    plain = unlocked(file.content, made.password)
    OPENED_BY[kind](io.BytesIO(plain))
    text = "".join(text_of(file.name, plain).split())
    assert [told for told in ("記号12", "番号345", "加入中", "髙橋太郎") if told not in text] == []
    with world.house.reading(world.officer) as work:
        assert answer_given(work.session, inquiry_id).file_kind == kind


def test_the_insurer_says_which_kind_is_usual_and_what_passwords_are_made_of(world):
    with world.house.work(world.officer) as work:
        file_settings.change(work, Settings(FileKind.WORKBOOK, PasswordStyle.WORDS), number=0)
    inquiry_id = prepared(world)
    made = do(world, world.officer, locking.make_file, inquiry_id)
    assert made.said == said(made.password)
    assert made.said[0] not in made.password
    do(world, world.officer, locking.give_by_download, inquiry_id)
    assert fetched(world, inquiry_id).name.endswith(".xlsx")


def test_settings_are_the_insurer_s_own_and_the_second_of_two_changes_is_told(world):
    with world.house.work(world.officer) as work:
        file_settings.change(work, Settings(FileKind.PDF), number=0)
    with world.house.reading(world.other_officer) as work:
        assert file_settings.in_force(work, world.branch_id).settings == Settings()
    with pytest.raises(Superseded), world.house.work(world.supervisor) as work:
        file_settings.change(work, Settings(FileKind.WORD), number=0)


# Nothing but what may leave


@pytest.mark.parametrize("kind", FileKind)
def test_a_my_number_in_the_text_of_a_file_stops_it(world, kind, monkeypatch):
    inquiry_id = prepared(world)
    seen = []

    def refuse(name, content):
        seen.append((name, content[:4]))
        raise MyNumberFound("contiguous", field="document")

    monkeypatch.setattr(locking.guard, "enforce_file", refuse)
    with pytest.raises(MyNumberFound):
        do(world, world.officer, locking.make_file, inquiry_id, kind=kind)
    assert seen == [(f"INQ-2026-000001.{kind}", b"%PDF" if kind is FileKind.PDF else b"PK\x03\x04")]
    with pytest.raises(NotDisclosable, match="file_not_locked"):
        do(world, world.officer, locking.give_by_download, inquiry_id)


def test_no_document_is_made_of_an_item_that_the_procedure_does_not_allow(world):
    inquiry_id = prepared(world)
    told = {**TOLD, "TOKUTEI-01": "1"}
    with pytest.raises(NotDisclosable, match="item_not_allowed"), world.house.work(world.officer) as work:
        composing.letter_for(work, work.inquiry(inquiry_id), answering.ReplyKind.ANSWER, number="R8-1", told=told)


def test_an_unlocked_file_passes_the_gate_in_no_kind(world):
    inquiry_id = prepared(world)
    for content in (b"%PDF-1.7 plain", b"PK\x03\x04 plain", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(4096)):
        with world.house.work(world.officer) as work:
            inquiry = work.inquiry(inquiry_id)
            answering.keep_file(work, answering.prepared(work, inquiry), content)
            work.record("inquiry:file_made", inquiry)
        with pytest.raises(NotDisclosable, match="file_not_locked"):
            do(world, world.officer, locking.give_by_download, inquiry_id)


# A lost password


def test_a_lost_password_means_another_file_under_another_name_and_the_municipality_sees_it(world):
    inquiry_id = prepared(world)
    first = do(world, world.officer, locking.make_file, inquiry_id)
    do(world, world.officer, locking.give_by_download, inquiry_id)
    earlier = fetched(world, inquiry_id)
    second = do(world, world.officer, locking.make_again, inquiry_id, kind=FileKind.PDF)
    later = fetched(world, inquiry_id)
    assert (earlier.name, later.name) == ("INQ-2026-000001.docx", "INQ-2026-000001-r1.pdf")
    with pytest.raises(pikepdf.PasswordError):
        unlocked(later.content, first.password)
    assert unlocked(later.content, second.password)
    with world.house.work(world.clerk) as work:
        page = viewing.page(work, inquiry_id)
    assert [line.event for line in page.timeline][-1] == "file_remade"


def test_the_password_of_a_file_made_again_is_still_to_be_told(world):
    inquiry_id = prepared(world)
    do(world, world.officer, locking.make_file, inquiry_id)
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])

    def is_told():
        with world.house.reading(world.officer) as work:
            return answer_files.is_password_told(viewing.listed(work, inquiry_id).steps)

    assert not is_told()
    with world.house.work(world.officer) as work:
        locking.tell_password(work, inquiry_id)
    assert is_told()
    do(world, world.officer, locking.make_file, inquiry_id)
    assert not is_told()


def to_tell(world, hand=None):
    with world.house.reading(hand or world.officer) as work:
        return [inquiry.id for inquiry in locking.passwords_to_tell(work)]


def tell_password(world, inquiry_id):
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])
    with world.house.work(world.officer) as work:
        locking.tell_password(work, inquiry_id)
        calling.end(work, inquiry_id, calling.Ending(calling.Outcome.REACHED))


def test_a_file_that_was_given_waits_for_its_password_to_be_told_and_one_made_again_for_its_own(world):
    inquiry_id = prepared(world)
    do(world, world.officer, locking.make_file, inquiry_id)
    assert to_tell(world) == []  # nothing was given yet
    do(world, world.officer, locking.give_by_download, inquiry_id)
    assert to_tell(world) == [inquiry_id]
    assert to_tell(world, world.other_officer) == []
    tell_password(world, inquiry_id)
    assert to_tell(world) == []
    do(world, world.officer, locking.make_again, inquiry_id)
    assert to_tell(world) == [inquiry_id]
    do(world, world.clerk, settling.settle, inquiry_id)
    assert to_tell(world) == []


def test_a_password_told_before_the_file_was_given_is_told(world):
    inquiry_id = prepared(world)
    do(world, world.officer, locking.make_file, inquiry_id)
    tell_password(world, inquiry_id)
    do(world, world.officer, locking.give_by_download, inquiry_id)
    assert to_tell(world) == []


def test_of_an_answer_that_was_taken_back_no_password_is_told(world):
    inquiry_id = prepared(world)
    do(world, world.officer, locking.make_file, inquiry_id)
    do(world, world.officer, locking.give_by_download, inquiry_id)
    cause = correcting.Cause.WRONG_DESTINATION
    do(world, world.officer, correcting.retract, inquiry_id, cause=cause, reason="方法の誤り")
    prepare(world, inquiry_id, Channel.LETTER)
    assert to_tell(world) == []


def mailed_by_hand(world):
    """A locked file that was handed out to be mailed: (inquiry, file)."""
    inquiry_id = prepared(world)
    do(world, world.officer, locking.make_file, inquiry_id)
    hear_address(world, inquiry_id)
    return inquiry_id, do(world, world.officer, locking.hand_out, inquiry_id)


def hear_address(world, inquiry_id):
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])
    with world.house.work(world.officer) as work:
        locking.hear_address(work, inquiry_id, address="kenko@example.lg.jp", repeated="kenko@example.lg.jp")
        calling.end(work, inquiry_id, calling.Ending(calling.Outcome.REACHED))


def test_a_file_that_was_mailed_is_not_made_again(world):
    inquiry_id, file = mailed_by_hand(world)
    assert file.name == "INQ-2026-000001.docx"
    with pytest.raises(Forbidden, match="other_channel"):
        do(world, world.officer, locking.make_again, inquiry_id)


def with_address(world):
    """Return an inquiry with its file and an address heard on the call that lasts still, and the word of that call."""
    inquiry_id = prepared(world)
    do(world, world.officer, locking.make_file, inquiry_id)
    word, _ = in_call(world, inquiry_id)
    heard(world, inquiry_id, word)
    with world.house.work(world.officer) as work:
        locking.hear_address(work, inquiry_id, address="kenko@example.lg.jp", repeated="kenko@example.lg.jp")
    return inquiry_id, word


def a_wrong_word(work, inquiry_id, _word):
    calling.hear(work, inquiry_id, word="ちがう", reached="だれか")


def a_right_word(work, inquiry_id, word):
    calling.hear(work, inquiry_id, word=word, reached="だれか")


def taking_over(work, inquiry_id, _word):
    calling.take_over(work, inquiry_id, reason="早退したため")


def hanging_up(outcome):
    return lambda work, inquiry_id, _word: calling.end(work, inquiry_id, calling.Ending(outcome))


#  who does                 what then happens                             and the address that was heard stands
THEN = [
    ("officer", a_right_word, True),
    ("officer", hanging_up(calling.Outcome.REACHED), True),
    ("officer", hanging_up(calling.Outcome.BUSY), True),
    ("supervisor", taking_over, True),
    ("officer", a_wrong_word, False),
    ("officer", hanging_up(calling.Outcome.WRONG_WORDS), False),  # once the hour is over
]


@pytest.mark.parametrize(("by", "happens", "stands"), THEN)
def test_an_address_of_somebody_who_does_not_know_the_word_is_forgotten(world, by, happens, stands):
    inquiry_id, word = with_address(world)
    world.clock.forward(minutes=61)
    with world.house.work(getattr(world, by)) as work:
        happens(work, inquiry_id, word)
    if stands:
        assert do(world, world.officer, locking.hand_out, inquiry_id).content
        return
    assert "address_dropped" in events_of(world, inquiry_id)
    with pytest.raises(Forbidden, match="mail:address_not_heard"):
        do(world, world.officer, locking.hand_out, inquiry_id)


def test_a_wrong_word_on_a_later_call_leaves_the_address_of_an_earlier_one(world):
    inquiry_id, _ = with_address(world)
    with world.house.work(world.officer) as work:
        calling.end(work, inquiry_id, calling.Ending(calling.Outcome.REACHED))
    world.clock.forward(minutes=1)
    in_call(world, inquiry_id)
    heard(world, inquiry_id, "ちがう")
    assert do(world, world.officer, locking.hand_out, inquiry_id).content


def test_the_same_file_is_handed_out_again_from_whatever_page_and_each_time_is_in_the_ledger(world):
    inquiry_id, file = mailed_by_hand(world)
    for _ in range(2):
        with world.house.work(world.officer) as work:
            assert locking.hand_out(work, inquiry_id, 1).content == file.content
    assert events_of(world, inquiry_id).count("answer") == 1
    with world.house.reading() as work:
        query = select(LedgerEntry.body).where(LedgerEntry.chain_id == inquiry_id)
        times = sum("answer:handed_out_again" in str(body) for body in work.session.scalars(query))
    assert times == 2


def test_a_file_whose_answer_was_taken_back_is_not_handed_out_again(world):
    inquiry_id, _ = mailed_by_hand(world)
    cause = correcting.Cause.WRONG_CONTENT
    do(world, world.officer, correcting.retract, inquiry_id, cause=cause, reason="記載の誤り")
    with pytest.raises(NotFound, match="answer:not_prepared"):
        do(world, world.officer, locking.hand_out, inquiry_id)


@pytest.mark.parametrize("is_again", [False, True])
def test_no_file_is_handed_out_for_an_address_outside_the_domain_as_it_is_now(world, is_again):
    inquiry_id = prepared(world)
    do(world, world.officer, locking.make_file, inquiry_id)
    hear_address(world, inquiry_id)
    if is_again:
        do(world, world.officer, locking.hand_out, inquiry_id)
    with world.house.work(world.operator) as work:
        work.session.get_one(Municipality, CHIYODA).mail_domain = "city.example.lg.jp"
        work.record("municipality:main_line_entered")
    with pytest.raises(InvalidValue, match="mail:other_domain"):
        do(world, world.officer, locking.hand_out, inquiry_id)


def test_the_password_stands_nowhere_in_the_database(world, sqlite_url):
    inquiry_id = prepared(world)
    made = do(world, world.officer, locking.make_file, inquiry_id)
    assert version_of(world, inquiry_id) > 0
    with world.house.engine.connect() as connection:
        if connection.dialect.name != "sqlite":
            pytest.skip("the file of the database is read")
        dump = b"\n".join(str(line).encode() for line in connection.connection.iterdump())
    assert made.password.encode() not in dump
