"""memo 3(1): the next version of the list is drafted by one person and published by another."""

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.store.difficult_insurers import DifficultEntry
from inquiry.workflow import difficult_drafting, difficult_insurers, filing
from tests.workflow.test_difficult_insurers import FROM, TODAY, UNTIL, listing


@pytest.fixture
def drafted(world):
    """A draft with one entry, written by one of the PMO."""
    with world.house.work(world.pmo) as work:
        difficult_drafting.begin(work)
        return difficult_drafting.add(work, listing(world.insurer_id))


def version(world):
    with world.house.reading() as work:
        return difficult_drafting.draft_of(work).version


def publish(world, by, *, on=TODAY):
    seen = version(world)
    with world.house.work(by) as work:
        return difficult_drafting.publish(work, seen, on=on)


def entries(world):
    with world.house.reading() as work:
        return work.session.scalar(select(func.count()).select_from(DifficultEntry))


def test_nobody_publishes_what_they_wrote(world, drafted):
    with pytest.raises(Forbidden, match="second_person"):
        publish(world, world.pmo)
    assert publish(world, world.other_pmo).number == 1


def test_whoever_corrects_a_draft_is_one_of_its_authors(world, drafted):
    with world.house.work(world.other_pmo) as work:
        difficult_drafting.change(work, drafted.id, 2, listing(world.insurer_id, until_on=None))
    for person in (world.pmo, world.other_pmo):
        with pytest.raises(Forbidden, match="second_person"):
            publish(world, person)


def test_what_was_changed_since_it_was_looked_at_is_not_published(world, drafted):
    seen = version(world)
    with world.house.work(world.pmo) as work:
        difficult_drafting.add(work, listing(world.insurer_id, from_on=date(2027, 4, 1), until_on=None))
    with pytest.raises(Superseded) as caught, world.house.work(world.other_pmo) as work:
        difficult_drafting.publish(work, seen, on=TODAY)
    assert caught.value.by == "pmo の担当"


def test_a_published_version_never_changes(world, drafted):
    publish(world, world.other_pmo)
    for deed in (
        lambda work: difficult_drafting.change(work, drafted.id, 2, listing(world.insurer_id)),
        lambda work: difficult_drafting.remove(work, drafted.id, 2),
        lambda work: difficult_drafting.add(work, listing(world.branch_id)),
        lambda work: difficult_drafting.publish(work, 2, on=TODAY),
        lambda work: difficult_drafting.discard(work, 2),
    ):
        with pytest.raises(NotFound, match="no_draft"), world.house.work(world.pmo) as work:
            deed(work)


def test_a_line_that_nobody_touched_is_the_same_entry_in_the_next_version(world, drafted):
    publish(world, world.other_pmo)
    with world.house.work(world.pmo) as work:
        edition = difficult_drafting.begin(work)
        assert [line.entry_id for line in edition.lines] == [drafted.id]
        difficult_drafting.change(work, drafted.id, edition.version, listing(world.insurer_id, until_on=None))
    with world.house.reading() as work:
        assert [line.entry_id for line in difficult_insurers.edition_of(work, 1).lines] == [drafted.id]
        assert difficult_drafting.changes_of(work, difficult_drafting.draft_of(work)).changed


def test_an_inquiry_keeps_the_entry_it_was_filed_under(world):
    world.publish_list(listing(world.insurer_id, from_on=TODAY, until_on=None))
    with world.house.work(world.clerk) as work:
        inquiry = filing.file(work, world.filing(reason="L01", error_at=None))
    with world.house.work(world.pmo) as work:
        edition = difficult_drafting.begin(work)
        difficult_drafting.change(work, inquiry.difficult_entry_id, edition.version, listing(world.insurer_id))
    publish(world, world.other_pmo)
    with world.house.reading() as work:
        assert work.session.get(DifficultEntry, inquiry.difficult_entry_id).until_on is None


def test_there_is_one_draft_at_a_time(world, drafted):
    with pytest.raises(Forbidden, match="draft_begun"), world.house.work(world.other_pmo) as work:
        difficult_drafting.begin(work)


def test_a_discarded_draft_leaves_nothing_behind(world, drafted):
    with world.house.work(world.pmo) as work:
        difficult_drafting.discard(work, 2)
    assert entries(world) == 0
    with world.house.work(world.pmo) as work:
        assert difficult_drafting.begin(work).number == 1


def test_an_entry_that_was_never_published_goes_with_its_line(world, drafted):
    with world.house.work(world.pmo) as work:
        difficult_drafting.change(work, drafted.id, 2, listing(world.insurer_id, until_on=None))
    assert entries(world) == 1


DAYS = [
    (TODAY - timedelta(days=1), "publication_past"),
    (TODAY, "publication_before_latest"),
    (FROM, ""),
]


@pytest.mark.parametrize(("day", "refusal"), DAYS)
def test_a_version_is_published_for_a_day_from_today_on_and_not_before_the_last_one(world, drafted, day, refusal):
    publish(world, world.other_pmo, on=FROM)
    with world.house.work(world.pmo) as work:
        difficult_drafting.begin(work)
    if not refusal:
        assert publish(world, world.other_pmo, on=day).published_on == day
        return
    with pytest.raises(InvalidValue, match=refusal):
        publish(world, world.other_pmo, on=day)


def test_an_insurer_is_listed_once_at_a_time(world, drafted):
    with pytest.raises(InvalidValue, match="listed_already"), world.house.work(world.pmo) as work:
        difficult_drafting.add(work, listing(world.insurer_id, from_on=UNTIL, until_on=None))
    with world.house.work(world.pmo) as work:
        after = listing(world.insurer_id, from_on=UNTIL + timedelta(days=1), until_on=None)
        difficult_drafting.add(work, after)


def test_the_second_who_changes_a_draft_is_told_who_was_first(world, drafted):
    with world.house.work(world.other_pmo) as work:
        difficult_drafting.change(work, drafted.id, 2, listing(world.insurer_id, until_on=None))
    with pytest.raises(Superseded) as caught, world.house.work(world.pmo) as work:
        difficult_drafting.remove(work, drafted.id, 2)
    assert caught.value.by == "other_pmo の担当"


def test_an_entry_keeps_its_insurer(world, drafted):
    with pytest.raises(NotFound), world.house.work(world.pmo) as work:
        difficult_drafting.change(work, drafted.id, 2, listing(world.branch_id))


NUMBERS = [("138057", Forbidden), ("39131008", InvalidValue), ("06130018", InvalidValue), ("abc", InvalidValue)]


@pytest.mark.parametrize(("number", "refusal"), NUMBERS)
def test_only_an_insurer_of_the_contact_list_is_listed(world, number, refusal):
    with pytest.raises(refusal), world.house.reading() as work:
        difficult_drafting.insurer_to_list(work, number)
