"""The sealed people of an import on each engine: what is asked for is found, in one statement or in many."""

from functools import partial
from random import Random

import pytest
from sqlalchemy import inspect

from inquiry.store import roll_writing, rolls
from inquiry.store.engine import connect
from inquiry.store.roll_writing import empty, packed, roll_writer
from inquiry.store.rolls import RollReader, SealedMember, exchanged
from inquiry.workflow.work import sessions_on

FAR = -(2**63)  # keys are any eight bytes, read as a number with its sign
PEOPLE = [
    SealedMember(1, 101, 707, 2, b"one"),
    SealedMember(2, 102, 714, 3, b"two\0\xff"),
    SealedMember(3, 103, 721, 4, b""),
    SealedMember(4, 101, 707, 9, b"one again"),
]
KEYS = [(7, 1), (8, 1), (7, 2), (FAR, 3), (9, 4)]
COUNTED = [(70, -1), (70, -2), (80, -4), (9, -3)]


def write(engine, number, *portions):
    writer = roll_writer(engine, number)
    try:
        writer.begin()
        is_postgres = engine.dialect.name == "postgresql"
        for members, keys in portions:
            writer.append(packed(members, keys) if is_postgres else (members, keys))
        writer.finish()
    finally:
        writer.close()


@pytest.fixture
def session(database_url):
    engine = connect(database_url)
    write(engine, 1, (PEOPLE, KEYS + COUNTED))
    with sessions_on(engine)() as opened:
        yield opened
    engine.dispose()


def found(session, keys):
    """Return whom the keys find, and whom they only count, each in order."""
    hits = RollReader(session, 1).find(keys)
    return (
        sorted((key, no, bytes(token)) for key, no, token in hits if token is not None),
        sorted((key, no) for key, no, token in hits if token is None),
    )


def test_keys_that_outgrow_the_cache_wait_and_are_found_like_the_others(database_url, monkeypatch):
    monkeypatch.setattr(roll_writing, "_KEYS_AT_RANDOM", 5)
    monkeypatch.setattr(roll_writing, "_KEYS_AT_ONCE", 3)
    chance = Random(1)
    keys = [FAR, -1, 0, 1, 2**63 - 1, *(chance.randrange(FAR, 2**63) for _ in range(200))]
    people = [SealedMember(no, no, no, no, b"%d" % no) for no, _ in enumerate(keys, 1)]
    rows = [(key, no) for no, key in enumerate(keys, 1)]
    engine = connect(database_url)
    write(engine, 1, *((people[at : at + 4], rows[at : at + 4]) for at in range(0, len(keys), 4)))
    with sessions_on(engine)() as session:
        assert found(session, keys) == (sorted((key, no, b"%d" % no) for key, no in rows), [])
        tables = inspect(session.connection()).get_table_names()
    engine.dispose()
    assert sorted(name for name in tables if name.startswith("roll_1")) == ["roll_1_key", "roll_1_member"]


def test_everybody_who_carries_a_key_is_found_once_for_each(session):
    people, _ = found(session, [7, 8, FAR, 12345])
    assert people == [(FAR, 3, b""), (7, 1, b"one"), (7, 2, b"two\0\xff"), (8, 1, b"one")]
    assert found(session, []) == ([], [])


def test_people_are_counted_under_a_key_without_their_records_being_read(session):
    assert found(session, [70, 80, 12345]) == ([], [(70, -2), (70, -1), (80, -4)])


def test_more_keys_than_one_statement_takes_are_asked_for_in_several(session, monkeypatch):
    keys = [7, 8, 9, FAR, 70, 80]
    alone = found(session, keys)
    assert len(alone[0]) == len(KEYS)
    assert len(alone[1]) == len(COUNTED)
    for at_once in (1, 2, 5):
        monkeypatch.setattr(rolls, "AT_ONCE", at_once)
        assert found(session, keys) == alone
    assert set(rolls.persons_known(session, 1, [101, 102, 103])) == {101, 102, 103}


def test_people_come_in_the_order_of_their_numbers_portion_by_portion(session):
    people = rolls.people(session, 1, behind=0, limit=3)
    assert [each.no for each in people] == [1, 2, 3]
    people += rolls.people(session, 1, behind=3, limit=3)
    assert [bytes(each.member_ct) for each in people] == [each.member_ct for each in PEOPLE]
    assert rolls.people(session, 1, behind=4, limit=3) == []


def test_people_are_known_by_the_blind_key_of_their_number(session):
    known = rolls.persons_known(session, 1, [102, 999])
    assert {person: (each.no, each.line) for person, each in known.items()} == {102: (2, 3)}


def test_who_stands_on_a_roll_twice_is_found_with_every_entry_in_the_order_of_the_file(session):
    (scattered,) = rolls.scattered(session, 1, behind=None, limit=10)
    assert [(each.no, each.line) for each in scattered] == [(1, 2), (4, 9)]
    assert rolls.scattered(session, 1, behind=100, limit=10) == [scattered]
    assert rolls.scattered(session, 1, behind=101, limit=10) == []
    rolls.remove(session, 1, [4], [(9, 4)])
    assert rolls.scattered(session, 1, behind=None, limit=10) == []


def test_who_is_missing_from_a_newer_roll_is_counted(session):
    session.commit()
    write(session.get_bind(), 2, ([SealedMember(1, 102, 714, 2, b""), SealedMember(2, 999, 6993, 3, b"")], []))
    assert rolls.missing_from(session, 1, 2) == 3  # two entries of 101, and 103
    assert rolls.missing_from(session, 2, 1) == 1
    assert rolls.missing_from(session, 1, 1) == 0


def test_who_is_somebody_else_under_the_same_number_is_counted(session):
    session.commit()
    write(session.get_bind(), 2, ([SealedMember(1, 102, 1, 2, b""), SealedMember(2, 999, 2, 3, b"")], []))
    assert rolls.others_on(session, 1, 2) == rolls.others_on(session, 2, 1) == 1
    assert rolls.others_on(session, 2, 2) == 0


def test_people_are_added_and_removed_with_their_keys(session):
    rolls.remove(session, 1, [1], [(7, 1), (8, 1)])
    assert found(session, [7, 8])[0] == [(7, 2, b"two\0\xff")]
    assert (rolls.how_many(session, 1), rolls.highest_number(session, 1)) == (3, 4)
    rolls.add(session, 1, [SealedMember(5, 105, 735, 11, b"five")], [(7, 5)])
    assert found(session, [7])[0] == [(7, 2, b"two\0\xff"), (7, 5, b"five")]
    assert rolls.highest_number(session, 1) == 5
    session.rollback()
    assert found(session, [8])[0] == [(8, 1, b"one")]


def test_of_whom_only_something_changed_only_that_is_written(session, monkeypatch):
    written = []
    for name in ("add", "remove"):
        monkeypatch.setattr(rolls, name, partial(noted, written, getattr(rolls, name)))
    one_anew, five = SealedMember(1, 101, 777, 2, b"one anew"), SealedMember(5, 105, 735, 11, b"five")
    before, after = ([1, 2], [(7, 1), (8, 1), (7, 2)]), ([one_anew, five], [(8, 1), (9, 1), (7, 5)])
    rolls.exchange(session, 1, exchanged(before, after))
    assert written == [([2], [(7, 1), (7, 2)]), ([five], [(7, 5), (9, 1)])]
    assert found(session, [7, 8, 9])[0] == [
        (7, 5, b"five"),
        (8, 1, b"one anew"),
        (9, 1, b"one anew"),
        (9, 4, b"one again"),
    ]
    assert [(each.no, each.alike) for each in rolls.people(session, 1, behind=0, limit=9)] == [
        (1, 777), (3, 721), (4, 707), (5, 735),
    ]  # fmt: skip


def noted(written, plain, session, number, *people):
    written.append(tuple(map(list, people)))
    plain(session, number, *people)


def test_a_roll_that_is_over_is_emptied_in_portions_between_which_others_write(sqlite_url, monkeypatch):
    monkeypatch.setattr(roll_writing, "_LEAVING_AT_ONCE", 3)
    people = [SealedMember(no, no, no, no, b"") for no in range(1, 21)]
    keys = [(key, no) for key in range(5) for no in range(1, 21)]
    engine = connect(sqlite_url)
    write(engine, 1, (people, keys))
    left = []

    def breath(_seconds):
        with sessions_on(engine)() as session, session.begin():
            connection = session.connection()
            left.append(
                [
                    int(connection.exec_driver_sql(f"SELECT count(*) FROM roll_1_{each}").scalar_one())
                    for each in ("member", "key")
                ]
            )

    monkeypatch.setattr(roll_writing.time, "sleep", breath)
    empty(engine, 1)
    assert left == [[16, 100], [12, 100], [8, 100], [4, 100], [0, 100]] + [[0, each] for each in (80, 60, 40, 20, 0)]
    empty(engine, 1)
    empty(engine, 2)
    engine.dispose()


def test_an_empty_roll_has_no_highest_number_and_a_dropped_one_is_gone(session):
    session.commit()
    write(session.get_bind(), 3, ([], []))
    assert (rolls.highest_number(session, 3), rolls.how_many(session, 3)) == (0, 0)
    rolls.drop(session, 3)
    rolls.drop(session, 3)
    session.commit()
    with pytest.raises(Exception, match=r"roll_3_member"):
        rolls.how_many(session, 3)
