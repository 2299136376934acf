"""The ledger's rows are written once: the database itself refuses everything else, on both engines."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from inquiry.workflow import auditing, filing

CHANGES = [
    "UPDATE ledger_entry SET body = header",
    "UPDATE ledger_entry SET seq = seq + 1000",
    "DELETE FROM ledger_entry",
    "DELETE FROM ledger_entry WHERE seq = 1",
]
REPLACEMENTS = {
    "sqlite": [
        "INSERT OR REPLACE INTO ledger_entry SELECT id, chain_id, seq, header, header, leaf FROM ledger_entry",
        "REPLACE INTO ledger_entry SELECT id + 1000, chain_id, seq, header, header, leaf FROM ledger_entry",
        "INSERT INTO ledger_entry SELECT * FROM ledger_entry WHERE true ON CONFLICT DO UPDATE SET body = header",
    ],
    "postgresql": [
        "TRUNCATE ledger_entry",
        "INSERT INTO ledger_entry SELECT * FROM ledger_entry ON CONFLICT (chain_id, seq) DO UPDATE SET body = 'x'",
    ],
}


def is_refused(engine, statement):
    with pytest.raises(DBAPIError, match=r"append-only|violates"), engine.begin() as connection:
        connection.execute(text(statement))


def test_the_database_refuses_to_change_delete_or_replace_an_entry(world):
    engine = world.house.sessions.kw["bind"]
    for statement in [*CHANGES, *REPLACEMENTS[engine.dialect.name]]:
        is_refused(engine, statement)
    with world.house.reading() as work:
        assert auditing.verify(work).is_sound


def test_the_world_and_its_inquiry_leave_a_sound_ledger(world):
    with world.house.work(world.clerk) as work:
        filing.file(work, world.filing())
    with world.house.reading() as work:
        found = auditing.verify(work)
    assert found.is_sound
    assert found.chains >= 2


def test_entries_cut_off_in_the_database_are_missed_by_their_owner(world):
    with world.house.work(world.clerk) as work:
        inquiry = filing.file(work, world.filing())
    engine = world.house.sessions.kw["bind"]
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.execute(text("DROP TRIGGER ledger_entry_no_delete"))
        else:
            connection.execute(text("ALTER TABLE ledger_entry DISABLE TRIGGER ledger_entry_no_change"))
        connection.execute(text("DELETE FROM ledger_entry WHERE chain_id = :chain"), {"chain": inquiry.id})
    with world.house.reading() as work:
        found = auditing.verify(work)
    assert [(fault.chain_id, fault.seq, fault.harm) for fault in found.faults] == [(inquiry.id, 1, "cut_off")]


def test_verifying_sees_one_moment_while_others_write(world):
    with world.house.reading() as work:
        entries = iter(auditing.export(work))
        first = next(entries)
        with world.house.work(world.clerk) as other:
            filing.file(other, world.filing())
        exported = [first, *entries]
    assert b'"inquiry:filed"' not in b"".join(exported)


def test_the_list_is_narrowed_to_an_event_on_each_engine(world):
    with world.house.work(world.clerk) as work:
        number = filing.file(work, world.filing()).number
    with world.house.reading(world.auditor) as work:
        readings, total = auditing.listing(work, number="", event="inquiry:filed", limit=10, offset=0)
    assert total == 1
    assert (readings[0].number, readings[0].organisation) == (number, "千代田区")
