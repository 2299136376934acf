"""A random walk over the use cases: no answer leaves by a channel whose condition is unmet."""

from contextlib import contextmanager

import pytest
from sqlalchemy import text

from inquiry.domain.findings import Finding
from inquiry.domain.four_eyes import Requirement, Rule
from inquiry.domain.reply import Channel
from inquiry.workflow import answering, calling, correcting, four_eyes, locking, releasing
from tests.walk.oracle import Known, Oracle
from tests.walk.walker import Walker
from tests.web.stages import found, heard, in_call, prepare, version_of
from tests.world import ALL_READ_BACK, CHIYODA

STEPS = 700

pytestmark = pytest.mark.documents


@pytest.fixture
def database_url(sqlite_url):
    """Walk on one engine: what is tried is the rules, not the database."""
    return sqlite_url


def test_no_answer_leaves_while_its_condition_is_unmet(world):
    walker = Walker(world, seed=4)
    walker.walk(STEPS)
    assert walker.breaches == []
    # A walk that gets nowhere proves nothing.
    assert walker.oracle.left >= 5
    assert walker.accepted.total() > STEPS / 4
    assert walker.refused.total() > STEPS / 10


# The oracle sees what it is there to see


@contextmanager
def written_by_hand(world, statement, **values):
    """Change a row past the product, as if its rules had let something through."""
    with world.house.engine.begin() as connection:
        connection.execute(text(statement), values)
    yield


def told(world, known):
    """Return an inquiry answered on a call, everything in order."""
    inquiry_id = found(world, Finding.ONE)
    prepare(world, inquiry_id, Channel.CALL_BACK)
    tell(world, known, inquiry_id)
    return inquiry_id


def tell(world, known, inquiry_id):
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])
    with world.house.work(world.officer) as work:
        answering.give_by_call(work, inquiry_id, version_of(world, inquiry_id), read_back=ALL_READ_BACK)
        known.right_words.update(call.id for call in work.session.query(answering.calling.CallBack))
    known.read_back[inquiry_id] = set(ALL_READ_BACK)


BY_HAND = [
    ("UPDATE inquiry SET confirmed_at = NULL", "③"),
    ("UPDATE identification SET finding = 'several'", "⑤ answer although"),
    ('UPDATE identification SET equal = \'["name", "sex"]\'', "not all three"),
    ("UPDATE identification SET set_aside_at = made_at", "④"),
    ("UPDATE inquiry SET items = '[\"SHIKAKU-02\"]'", "more than was asked"),
    ("UPDATE inquiry SET procedure = 'JIDOTEATE'", "more than the procedure allows"),
    ("UPDATE call_back SET confirmed_at = NULL", "(1)"),
    ("UPDATE call_back SET held_by = 'somebody else'", "(1)"),
    ("UPDATE call_back SET ended_at = started_at", "(1)"),
    ("UPDATE call_back SET number_dialled = '0300009999'", "⑤ ⅰ"),
    ("UPDATE answer SET channel = 'file'", "(2)"),
    ("UPDATE answer SET channel = 'letter'", "(3)"),
]


def test_the_oracle_finds_nothing_where_all_is_in_order(world):
    known = Known()
    oracle = Oracle(world.house, known)
    told(world, known)
    assert oracle.breaches(world.clock.now) == []
    assert oracle.left == 1


@pytest.mark.parametrize(("statement", "said"), BY_HAND)
def test_the_oracle_names_each_condition_that_is_unmet(world, statement, said):
    known = Known()
    oracle = Oracle(world.house, known)
    told(world, known)
    with written_by_hand(world, statement):
        found_ones = oracle.breaches(world.clock.now)
    assert any(said in each for each in found_ones), found_ones


def set_rule(world, requirement, number):
    with world.house.work(world.supervisor) as work:
        four_eyes.change(work, Rule(requirement), substitute_id="", number=number, reason="担当者が一人になるため")
    world.clock.forward(minutes=1)


def told_once_released(world, known):
    """Return an inquiry answered on a call once a second person had released it; the rule was loosened in between."""
    set_rule(world, Requirement.ALWAYS, 0)
    inquiry_id = found(world, Finding.ONE)
    prepare(world, inquiry_id, Channel.CALL_BACK)
    world.clock.forward(minutes=1)
    with world.house.work(world.supervisor) as work:
        releasing.release(work, inquiry_id, version_of(world, inquiry_id))
    set_rule(world, Requirement.NEVER, 1)
    tell(world, known, inquiry_id)
    return inquiry_id


RELEASED_BY_HAND = [
    ("DELETE FROM answer_release", "no second person"),
    ("UPDATE answer_release SET is_released = 0", "no second person"),
    ("UPDATE answer_release SET said_by = (SELECT prepared_by FROM answer)", "made a part of it"),
    (
        "UPDATE step SET event = 'letter_released', \"by\" = :supervisor WHERE event = 'call_started'",
        "made a part of it",
    ),
    ("UPDATE step SET event = 'letter_released' WHERE event = 'call_started'", "changed after it was released"),
]


def test_the_oracle_finds_nothing_where_a_second_person_released_it(world):
    known = Known()
    oracle = Oracle(world.house, known)
    told_once_released(world, known)
    assert oracle.breaches(world.clock.now) == []


def test_a_draft_in_place_of_an_answer_taken_back_waits_under_the_rule_of_its_own_time(world):
    known = Known()
    oracle = Oracle(world.house, known)
    inquiry_id = told_once_released(world, known)
    world.clock.forward(minutes=1)
    with world.house.work(world.officer) as work:
        calling.end(work, inquiry_id, calling.Ending(calling.Outcome.REACHED))
    with world.house.work(world.officer) as work:
        cause = correcting.Cause.WRONG_CONTENT
        correcting.retract(work, inquiry_id, version_of(world, inquiry_id), cause=cause, reason="記載の誤り")
    since = world.clock.now
    prepare(world, inquiry_id, Channel.CALL_BACK)
    tell(world, known, inquiry_id)
    assert oracle.breaches(since) == []


@pytest.mark.parametrize(("statement", "said"), RELEASED_BY_HAND)
def test_the_oracle_knows_who_the_second_person_is_whatever_became_of_the_rule(world, statement, said):
    known = Known()
    oracle = Oracle(world.house, known)
    told_once_released(world, known)
    named = {"supervisor": world.supervisor.account_id} if ":supervisor" in statement else {}
    with written_by_hand(world, statement, **named):
        found_ones = oracle.breaches(world.clock.now)
    assert any(said in each for each in found_ones), found_ones


def test_the_oracle_knows_what_no_row_tells(world):
    known = Known()
    oracle = Oracle(world.house, known)
    inquiry_id = told(world, known)
    known.right_words.clear()
    known.read_back[inquiry_id] = {"SHIKAKU-02"}
    assert [each.split(": ", 1)[1][:9] for each in oracle.breaches(world.clock.now)] == ["read back", "(1) the r"]


def test_the_oracle_looks_into_the_file_that_is_fetched(world):
    inquiry_id = found(world, Finding.ONE, channel=Channel.FILE)
    prepare(world, inquiry_id, Channel.FILE)
    with world.house.work(world.officer) as work:
        locking.make_file(work, inquiry_id, version_of(world, inquiry_id))
        locking.give_by_download(work, inquiry_id, work.inquiry(inquiry_id).version)
    oracle = Oracle(world.house, Known())
    assert oracle.breaches_of_fetching(inquiry_id, "131016", b"%PDF plain") == ["fetched: the file is not locked"]
    assert oracle.breaches_of_fetching(inquiry_id, "011002", b"") == ["fetched: another municipality's answer"]


def made_again(world) -> str:
    """Return an inquiry whose file was released, given, made again and released again."""
    with world.house.work(world.supervisor) as work:
        four_eyes.change(work, Rule(Requirement.ALWAYS), substitute_id="", number=0)
    inquiry_id = found(world, Finding.ONE, channel=Channel.FILE)
    prepare(world, inquiry_id, Channel.FILE)
    steps = [
        (world.officer, locking.make_file),
        (world.supervisor, releasing.release),
        (world.officer, locking.give_by_download),
        (world.officer, locking.make_again),
        (world.supervisor, releasing.release),
    ]
    for hand, step in steps:
        world.clock.forward(minutes=1)
        with world.house.work(hand) as work:
            step(work, inquiry_id, version_of(world, inquiry_id))
    return inquiry_id


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("UPDATE answer_release SET is_released = NOT is_released", "no second person saw it"),
        ("UPDATE answer_release SET said_at = (SELECT filed_at FROM inquiry)", "no second person saw it"),
        ("UPDATE answer_release SET said_by = (SELECT by FROM step WHERE event = 'file_remade')", "by the same person"),
    ],
)
def test_the_oracle_sees_a_file_made_again_that_nobody_looked_at(world, statement, said):
    inquiry_id = made_again(world)
    oracle = Oracle(world.house, Known())
    locked = bytes.fromhex("d0cf11e0a1b11ae1") + "EncryptedPackage".encode("utf-16-le")
    assert not any("made again" in each for each in oracle.breaches_of_fetching(inquiry_id, CHIYODA, locked))
    with written_by_hand(world, statement):
        assert any(said in each for each in oracle.breaches_of_fetching(inquiry_id, CHIYODA, locked))
