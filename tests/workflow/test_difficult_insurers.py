"""memo 3(1): what the list says on a day, and when it last came to say something else."""

from datetime import date, timedelta

import pytest

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.domain.errors import InvalidValue, NotFound
from inquiry.workflow import difficult_drafting, difficult_insurers
from inquiry.workflow.difficult_drafting import Listing
from inquiry.workflow.difficult_insurers import Standing
from inquiry.workflow.work import JST

FROM, UNTIL = date(2026, 11, 26), date(2026, 11, 27)
TODAY = date(2026, 11, 25)


def listing(insurer_id, **changes):
    return Listing(**{
        "insurer_id": insurer_id, "scope": Scope.ALL, "category": Category.ATTACHMENTS_NEEDED,
        "from_on": FROM, "until_on": UNTIL, **changes,
    })  # fmt: skip


#  days after 11/25   listed  last changed (midnight in Japan, or when it was published)
CALENDAR = [
    (0, 0, Standing.COMING, 25),
    (1, 1, Standing.HOLDS, 26),
    (2, 1, Standing.HOLDS, 26),
    (3, 0, Standing.ENDED, 28),
]


@pytest.mark.parametrize(("days", "listed", "standing", "changed_on"), CALENDAR)
def test_an_entry_holds_from_its_first_to_its_last_day(world, days, listed, standing, changed_on):
    world.publish_list(listing(world.insurer_id))
    world.clock.now += timedelta(days=days)
    with world.house.reading() as work:
        published = difficult_insurers.published(work)
        entry = difficult_insurers.every_edition(work)[0].lines[0].entry
        assert (len(published.lines), difficult_insurers.standing(entry, work.today)) == (listed, standing)
    assert published.changed_at.astimezone(JST).day == changed_on


def test_an_empty_list_has_said_the_same_since_the_memo(world):
    with world.house.reading() as work:
        published = difficult_insurers.published(work)
    assert (published.number, published.lines, published.changed_at.year) == (0, [], 2017)


def said_on(work, day):
    return [line.entry.insurer_id for line in difficult_insurers.published(work, day).lines]


def test_a_version_is_the_list_from_its_day_of_publication(world):
    world.publish_list(listing(world.insurer_id, from_on=TODAY, until_on=None))
    with world.house.work(world.pmo) as work:
        edition = difficult_drafting.begin(work)
        difficult_drafting.remove(work, edition.lines[0].entry_id, edition.version)
    with world.house.work(world.other_pmo) as work:
        difficult_drafting.publish(work, edition.version, on=FROM)
    with world.house.reading() as work:
        assert said_on(work, TODAY - timedelta(days=1)) == []
        assert said_on(work, TODAY) == [world.insurer_id]
        assert said_on(work, FROM) == []


def test_what_changed_since_an_earlier_day_is_told(world):
    world.publish_list(
        listing(world.insurer_id, from_on=TODAY, until_on=None),
        listing(world.branch_id, scope=Scope.DEPENDANTS_ONLY, from_on=TODAY, until_on=UNTIL),
    )
    world.clock.now += timedelta(days=3)
    with world.house.work(world.pmo) as work:
        edition = difficult_drafting.begin(work)
        line = next(line for line in edition.lines if line.entry.insurer_id == world.insurer_id)
        ends = listing(world.insurer_id, from_on=TODAY, until_on=date(2026, 12, 31))
        difficult_drafting.change(work, line.entry_id, edition.version, ends)
    with world.house.work(world.other_pmo) as work:
        difficult_drafting.publish(work, edition.version, on=work.today)
    with world.house.reading() as work:
        changes = difficult_insurers.changes_since(work, TODAY)
        assert [line.entry.insurer_id for line in changes.ended] == [world.branch_id]
        assert [(old.entry.until_on, new.entry.until_on) for old, new in changes.changed] == [
            (None, date(2026, 12, 31))
        ]
        assert changes.added == []
        from_nothing = difficult_insurers.changes_since(work, TODAY - timedelta(days=1))
        assert [line.entry.insurer_id for line in from_nothing.added] == [world.insurer_id]
        assert not difficult_insurers.changes_since(work, work.today)
        with pytest.raises(InvalidValue, match="since_ahead"):
            difficult_insurers.changes_since(work, work.today + timedelta(days=1))


def test_an_unpublished_version_is_not_there(world):
    with world.house.work(world.pmo) as work:
        difficult_drafting.begin(work)
    with pytest.raises(NotFound), world.house.reading() as work:
        difficult_insurers.edition_of(work, 1)
