"""memo 3(1): what the list says today, and when it last came to say something else."""

from datetime import date, timedelta

import pytest

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.domain.errors import Forbidden, InvalidValue, NotFound, Superseded
from inquiry.workflow import difficult_insurers
from inquiry.workflow.difficult_insurers import Listing, Standing
from inquiry.workflow.work import JST

FROM, UNTIL = date(2026, 11, 26), date(2026, 11, 27)


def listing(world, **changes):
    return Listing(**{
        "insurer_id": world.insurer_id, "scope": Scope.ALL, "category": Category.ATTACHMENTS_NEEDED,
        "from_on": FROM, "until_on": UNTIL, **changes,
    })  # fmt: skip


@pytest.fixture
def entry(world):
    with world.house.work(world.pmo) as work:
        return difficult_insurers.add(work, listing(world))


#  days after 11/25   listed  last changed (midnight in Japan, or when it was written)
CALENDAR = [
    (0, 0, Standing.COMING, 25),
    (1, 1, Standing.HOLDS, 26),
    (2, 1, Standing.HOLDS, 26),
    (3, 0, Standing.ENDED, 28),
]


@pytest.mark.parametrize(("days", "listed", "standing", "changed_on"), CALENDAR)
def test_an_entry_holds_from_its_first_to_its_last_day(world, entry, days, listed, standing, changed_on):
    world.clock.now += timedelta(days=days)
    with world.house.reading() as work:
        published = difficult_insurers.published(work)
        assert (len(published.entries), difficult_insurers.standing(work, entry)) == (listed, standing)
    assert published.changed_at.astimezone(JST).day == changed_on


def test_an_insurer_is_listed_once_at_a_time(world, entry):
    with pytest.raises(InvalidValue, match="listed_already"), world.house.work(world.pmo) as work:
        difficult_insurers.add(work, listing(world, from_on=UNTIL, until_on=None))
    with world.house.work(world.pmo) as work:
        difficult_insurers.add(work, listing(world, from_on=UNTIL + timedelta(days=1), until_on=None))


def test_the_second_who_changes_an_entry_is_told_who_was_first(world, entry):
    with world.house.work(world.pmo) as work:
        difficult_insurers.change(work, entry.id, 1, listing(world, until_on=None))
    with pytest.raises(Superseded) as caught, world.house.work(world.pmo) as work:
        difficult_insurers.change(work, entry.id, 1, listing(world))
    assert caught.value.by == "pmo の担当"


def test_an_entry_keeps_its_insurer(world, entry):
    with pytest.raises(NotFound), world.house.work(world.pmo) as work:
        difficult_insurers.change(work, entry.id, 1, listing(world, insurer_id=world.branch_id))


NUMBERS = [("138057", Forbidden), ("39131008", InvalidValue), ("06130018", InvalidValue), ("abc", InvalidValue)]


@pytest.mark.parametrize(("number", "refusal"), NUMBERS)
def test_only_an_insurer_of_the_contact_list_is_listed(world, number, refusal):
    with pytest.raises(refusal), world.house.reading() as work:
        difficult_insurers.insurer_to_list(work, number)
