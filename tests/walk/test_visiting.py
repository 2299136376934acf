"""A random walk over the pages: nothing leaves unmet, nobody sees the other's, no page breaks, no My Number stands."""

import pytest
from sqlalchemy import text

from inquiry.domain.findings import Finding
from inquiry.domain.reply import Channel
from inquiry.workflow import answering
from tests.installed import closed, opened
from tests.walk.plausible import SATO, a_my_number
from tests.walk.visiting import Visiting
from tests.walk.witness import Reader, Witness
from tests.web.stages import found as found_member
from tests.web.stages import heard, in_call, version_of
from tests.world import ALL_READ_BACK, BRANCH, CHIYODA, SAPPORO, SOCIETY, found

STEPS = 120

pytestmark = pytest.mark.documents


@pytest.fixture(scope="module")
def walk(tmp_path_factory):
    app, clock = opened(tmp_path_factory.mktemp("walk"))
    yield Visiting(app, found(app.extensions["house"], clock), seed=5)
    closed(app)


def test_pages_walked_at_random_let_nothing_out(walk, monkeypatch):
    monkeypatch.setattr("inquiry.documents.office_encryption.SPINS", 1_000)
    walk.walk(STEPS)
    assert walk.breaches == []
    # A walk that gets nowhere proves nothing.
    assert walk.states
    assert walk.accepted.total() > STEPS / 10


def test_the_walk_goes_on_past_what_breaks_and_reports_it(walk, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError("a page broke")

    monkeypatch.setattr(walk, "breaches", [])
    monkeypatch.setattr("inquiry.workflow.searching.search", broken)
    monkeypatch.setattr("inquiry.workflow.viewing.page", broken)
    monkeypatch.setattr("inquiry.workflow.drafting.mine", broken)
    walk.walk(40)
    assert [each for each in walk.breaches if "ZeroDivisionError" in each]


# The witness sees what it is there to see

CLERK, OTHER_CLERK = Reader("clerk", municipality=CHIYODA), Reader("other_clerk", municipality=SAPPORO)
MARKED = {"SHIKAKU-02": "標00001", "SHIKAKU-03": "3", "SHIKAKU-06": "4月", "SHIKAKU-07": "加入中"}


def officer_of(world, number=SOCIETY):
    insurer_id = world.insurer_id if number == SOCIETY else world.branch_id
    return Reader("officer", insurer_number=number, insurer_id=insurer_id)


@pytest.fixture
def database_url(sqlite_url):
    return sqlite_url


@pytest.fixture
def told(world):
    """An answer that was told by telephone."""
    inquiry_id = found_member(world, Finding.ONE)
    with world.house.work(world.officer) as work:
        version = work.inquiry(inquiry_id).version
        answering.prepare(work, inquiry_id, version, channel=Channel.CALL_BACK, items=MARKED)
    heard(world, inquiry_id, in_call(world, inquiry_id)[0])
    with world.house.work(world.officer) as work:
        answering.give_by_call(work, inquiry_id, version_of(world, inquiry_id), read_back=ALL_READ_BACK)
    return inquiry_id


def witness_of(world, inquiry_id=""):
    witness = Witness(world.house)
    if inquiry_id:
        witness.mark_for(inquiry_id)
    return witness


def test_both_sides_see_an_answer_that_was_told_and_nobody_else(world, told):
    witness, page = witness_of(world, told), "記号 標00001"
    assert witness.breaches(CLERK, page, is_page=True) == []
    assert witness.breaches(officer_of(world), page, is_page=True) == []
    for reader in (OTHER_CLERK, officer_of(world, BRANCH), Reader("pmo"), Reader("stranger")):
        assert len(witness.breaches(reader, page, is_page=True)) == 1


@pytest.mark.parametrize(
    "statement",
    ["UPDATE answer SET given_at = NULL", "UPDATE answer SET channel = 'file'"],
)
def test_an_answer_that_was_not_given_or_lies_in_a_file_stands_on_no_page_of_the_clerk(world, told, statement):
    with world.house.engine.begin() as connection:
        connection.execute(text(statement))
    assert len(witness_of(world, told).breaches(CLERK, "標00001", is_page=True)) == 1


def test_the_person_asked_about_is_known_to_the_two_sides_alone(world):
    witness, page = witness_of(world), f"照会対象者 {SATO.written}"
    assert witness.breaches(CLERK, page, is_page=True) == []
    assert witness.breaches(officer_of(world), page, is_page=True) == []
    for reader in (OTHER_CLERK, officer_of(world, BRANCH), Reader("auditor")):
        assert witness.breaches(reader, page, is_page=True) == [f"{reader.name} sees {SATO.written}"]
    assert witness.breaches_of_mail(["件名", page]) == [f"whoever reads mail sees {SATO.written}"]


def test_a_my_number_that_was_typed_is_found_again_on_a_page_and_in_a_file(world, walk):
    witness = witness_of(world)
    number = "".join(filter(str.isdigit, a_my_number(walk.random)))
    witness.numbers.add(number)
    spaced = f"{number[:4]} {number[4:8]} {number[8:]}"
    (on_page,) = witness.breaches(CLERK, spaced, is_page=True)
    (in_file,) = witness.breaches_of_file(CLERK, "list.csv", f"a,b\n1,{number}\n".encode())
    assert in_file == "clerk sees a My Number: a,b1, … "
    assert on_page.startswith("clerk sees a My Number: ")
    assert number not in on_page
