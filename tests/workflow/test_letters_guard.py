"""No letter is kept on whose pages a My Number meets that no text of it holds alone, whichever way it is made."""

import pytest
from sqlalchemy import func, select, update

from inquiry.domain.errors import MyNumberFound
from inquiry.domain.findings import Finding
from inquiry.domain.reply import Channel
from inquiry.store.inquiries import Inquiry
from inquiry.store.insurers import ContactEntry
from inquiry.store.issuing import IssuedLetter
from inquiry.store.letter_runs import Outcome
from inquiry.store.letters import WrittenLetter
from inquiry.store.municipalities import Municipality
from inquiry.store.paperwork import NumberSeries
from inquiry.workflow import confirming, lettering, locking, writing
from tests.web import stages
from tests.workflow.runs import made, outcomes, prepared_letter, retract

pytestmark = pytest.mark.documents


def let_numbers_meet(world):
    """Both offices sign with an address that ends as the next line of their letters begins."""
    with world.house.engine.begin() as connection:
        connection.execute(update(ContactEntry).values(address="東京都みほん 1234-5678", department="9018"))
        connection.execute(update(Municipality).values(address="東京都みほん 1234-5678"))
        connection.execute(update(Inquiry).values(section="9018"))


def kept(world):
    """Count what making a letter would have written: letters, proofs and numbers."""
    with world.house.reading() as work:
        counts = [
            work.session.scalar(select(func.count()).select_from(table)) for table in (IssuedLetter, WrittenLetter)
        ]
        return [*counts, work.session.scalar(select(func.sum(NumberSeries.last)))]


def announced(world):
    inquiry_id = stages.confirmed(world)
    with world.house.work(world.officer) as work:
        expected = world.clock.now.replace(hour=7, minute=30)
        version = work.inquiry(inquiry_id).version
        confirming.announce_delay(work, inquiry_id, version, expected_at=expected, reason="事業所に確認中")
    return inquiry_id


def taken_back(world):
    inquiry_id = stages.answered_by_letter(world)
    retract(world, inquiry_id)
    return inquiry_id


def late(world):
    inquiry_id = stages.filed(world)
    world.clock.forward(days=1)
    return inquiry_id


def two_answers(world):
    first, _second = (prepared_letter(world) for _ in range(2))
    return first


def several(world):
    return stages.found(world, Finding.SEVERAL)


def answer_in_a_file(world):
    inquiry_id = stages.found(world, Finding.ONE, channel=Channel.FILE)
    stages.prepare(world, inquiry_id, Channel.FILE)
    return inquiry_id


def with_version(use_case):
    return lambda work, inquiry_id: use_case(work, inquiry_id, work.inquiry(inquiry_id).version)


def share(work, inquiry_id):
    inquiry = work.inquiry(inquiry_id)
    others = [each.id for each in lettering.together_with(work, inquiry)]
    lettering.release_together(work, inquiry_id, inquiry.version, others)


def lock(kind):
    return lambda work, inquiry_id: locking.make_file(work, inquiry_id, work.inquiry(inquiry_id).version, kind=kind)


@pytest.mark.parametrize(
    ("stage", "who", "make"),
    [
        (prepared_letter, "officer", with_version(lettering.release)),
        (two_answers, "officer", share),
        (several, "officer", with_version(lettering.print_question)),
        (announced, "officer", writing.announce_delay),
        (taken_back, "officer", writing.apologise),
        (answer_in_a_file, "officer", lock(locking.FileKind.PDF)),
        (stages.filed, "clerk", writing.print_sheet),
        (late, "clerk", writing.remind_insurer),
        (late, "clerk", writing.report_to_ministry),
        (late, "clerk", writing.report_to_pmo),
    ],
    ids=["answer", "joint", "question", "delay", "apology", "file", "sheet", "reminder", "ministry", "pmo"],
)
def test_a_number_that_meets_in_print_stops_the_letter_and_nothing_is_kept(world, stage, who, make):
    inquiry_id = stage(world)
    let_numbers_meet(world)
    before = kept(world)
    with pytest.raises(MyNumberFound) as refusal, world.house.work(getattr(world, who)) as work:
        make(work, inquiry_id)
    assert refusal.value.field == "document"
    assert kept(world) == before


def test_a_run_keeps_such_a_letter_back_with_the_reason(world):
    inquiry_id = prepared_letter(world)
    let_numbers_meet(world)
    assert outcomes(world, made(world, [inquiry_id])) == [(Outcome.REFUSED, "my_number:found")]
