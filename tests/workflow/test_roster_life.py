"""The stages of an import as docs/architecture.md draws them are those that it goes through, and no others."""

import re
from contextlib import contextmanager

import pytest
from sqlalchemy import event

from inquiry.store.rosters import OVER, RosterGeneration, Stage
from inquiry.workflow import roster_loading
from inquiry.workflow.roster_clearing import clear, is_clear
from inquiry.workflow.roster_comparing import Consent
from inquiry.workflow.roster_rebuilding import rebuild
from inquiry.workflow.roster_switching import discard, remove
from tests.workflow.roster_table import back, changed, imported, loaded, row, somebody, stages, table
from tests.world import ROOT

ANYWAY = Consent(allows_vanishing=True, allows_opening=True, allows_others=True)
NOWHERE = "[*]"


def drawn():
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    (diagram,) = re.findall(r"```mermaid\n(.*?)```", text, re.DOTALL)
    return set(re.findall(r"(\S+) --> (\S+):", diagram))


@contextmanager
def observed():
    """Yield the set of arrows that imports go along meanwhile."""
    gone = set()

    def moved(_generation, to, come_from, _initiator):
        if to != come_from:
            gone.add((str(come_from) if isinstance(come_from, str) else NOWHERE, str(to)))

    event.listen(RosterGeneration.stage, "set", moved)
    try:
        yield gone
    finally:
        event.remove(RosterGeneration.stage, "set", moved)


def broken_off(world, monkeypatch):
    def power_cut(*_arguments):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(roster_loading, "sealed_batch", power_cut)
        with pytest.raises(KeyboardInterrupt):
            loaded(world, table(row()))


def given_up(world):
    generation_id = loaded(world, table(row()))
    with world.house.work(world.operator) as work:
        discard(work, world.insurer_id, generation_id)


def removed(world):
    with world.house.work(world.operator) as work:
        remove(work, world.insurer_id)
    clear(world.house, world.operator, world.insurer_id)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_an_import_goes_along_every_arrow_that_is_drawn_and_no_other(world, monkeypatch):
    with observed() as gone:
        first = imported(world, row("1001"))
        imported(world, row("2002"))
        back(world, first, ANYWAY)
        broken_off(world, monkeypatch)
        given_up(world)
        imported(world, row("3003"))
        changed(world, ("追加", somebody(1)))
        loaded(world, table(row("4004")))
        rebuild(world.house, world.operator, world.insurer_id, progress=lambda _done: None)
        imported(world, row("5005"))
        removed(world)
    assert gone == {(come_from, to) for come_from, to in drawn() if to != NOWHERE}
    assert {come_from for come_from, to in drawn() if to == NOWHERE} == set(OVER)
    assert {stage for arrow in drawn() for stage in arrow} - {NOWHERE} == set(Stage)
    assert {stage for stage, _ in stages(world)} == set(OVER)
    with world.house.reading() as work:
        assert is_clear(work, world.insurer_id)
