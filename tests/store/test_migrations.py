"""The schema: what the migrations make is what the tables say, and the way back is open."""

from dataclasses import replace
from datetime import date

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, select, update

from inquiry.directory.difficult_insurers import Category, Scope
from inquiry.domain.errors import Forbidden
from inquiry.domain.findings import Finding
from inquiry.domain.four_eyes import Requirement, Rule
from inquiry.domain.reply import Channel
from inquiry.store import schema
from inquiry.store.answering import Answer
from inquiry.store.engine import connect
from inquiry.store.inquiries import Inquiry, desk_of
from inquiry.store.letter_runs import Outcome
from inquiry.store.rosters import RosterGeneration, active_generation, uncleared
from inquiry.store.tables import metadata
from inquiry.workflow import (
    adding,
    amending,
    contacts,
    difficult_insurers,
    enacting,
    filing,
    four_eyes,
    releasing,
    suspicions,
)
from inquiry.workflow.difficult_drafting import Listing
from tests.web import stages
from tests.workflow import runs
from tests.world import BRANCH, ROOT, SOCIETY, found, member, open_house

MIGRATIONS = ROOT / "migrations"


@pytest.fixture
def engine(database_url):
    opened = connect(database_url)
    yield opened
    opened.dispose()


def test_the_migrations_make_what_the_tables_say(engine):
    schema.upgrade(engine, MIGRATIONS)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_every_column_that_could_hold_a_person_is_sealed_or_named_as_heard():
    # There is no column for a name, a birth date or a sex of anybody asked about, and none for a My Number.
    columns = {f"{table.name}.{column.name}" for table in metadata.tables.values() for column in table.columns}
    suspicious = [name for name in columns if any(word in name for word in ("birth", "born", "sex", "my_number"))]
    assert suspicious == []


def test_up_down_and_up_again_on_a_database_in_use(engine):
    schema.upgrade(engine, MIGRATIONS)
    world = found(*open_house(engine))
    with world.house.work(world.clerk) as work:
        filing.file(work, world.filing(note="絵文字🎌と、とても長い行" * 200))
    schema.downgrade(engine, MIGRATIONS, "base")
    assert set(inspect(engine).get_table_names()) <= {"alembic_version"}
    schema.upgrade(engine, MIGRATIONS)
    assert set(inspect(engine).get_table_names()) >= set(metadata.tables)


def test_the_list_that_stood_becomes_its_first_version(engine):
    schema.upgrade(engine, MIGRATIONS)
    world = found(*open_house(engine))
    world.publish_list(
        Listing(world.insurer_id, Scope.ALL, Category.ATTACHMENTS_NEEDED, date(2026, 4, 1)),
        Listing(world.branch_id, Scope.DEPENDANTS_ONLY, Category.VACCINATION, date(2026, 4, 1)),
    )
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE insurer SET name = '長い名称の健康保険組合' || name")
    schema.downgrade(engine, MIGRATIONS, "0007")
    schema.upgrade(engine, MIGRATIONS)
    with world.house.reading() as work:
        published = difficult_insurers.published(work)
        assert published.number == 1
        assert {line.insurer_number for line in published.lines} == {BRANCH, SOCIETY}
        assert all(line.insurer_name.startswith("長い名称") for line in published.lines)


def test_an_addition_on_its_way_is_let_go_of_on_the_way_back_and_what_it_added_stays(engine):
    schema.upgrade(engine, MIGRATIONS)
    world = found(*open_house(engine))
    row = replace(contacts_row(world), desk_name="支部", telephone="0300001235", periods=())
    newcomer = replace(row, insurer_number="06139992", name="あたらしい健保", desk_name="")
    ground = amending.Ground("届出", seen_on=date(2026, 11, 24))
    with world.house.work(world.pmo) as work:
        _further, added = (adding.propose_desk(work, each, ground).id for each in (row, newcomer))
    with world.house.work(world.other_pmo) as work:
        enacting.approve(work, added)
    schema.downgrade(engine, MIGRATIONS, "0030")
    schema.upgrade(engine, MIGRATIONS)
    with world.house.reading(world.pmo) as work:
        assert contacts.found(work, contacts.Sought("06139992"), limit=1)[1] == 1
        assert amending.on_their_way(work) == []
        assert suspicions.listing(work) == []


def contacts_row(world):
    with world.house.reading() as work:
        return contacts.history(work, world.insurer_id)[0].row


def test_an_inquiry_to_a_further_desk_survives_the_way_back(engine):
    schema.upgrade(engine, MIGRATIONS)
    world = found(*open_house(engine))
    with world.house.work(world.operator) as work:
        further = replace(contacts.history(work, world.insurer_id)[0].row, desk_name="支部", periods=())
        for section in ("甲課", "乙課"):
            contacts.save(work, replace(further, section=section))
    with world.house.work(world.clerk) as work:
        filing.file(work, world.filing(desk=2))
    schema.downgrade(engine, MIGRATIONS, "0024")
    schema.upgrade(engine, MIGRATIONS)
    with world.house.reading(world.clerk) as work:
        (inquiry,) = work.session.scalars(select(Inquiry))
        assert inquiry.insurer_number == SOCIETY
        assert [each.entry.version for each in contacts.history(work, world.insurer_id)] == [200002, 200001, 1]
        assert inquiry.contact_entry_id == contacts.history(work, world.insurer_id)[0].entry.id
        assert desk_of(work.session, inquiry).department == "適用課"


def test_the_rule_of_the_second_look_that_stood_stays_in_force_both_ways(engine):
    schema.upgrade(engine, MIGRATIONS)
    world = found(*open_house(engine))
    for number, requirement in enumerate((Requirement.NEVER, Requirement.ALWAYS)):
        with world.house.work(world.supervisor) as work:
            four_eyes.change(work, Rule(requirement), substitute_id=world.officer.account_id, number=number)
    schema.downgrade(engine, MIGRATIONS, "0024")
    schema.upgrade(engine, MIGRATIONS)
    with world.house.reading(world.officer) as work:
        (edition,) = four_eyes.editions(work)
    assert (edition.number, edition.rule.requirement, edition.set_at) == (2, Requirement.ALWAYS, None)
    assert edition.substitute_id == world.officer.account_id


def test_a_draft_on_its_way_waits_as_the_rule_says_when_the_database_is_upgraded(engine):
    schema.upgrade(engine, MIGRATIONS)
    world = found(*open_house(engine))
    for number, requirement in enumerate((Requirement.ALWAYS, Requirement.NEVER)):
        with world.house.work(world.supervisor) as work:
            rule = Rule(requirement)
            four_eyes.change(work, rule, substitute_id="", number=number, reason="担当者が一人になるため")
    inquiry_id = stages.found(world, Finding.ONE)
    stages.prepare(world, inquiry_id, Channel.CALL_BACK)
    schema.downgrade(engine, MIGRATIONS, "0035")
    schema.upgrade(engine, MIGRATIONS)
    with world.house.reading(world.officer) as work:
        (draft,) = work.session.scalars(select(Answer))
        assert draft.four_eyes_from == 2
        assert releasing.waiting(work) == []


@pytest.mark.documents
def test_what_a_run_made_before_its_letters_were_known_by_hash_is_taken_as_it_lies_there(engine):
    schema.upgrade(engine, MIGRATIONS)
    world = found(*open_house(engine))
    made, anew = (runs.prepared_letter(world) for _ in range(2))
    run_id = runs.made(world, [made, anew])
    waiting = runs.begun(world, [runs.prepared_letter(world)])
    stages.prepare(world, anew, Channel.LETTER)
    before = runs.lines(world, run_id)[0].letter
    schema.downgrade(engine, MIGRATIONS, "0035")
    schema.upgrade(engine, MIGRATIONS)
    first, second = runs.lines(world, run_id)
    assert (first.letter.file_sha256, first.letter.document_number) == (before.file_sha256, before.document_number)
    assert (first.letter.outcome, second.letter.outcome, second.letter.code) == (
        Outcome.READY,
        Outcome.REFUSED,
        "letter_run:made_anew",
    )
    assert [line.letter.outcome for line in runs.lines(world, waiting)] == [Outcome.WAITING]


def test_a_roster_that_is_over_is_deleted_on_the_way_back_and_not_once_more_afterwards(engine):
    schema.upgrade(engine, MIGRATIONS)
    world = found(*open_house(engine))
    for member_id in ("1001", "2002", "3003"):
        world.take_over_roster(member(member_id))
    assert len(rolls(engine)) == 6
    schema.downgrade(engine, MIGRATIONS, "0039")
    assert len(rolls(engine)) == 4
    schema.upgrade(engine, MIGRATIONS)
    with world.house.reading() as work:
        assert uncleared(work.session) == []
        assert active_generation(work.session, world.insurer_id).roll_number is not None
    assert len(rolls(engine)) == 4


def test_what_rosters_that_are_over_tell_of_people_who_left_is_forgotten(engine):
    schema.upgrade(engine, MIGRATIONS)
    world = found(*open_house(engine))
    for member_id in ("1001", "2002", "3003"):
        world.take_over_roster(member(member_id))
    schema.downgrade(engine, MIGRATIONS, "0044")
    kept = {"withholds": True, "gone_shut": ["sealed"]}
    with engine.begin() as connection:
        connection.execute(update(RosterGeneration).values(report=kept))
    schema.upgrade(engine, MIGRATIONS)
    with engine.connect() as connection:
        found_now = dict(connection.execute(select(RosterGeneration.stage, RosterGeneration.report)).all())
    assert found_now == {"ended": kept | {"gone_shut": []}, "previous": kept, "active": kept}


def rolls(engine):
    return [name for name in inspect(engine).get_table_names() if name.startswith("roll_")]


def test_an_empty_database_is_made_ready_and_a_ready_one_is_left_alone(engine):
    schema.ensure(engine, MIGRATIONS)
    schema.ensure(engine, MIGRATIONS)
    assert set(inspect(engine).get_table_names()) >= set(metadata.tables)


@pytest.mark.postgres
def test_a_shared_database_that_is_behind_is_left_to_its_operator(postgres_url):
    engine = connect(postgres_url)
    schema.upgrade(engine, MIGRATIONS)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(Forbidden, match="schema:behind"):
        schema.ensure(engine, MIGRATIONS)
    engine.dispose()


def test_sqlite_is_durable(sqlite_url):
    engine = connect(sqlite_url)
    with engine.connect() as connection:
        pragmas = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    engine.dispose()
    assert pragmas == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}
