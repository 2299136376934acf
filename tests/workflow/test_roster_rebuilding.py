"""Rebuilding: after a rotation or a new version of the forms everybody is found again, and the old key can go."""

from dataclasses import replace

import pytest
from sqlalchemy import select, update

from inquiry.domain.errors import Forbidden, NotFound, Superseded
from inquiry.matching import keys
from inquiry.security.keyring import KeyRing
from inquiry.security.sealing import Sealer
from inquiry.store.rosters import Roll, RosterGeneration
from inquiry.workflow import roster_rebuilding
from inquiry.workflow.roster_comparing import Consent
from inquiry.workflow.roster_rebuilding import needing_rebuild, rebuild
from tests.workflow.roster_table import (
    back,
    changed,
    found,
    imported,
    loaded,
    person,
    roll_tables,
    row,
    somebody,
    stages,
    switched,
    table,
)

ANYWAY = Consent(allows_vanishing=True, allows_opening=True)
OLD, NEW = bytes(range(32)), bytes(range(1, 33))


def with_ring(world, current, **roots):
    ring = KeyRing(current, {int(name.removeprefix("root")): root for name, root in roots.items()})
    world.house = replace(world.house, sealer=Sealer(ring))


def rebuilt(world):
    return rebuild(world.house, world.operator, world.insurer_id, progress=lambda _done: None)


def rotate(world):
    with_ring(world, 2, root1=OLD, root2=NEW)


def test_after_a_rotation_a_rebuild_makes_everybody_findable_without_the_old_key(world):
    imported(world, row(), *map(somebody, range(30)))
    assert needing_rebuild(world.house) == []
    rotate(world)
    assert needing_rebuild(world.house) == [world.insurer_id]
    assert found(world) == ("one", "1001"), "under its older key the roster is looked up as before"
    before = person(world)
    assert rebuilt(world) == 31
    assert needing_rebuild(world.house) == []
    with_ring(world, 2, root2=NEW)
    assert found(world) == ("one", "1001")
    assert person(world) == before


def test_no_roster_under_the_old_key_is_left_to_be_put_back(world):
    imported(world, row())
    previous = imported(world, row())
    imported(world, row())
    rotate(world)
    rebuilt(world)
    assert [stage for stage, _ in stages(world)] == ["active", "ended", "ended", "ended"]
    assert len(roll_tables(world)) == 2
    with pytest.raises(NotFound):
        back(world, previous, ANYWAY)


def test_between_rotation_and_rebuild_a_new_roster_is_still_compared_with_the_one_in_force(world):
    imported(world, *map(somebody, range(30)))
    rotate(world)
    switched(world, loaded(world, table(*map(somebody, range(29)))), Consent())
    assert stages(world)[0] == ("active", 29)
    changed(world, ("追加", row()))
    assert found(world) == ("one", "1001")
    assert rebuilt(world) == 30
    switched(world, loaded(world, table(*map(somebody, range(29)))), Consent())


def test_a_roster_made_by_other_forms_finds_nobody_until_it_is_rebuilt(world, monkeypatch):
    imported(world, row())
    monkeypatch.setattr(keys, "VERSION", "newer")
    with pytest.raises(Forbidden, match="rebuild_needed"):
        found(world)
    assert needing_rebuild(world.house) == [world.insurer_id]
    rebuilt(world)
    assert found(world) == ("one", "1001")


def test_a_roster_made_by_other_forms_is_not_put_back(world):
    first = imported(world, row())
    imported(world, row("2002"))
    with world.house.engine.begin() as connection:
        number = connection.scalar(select(RosterGeneration.roll_number).where(RosterGeneration.id == first))
        connection.execute(update(Roll).where(Roll.number == number).values(forms="older"))
    with pytest.raises(Forbidden, match="made_before_update"):
        back(world, first, ANYWAY)
    assert found(world) == ("one", "2002")


def test_no_roster_is_loaded_beside_one_of_other_forms_until_that_is_rebuilt(world, monkeypatch):
    imported(world, row())
    monkeypatch.setattr(keys, "VERSION", "newer")
    with pytest.raises(Forbidden, match="rebuild_needed"):
        loaded(world, table(row("2002")))
    assert stages(world) == [("active", 1)]
    rebuilt(world)
    imported(world, row("2002"))
    assert found(world) == ("one", "2002")


def test_a_rebuild_of_a_roster_that_somebody_replaced_meanwhile_is_given_up(world, monkeypatch):
    first = imported(world, row("1001"))
    imported(world, row("2002"))
    monkeypatch.setattr(roster_rebuilding, "_resealed", _putting_back(world, first, roster_rebuilding._resealed))
    with pytest.raises(Superseded):
        rebuilt(world)
    assert found(world) == ("one", "1001")
    assert stages(world)[0][0] == "discarded"
    assert len(roll_tables(world)) == 4


def _putting_back(world, generation_id, go_on):
    """Return the rebuilding of people, with somebody who puts the roster before back when it is done."""

    def go(*arguments, **more):
        persons = go_on(*arguments, **more)
        back(world, generation_id, ANYWAY)
        return persons

    return go


def test_without_a_roster_there_is_nothing_to_rebuild(world):
    with pytest.raises(NotFound, match="no_roster"):
        rebuilt(world)
    assert needing_rebuild(world.house) == []
