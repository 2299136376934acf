"""Several persons in one letter (memo annex ※6): to one addressee, each through the gate, all posted or none."""

import io
from concurrent.futures import ThreadPoolExecutor

import pypdf
import pytest

from inquiry.domain.correction import Cause
from inquiry.domain.errors import Forbidden, InquiryError, InvalidValue
from inquiry.domain.findings import Finding
from inquiry.domain.partial_date import PartialDate
from inquiry.domain.parties import Inquirer
from inquiry.domain.reply import Channel
from inquiry.domain.subject import PersonName, Sex, Subject
from inquiry.store.answering import answer_in_preparation
from inquiry.workflow import answering, correcting, lettering, verifying
from inquiry.workflow.lettering import Posting
from tests.web import stages
from tests.workflow import runs
from tests.workflow.roster_table import PATIENCE
from tests.workflow.test_versions import wait_until_somebody_waits
from tests.world import CHIYODA

JIRO = Subject(name=PersonName("田中　次郎", "タナカ　ジロウ"), birth_date=PartialDate(1990, 2, 3), sex=Sex.MALE)


def drafted(world, finding=Finding.ONE, **changes):
    inquiry_id = stages.found(world, finding, channel=Channel.LETTER, needed_by=world.clock.now.date(), **changes)
    with world.house.work(world.officer) as work:
        told = stages.TOLD if finding is Finding.ONE else {}
        answering.prepare(work, inquiry_id, work.inquiry(inquiry_id).version, channel=Channel.LETTER, items=told)
    return inquiry_id


def together(world, first, *others):
    version = stages.version_of(world, first)
    with world.house.work(world.officer) as work:
        lettering.release_together(work, first, version, others)


def posted(world, inquiry_id):
    version = stages.version_of(world, inquiry_id)
    with world.house.work(world.officer) as work:
        lettering.give_by_post(work, inquiry_id, version, Posting(world.clock.now.date()))


def content(world, inquiry_id):
    with world.house.work(world.officer) as work:
        return lettering.preview(work, inquiry_id).content


def states(world, *inquiries):
    return [stages.state_of(world, each) for each in inquiries]


def test_one_letter_tells_both_and_is_posted_once(world):
    one, other = drafted(world), drafted(world, Finding.NONE, subject=JIRO)
    together(world, one, other)
    assert content(world, one) == content(world, other)
    pages = pypdf.PdfReader(io.BytesIO(content(world, one))).pages
    text = "".join("".join(page.extract_text().split()) for page in pages)
    assert [word for word in ("髙橋太郎", "田中次郎", "該当者なし", "番号345", "回答・2件") if word not in text] == []
    posted(world, one)
    assert states(world, one, other) == ["answered", "answered"]


def test_all_are_posted_or_none(world):
    one, other = drafted(world), drafted(world, subject=JIRO)
    together(world, one, other)
    with world.house.work(world.officer) as work:
        answering.prepare(work, other, work.inquiry(other).version, channel=Channel.CALL_BACK, items=stages.TOLD)
    with pytest.raises(Forbidden, match="letter:joint_changed"):
        posted(world, one)
    assert states(world, one, other) == ["identified", "identified"]
    with world.house.work(world.officer) as work:
        lettering.release(work, one, work.inquiry(one).version)
        assert answer_in_preparation(work.session, one).document_number == "R8-00002"
    posted(world, one)
    assert states(world, one, other) == ["answered", "identified"]


def test_a_letter_for_several_is_not_left_in_the_system(world):
    one, other = drafted(world), drafted(world, subject=JIRO)
    together(world, one, other)
    with world.house.work(world.officer) as work, pytest.raises(Forbidden, match="letter:joint_by_post"):
        lettering.give_by_download(work, one, work.inquiry(one).version)


def test_only_letters_to_the_same_person_are_joined(world):
    one = drafted(world)
    elsewhere = drafted(world, subject=JIRO, inquirer=Inquirer(CHIYODA, "高齢介護課", "別の 担当"))
    unprepared = stages.found(
        world, Finding.ONE, subject=JIRO, channel=Channel.LETTER, needed_by=world.clock.now.date(), procedure="SEIHO"
    )
    with world.house.reading(world.officer) as work:
        assert lettering.together_with(work, work.inquiry(one)) == []
    for other in (elsewhere, unprepared):
        with pytest.raises(Forbidden, match="letter:other_addressee"):
            together(world, one, other)
    with pytest.raises(InvalidValue, match="letter:nothing_together"):
        together(world, one)


def test_nobody_else_s_inquiry_is_joined(world):
    one = drafted(world)
    theirs = stages.filed(world, insurer_id=world.branch_id)
    with pytest.raises(InquiryError):
        together(world, one, theirs)


def test_the_letter_no_longer_stands_once_one_of_its_answers_is_taken_back(world):
    one, other = drafted(world), drafted(world, subject=JIRO)
    together(world, one, other)
    posted(world, one)
    letter = content(world, one)
    assert verifying.by_file(world.house, "192.0.2.1", letter).standing is verifying.Standing.GENUINE
    with world.house.work(world.officer) as work:
        correcting.retract(work, other, work.inquiry(other).version, cause=Cause.WRONG_CONTENT, reason="誤り")
    assert verifying.by_file(world.house, "192.0.2.1", letter).standing is verifying.Standing.WITHDRAWN
    assert states(world, one, other) == ["answered", "identified"]


def print_run(world, inquiry_id):
    run_id = runs.made(world, [inquiry_id])
    return lambda: runs.read(world, run_id)


# What takes several inquiries at once, begun from the page of the younger one or from a run.
TAKING_SEVERAL = {
    "printed together": lambda world, younger, older: lambda: together(world, younger, older),
    "looked at": lambda world, younger, _: lambda: content(world, younger),
    "posted": lambda world, younger, _: lambda: posted(world, younger),
    "printed for posting": lambda world, younger, _: print_run(world, younger),
}


@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
@pytest.mark.parametrize("taken", TAKING_SEVERAL)
def test_whoever_takes_the_older_inquiry_first_and_a_letter_never_wait_for_each_other(world, taken):
    older = drafted(world)
    world.clock.forward(minutes=1)
    younger = drafted(world, subject=JIRO)
    together(world, younger, older)
    take = TAKING_SEVERAL[taken](world, younger, older)
    with ThreadPoolExecutor(1) as pool:
        with world.house.work(world.officer) as work:
            work.inquiry(older)
            taking = pool.submit(take)
            wait_until_somebody_waits(world)
            work.inquiry(younger)
        taking.result(PATIENCE)
