"""Two people write the next version of one thing at the same moment: one is in, the other is told who was first."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time as clock

import pytest
from sqlalchemy import Integer, PrimaryKeyConstraint, UniqueConstraint, insert, text
from sqlalchemy.exc import IntegrityError

from inquiry.directory.amendments import Waits
from inquiry.directory.difficulty_rules import STANDARD, DifficultyRules
from inquiry.directory.insurers import InsurerKind
from inquiry.documents.letter import LetterKind
from inquiry.documents.phrases import Phrases
from inquiry.domain.errors import Superseded
from inquiry.domain.four_eyes import Requirement, Rule
from inquiry.domain.locked_file import FileKind, PasswordStyle
from inquiry.domain.parties import Actor
from inquiry.store.insurers import contact_in_force
from inquiry.store.paperwork import FormKey
from inquiry.store.tables import metadata
from inquiry.store.versions import VERSIONED
from inquiry.workflow import (
    amending,
    contacts,
    difficult_drafting,
    difficulty_rules,
    enacting,
    entering,
    escalation_rules,
    file_settings,
    four_eyes,
    letterheads,
    matching_rules,
    municipalities,
    timetables,
    wordings,
)
from inquiry.workflow.escalation_rules import FOUNDING
from inquiry.workflow.work import Work
from tests.world import CHIYODA, World, desk

pytestmark = pytest.mark.postgres
NEW_DESK = desk("06139992", InsurerKind.SOCIETY, "あたらしい健康保険組合", "アタラシイケンコウホケンクミアイ")


@pytest.fixture
def database_url(postgres_url):
    """SQLite lets one write at a time; PostgreSQL lets both begin."""
    return postgres_url


def changes_the_desk(work: Work, world: World) -> None:
    entry = contact_in_force(work.session, world.insurer_id)
    row = replace(contacts.row_of(entry, work.today), section=f"{work.actor.display_name}の係")
    ground = amending.Ground(evidence="届出", seen_on=work.today)
    enacting.enact_if_ready(work, amending.amend_desk(work, amending.DeskEntry(row), ground, version=1))


def changes_the_main_line(work: Work, _world: World) -> None:
    page = "https://www.example.lg.jp/"
    entry = municipalities.MainLineEntry(
        "03-0000-0001", page, work.today, address=work.actor.display_name, mail_domain="example.lg.jp"
    )
    enacting.enact_if_ready(work, amending.amend_place(work, CHIYODA, entry, version=2))


def sets_hours(work: Work, owner: str) -> None:
    hours = timetables.held(work, owner).setting.hours
    timetables.set_hours(work, owner, replace(hours, opens=clock(8, 45)), number=0)


# What two people write at once, and who they are: both read the version that stood.
WRITTEN: dict[str, tuple[str, Callable[[Work, World], object]]] = {
    "contact_entry": ("pmo", changes_the_desk),
    "municipality": ("pmo", changes_the_main_line),
    "insurer_number": ("pmo", lambda work, _: entering.enter(work, [NEW_DESK])),
    "directory_rule": ("pmo", lambda work, _: enacting.set_waits(work, Waits(cooling_days=5), number=0)),
    "difficult_edition": ("pmo", lambda work, _: difficult_drafting.begin(work)),
    "difficulty_rules": (
        "pmo",
        lambda work, _: difficulty_rules.change(work, DifficultyRules(STANDARD), number=0, reason="四半期の見直し"),
    ),
    "escalation_rules": (
        "pmo",
        lambda work, _: escalation_rules.change(work, FOUNDING, number=0, reason="見直し"),
    ),
    "timetable of everybody": ("pmo", lambda work, _: sets_hours(work, timetables.EVERYBODY)),
    "timetable": ("pmo", lambda work, world: sets_hours(work, world.insurer_id)),
    "file_setting": (
        "officer",
        lambda work, _: file_settings.change(
            work, file_settings.Settings(FileKind.PDF, PasswordStyle.DIGITS), number=0
        ),
    ),
    "four_eyes_edition": (
        "officer",
        lambda work, _: four_eyes.change(work, Rule(Requirement.ALWAYS), substitute_id="", number=0),
    ),
    "letter_wording": (
        "officer",
        lambda work, _: wordings.save(work, LetterKind.ANSWER, Phrases("件名", "本文です。", ""), version=0),
    ),
    "matching_rules": (
        "officer",
        lambda work, _: matching_rules.change(work, matching_rules.Settings(namesakes_allowed=2), number=0),
    ),
    "office_letterhead": ("officer", lambda work, _: letterheads.change(work, letterheads.Stationery(mark="み健発"))),
}
SEQUENCED = {"file_template"}  # the second waits for the first and takes the next number
PATIENCE_SECONDS = 20


def pairs(world: World, whose: str) -> tuple[Actor, Actor]:
    """Return two people who may both write."""
    if whose == "pmo":
        return world.pmo, world.other_pmo
    return world.supervisor, replace(world.officer, is_supervisor=True)


def wait_until_somebody_waits(world: World) -> None:
    """Return once another connection of the database waits for a lock."""
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        with world.house.engine.connect() as connection:
            if connection.scalar(waiting):
                return
        time.sleep(0.02)
    pytest.fail("nobody waits: the second did not meet the first")


@pytest.mark.parametrize("what", WRITTEN)
def test_of_two_who_write_at_once_the_second_is_told_who_was_first(world, what):
    whose, write = WRITTEN[what]
    first, second = pairs(world, whose)

    def write_as_second() -> None:
        with world.house.work(second) as work:
            write(work, world)

    with ThreadPoolExecutor(1) as pool:
        with world.house.work(first) as work:
            write(work, world)
            work.session.flush()
            outcome = pool.submit(write_as_second)
            wait_until_somebody_waits(world)
        error = outcome.exception(PATIENCE_SECONDS)
    assert isinstance(error, Superseded), error
    assert error.by in (first.display_name, "")
    assert bool(error.by) is (what not in UNNAMED)


# Of these no table keeps who wrote them; the ledger does.
UNNAMED = {"insurer_number", "directory_rule", "file_setting", "office_letterhead"}


def test_every_key_of_versions_is_known_or_something_else():
    keys = {
        table.name
        for table in metadata.tables.values()
        for key in [*table.constraints, *table.indexes]
        if isinstance(key, (PrimaryKeyConstraint, UniqueConstraint)) or getattr(key, "unique", False)
        for column in key.columns
        if column.name in ("number", "version") and isinstance(column.type, Integer)
    }
    assert keys - VERSIONED == {"roll"}  # its number comes from the database
    assert {what.split()[0] for what in WRITTEN} | SEQUENCED >= VERSIONED


def write_one_key_twice(world: World) -> None:
    with world.house.work(world.pmo) as work:
        row = {"key": "a key", "account_id": world.pmo.account_id, "accepted_at": work.now, "outcome": ""}
        for _ in range(2):
            work.session.execute(insert(FormKey).values(row))


def test_what_breaks_another_key_is_no_matter_of_versions(world):
    with pytest.raises(IntegrityError):
        write_one_key_twice(world)
