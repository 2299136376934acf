"""The sealed people of an import on each engine: what is asked for is found, in one statement or in many."""

import pytest

from inquiry.store import rolls
from inquiry.store.engine import connect
from inquiry.store.roll_writing import packed, roll_writer
from inquiry.store.rolls import Hit, KeyRow, RollReader, SealedMember
from inquiry.workflow.work import sessions_on

FAR = -(2**63)  # keys are any eight bytes, read as a number with its sign
PEOPLE = [
    SealedMember(1, 101, 707, 2, b"one"),
    SealedMember(2, 102, 714, 3, b"two\0\xff"),
    SealedMember(3, 103, 721, 4, b""),
    SealedMember(4, 101, 707, 9, b"one again"),
]
KEYS = [KeyRow(7, 1), KeyRow(8, 1), KeyRow(7, 2), KeyRow(FAR, 3), KeyRow(9, 4)]


def write(engine, number, members, keys):
    writer = roll_writer(engine, number)
    try:
        writer.begin()
        is_postgres = engine.dialect.name == "postgresql"
        writer.append(packed(members, keys) if is_postgres else (members, keys))
        writer.finish()
    finally:
        writer.close()


@pytest.fixture
def session(database_url):
    engine = connect(database_url)
    write(engine, 1, PEOPLE, KEYS)
    with sessions_on(engine)() as opened:
        yield opened
    engine.dispose()


def hits(session, keys):
    return RollReader(session, 1).find(keys)[0]


def counts(session, keys):
    return RollReader(session, 1).find([], keys)[1]


def plain(found):
    return sorted((key, no, bytes(token)) for key, no, token in found)


def test_everybody_who_carries_a_key_is_found_once_for_each(session):
    found = hits(session, [7, 8, FAR, 12345])
    assert plain(found) == [(FAR, 3, b""), (7, 1, b"one"), (7, 2, b"two\0\xff"), (8, 1, b"one")]
    assert all(isinstance(each, Hit) for each in found)
    assert hits(session, []) == []


def test_more_keys_than_one_statement_takes_are_asked_for_in_several(session, monkeypatch):
    alone = plain(hits(session, [7, 8, 9, FAR]))
    monkeypatch.setattr(rolls, "AT_ONCE", 2)
    assert plain(hits(session, [7, 8, 9, FAR])) == alone
    assert counts(session, [7, 8, 9]) == {7: 2, 8: 1, 9: 1}
    assert set(rolls.persons_known(session, 1, [101, 102, 103])) == {101, 102, 103}


def test_keys_are_counted_without_opening_anybody(session):
    assert counts(session, [7, 8, FAR, 12345]) == {7: 2, 8: 1, FAR: 1}


def test_people_are_found_and_others_counted_in_one_go_and_never_mixed_up(session, monkeypatch):
    for at_once in (1, 2, 500):
        monkeypatch.setattr(rolls, "AT_ONCE", at_once)
        found, counted = RollReader(session, 1).find([9, FAR], [7, 8, 9, 12345])
        assert plain(found) == [(FAR, 3, b""), (9, 4, b"one again")]
        assert counted == {7: 2, 8: 1, 9: 1}


@pytest.mark.parametrize("portion", [1, 2, 3, 4, 5])
def test_everybody_comes_in_the_order_of_their_numbers(session, monkeypatch, portion):
    monkeypatch.setattr(rolls, "PORTION", portion)
    people = list(rolls.everybody(session, 1))
    assert [each.no for each in people] == [1, 2, 3, 4]
    assert [bytes(each.member_ct) for each in people] == [each.member_ct for each in PEOPLE]


def test_people_are_known_by_the_blind_key_of_their_number(session):
    known = rolls.persons_known(session, 1, [102, 999])
    assert {person: (each.no, each.line) for person, each in known.items()} == {102: (2, 3)}


def test_who_stands_on_a_roll_twice_is_found_with_every_entry_in_the_order_of_the_file(session):
    (scattered,) = rolls.scattered(session, 1, 10)
    assert [(each.no, each.line) for each in scattered] == [(1, 2), (4, 9)]
    rolls.remove(session, 1, [4], [KeyRow(9, 4)])
    assert rolls.scattered(session, 1, 10) == []


def test_who_is_missing_from_a_newer_roll_is_counted(session):
    session.commit()
    write(session.get_bind(), 2, [SealedMember(1, 102, 714, 2, b""), SealedMember(2, 999, 6993, 3, b"")], [])
    assert rolls.missing_from(session, 1, 2) == 3  # two entries of 101, and 103
    assert rolls.missing_from(session, 2, 1) == 1
    assert rolls.missing_from(session, 1, 1) == 0


def test_people_are_added_and_removed_with_their_keys(session):
    rolls.remove(session, 1, [1], [KeyRow(7, 1), KeyRow(8, 1)])
    assert plain(hits(session, [7, 8])) == [(7, 2, b"two\0\xff")]
    assert (rolls.how_many(session, 1), rolls.highest_number(session, 1)) == (3, 4)
    rolls.add(session, 1, [SealedMember(5, 105, 735, 11, b"five")], [KeyRow(7, 5)])
    assert plain(hits(session, [7])) == [(7, 2, b"two\0\xff"), (7, 5, b"five")]
    assert rolls.highest_number(session, 1) == 5
    session.rollback()
    assert plain(hits(session, [8])) == [(8, 1, b"one")]


def test_an_empty_roll_has_no_highest_number_and_a_dropped_one_is_gone(session):
    session.commit()
    write(session.get_bind(), 3, [], [])
    assert (rolls.highest_number(session, 3), rolls.how_many(session, 3)) == (0, 0)
    rolls.drop(session, 3)
    rolls.drop(session, 3)
    session.commit()
    with pytest.raises(Exception, match=r"roll_3_member"):
        rolls.how_many(session, 3)
